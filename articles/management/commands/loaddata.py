"""`loaddata` for a newsroom at work: what the desk has made is safe from a file, and a mistake is named.

Django's own command overwrites whatever row has the object's key or number, gives the fields that a file leaves
out their usual values, and loads the second of two objects with the same slug over the first. Here it finds the
files, and the newsroom's own rules load them (`articles.editorial.fixtures.loading`).
"""

import sqlite3
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from django.core import serializers
from django.core.management import CommandError
from django.core.management.commands import loaddata
from django.db import DatabaseError

from articles.editorial.fixtures.loading import Load
from articles.editorial.fixtures.mistakes import Refused
from articles.editorial.fixtures.xml_text import objects_of_xml

NAME = "loaddata"  # stands in the history where a person would
NOTHING_LOADED = "Nothing was loaded."


class Command(loaddata.Command):
    help = "Loads fixtures, all or nothing; a mistake is named by file, line, object and field."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--take-status",
            action="store_true",
            help="let the file move stories that exist to the status it states, and note that in their history",
        )

    def handle(self, *fixture_labels, take_status=False, **options):
        self.take_status = take_status
        try:
            with ExitStack() as self.until_it_is_committed:
                super().handle(*fixture_labels, **options)
        except Refused as refused:
            raise CommandError(f"{refused} {NOTHING_LOADED}") from refused
        except (OSError, DatabaseError, sqlite3.Error) as error:
            raise CommandError(f"The fixtures: {error}. {NOTHING_LOADED}") from error
        if self.verbosity >= 1:
            self.stdout.write(self.report)

    def loaddata(self, fixture_labels):
        self.serialization_formats = serializers.get_public_serializer_formats()
        self.paths = set()
        load = self.until_it_is_committed.enter_context(
            Load(
                self.using,
                by=NAME,
                leave_out=self.leaves_out,
                ignore_unknown=self.ignore,
                take_status=self.take_status,
            )
        )
        count = sum(self.read(load, label) for label in fixture_labels)
        load.write()
        written = load.fates["new"] + load.fates["changed"]
        self.report = f"Installed {written} object(s) (of {count}) from {len(self.paths)} fixture(s)"

    def leaves_out(self, model):
        return model in self.excluded_models or model._meta.app_config in self.excluded_apps

    def read(self, load, label):
        if label == loaddata.READ_STDIN:
            self.refuse_an_unknown_format()
            self.paths.add(label)
            with tempfile.NamedTemporaryFile(prefix="standard-input.", suffix=f".{self.format}") as spooled:
                while piece := sys.stdin.buffer.read(1 << 20):
                    spooled.write(piece)
                spooled.flush()
                return self.read_file(load, Path(spooled.name), self.format)
        count = 0
        for name, _, _ in self.find_fixtures(label):
            path = Path(name)
            if path not in self.paths:
                self.paths.add(path)
                count += self.read_file(load, path, self.parse_name(path.name)[1])
        return count

    def refuse_an_unknown_format(self):
        """Standard input has no name that would tell its format."""
        formats = f"{', '.join(self.serialization_formats[:-1])} or {self.serialization_formats[-1]}"
        if not self.format:
            raise CommandError(f"Standard input needs its format: add --format with {formats}.")
        if self.format not in self.serialization_formats:
            raise CommandError(f"--format: there is no “{self.format}”; choose {formats}.")

    def read_file(self, load, path, kind):
        if self.verbosity >= 2:
            self.stdout.write(f"Installing {kind} fixture from {path}")
        if kind == "xml":
            return load.read(path, objects=objects_of_xml)
        return load.read(path, kind)
