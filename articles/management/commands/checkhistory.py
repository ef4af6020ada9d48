"""`manage.py checkhistory`: whether history is as it was written, line by line."""

import re

from django.core.management import BaseCommand, CommandError
from django.db import connection

from articles.editorial.seals import check
from articles.management.snapshot import one_moment

NOTED = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


class Command(BaseCommand):
    help = "Says whether each line of history is as it was written, and prints what to note elsewhere to prove it later."

    def add_arguments(self, parser):
        parser.add_argument(
            "--expect",
            metavar="COUNT:DIGEST",
            help="what an earlier check printed: says as well whether all that was there then still is",
        )

    def handle(self, *, expect, **options):
        noted = read(expect) if expect else None
        with one_moment(connection):
            checked = check(noted=noted)
        for finding in checked.told:
            self.stdout.write(finding)
        if checked.wrong > len(checked.told):
            self.stdout.write(f"And {checked.wrong - len(checked.told):,} more.")
        if checked.wrong:
            raise CommandError(
                "History was tampered with. Restore a backup from before, and change every password."
            )
        lines = "1 line" if checked.count == 1 else f"{checked.count:,} lines"
        self.stdout.write(f"History has {lines}, each as it was written.")
        if checked.count:
            self.stdout.write(
                "Note this where nobody who works on this machine can change it, and hand it to the next check with "
                f"--expect:\n{checked.count}:{checked.digest}"
            )


def read(noted: str) -> tuple[int, str]:
    parts = NOTED.fullmatch(noted)
    if parts is None:
        raise CommandError(
            "--expect takes what an earlier check printed: a count, a colon and 64 letters and digits."
        )
    return int(parts[1]), parts[2]
