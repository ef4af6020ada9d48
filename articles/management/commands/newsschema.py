"""`manage.py newsschema`: the JSON Schema of the fixture format, for editors that complete and check files by it."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from articles.editorial.fixtures.schema import schema


class Command(BaseCommand):
    help = "Prints the JSON Schema of the fixture format, with which editors complete and check fixtures."

    def add_arguments(self, parser):
        parser.add_argument(
            "--output", metavar="FILE", type=Path, help="write it here, and print the setting for VS Code"
        )

    def handle(self, *, output, **options):
        text = json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            output.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{output} is written. For VS Code, add to its settings.json:\n\n{setting(output)}")


def setting(file: Path) -> str:
    """The lines that tie the schema to the fixtures of this newsroom."""
    folders = [Path(folder).resolve() for folder in settings.FIXTURE_DIRS]
    schemas = [
        {"fileMatch": [f"{folder.as_posix()}/*.json" for folder in folders], "url": file.resolve().as_uri()}
    ]
    return f'"json.schemas": {json.dumps(schemas, ensure_ascii=False, indent=2)}'
