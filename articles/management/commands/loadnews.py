"""`manage.py loadnews`: the newsroom's own door for its fixtures, from one story to a whole archive."""

import sqlite3
import time
from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

from articles.editorial.fixtures.loading import Load
from articles.editorial.fixtures.mistakes import Refused
from articles.editorial.fixtures.nouns import FILES, TRAVELS
from articles.editorial.fixtures.pictures import MEDIA
from articles.editorial.fixtures.reading import format_of
from articles.management.differences import in_lines
from articles.management.progress import Progress, megabytes, objects

NAME = "loadnews"  # stands in the history where a person would
MOST_MISTAKES = 1_000  # that a dry run lists; nobody reads on, and a bomb of one object repeated has millions
STOPPED = 130  # what a shell reports after Ctrl+C


class Command(BaseCommand):
    help = (
        "Loads stories and what belongs to them from files: all or nothing, in any order, and only what differs "
        "is written. With --dry-run it shows what would change, field by field, and every mistake at once."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="PATH",
            type=Path,
            help="a file (.json, .jsonl, .yaml; also packed: .gz, .bz2, .xz) or a folder of such files",
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing, show what would change")
        parser.add_argument(
            "--take-status",
            action="store_true",
            help="let the files move stories that exist to the status they state, and note that in their history",
        )
        parser.add_argument(
            "--database",
            default=DEFAULT_DB_ALIAS,
            choices=tuple(connections),
            help="the database to load into (default)",
        )

    def handle(self, *, paths, dry_run, take_status, database, verbosity, **options):
        started = time.monotonic()
        self.dry_run, self.verbosity, self.bar, self.mistakes = dry_run, verbosity, None, 0
        try:
            with Load(
                database,
                by=NAME,
                accepts={label: TRAVELS.get(label) for label in FILES.values()},
                take_status=take_status,
                report=self.report if dry_run or verbosity >= 2 else lambda *_: None,
                on_refused=self.note if dry_run else None,
                progress=self.show,
            ) as load:
                files = files_below(paths)
                self.load(load, files)
        except Refused as refused:
            hint = " Nothing was loaded. To see every mistake at once, add --dry-run."
            raise CommandError(f"{refused}{hint}") from refused
        except KeyboardInterrupt:
            raise CommandError("Stopped. Nothing was loaded.", returncode=STOPPED) from None
        except (OSError, DatabaseError, sqlite3.Error) as error:
            raise CommandError(f"{error}. Nothing was loaded.") from error
        finally:
            self.begin(None)
        for place in load.pictures.missing:
            self.stderr.write(f"{place}: its picture is neither here nor in {place.path.parent / MEDIA}.")
        self.say_the_end(load.fates, len(files), time.monotonic() - started)

    def load(self, load, files):
        size = sum(file.stat().st_size for file in files)
        self.begin(Progress(self.stdout, "reading", size, megabytes))
        for file in files:
            load.read(file)
        self.begin(Progress(self.stdout, "writing", sum(load.staging.models().values()), objects))
        with transaction.atomic(using=load.using):
            load.write()
            transaction.set_rollback(self.dry_run, using=load.using)

    def begin(self, bar):
        if self.bar:
            self.bar.close()
        self.bar = bar

    def show(self, what, count):
        self.bar.add(count, what)

    def report(self, fate, place, differences):
        if fate == "unchanged" and self.verbosity < 2:
            return
        self.bar.close()
        self.stdout.write(f"{fate:<10} {place.model} {place.key}")
        if self.verbosity:
            for line in in_lines(differences):
                self.stdout.write(line)

    def note(self, refused):
        self.bar.close()
        self.stdout.write(f"{'refused':<10} {refused}")
        self.mistakes += 1
        if self.mistakes == MOST_MISTAKES:
            raise CommandError(f"These are {MOST_MISTAKES:,} mistakes. Mend them first; nothing was written.")

    def say_the_end(self, fates, files, seconds):
        counts = ", ".join(f"{fates[fate]:,} {fate}" for fate in ("new", "changed", "unchanged"))
        if self.verbosity:
            told = (
                f"{counts}, {fates['refused']:,} refused. Nothing was written."
                if self.dry_run
                else f"{counts}."
            )
            many = "file" if files == 1 else "files"
            self.stdout.write(f"{files:,} {many} in {seconds:,.1f} s: {told}")
        if fates["refused"]:
            raise CommandError(f"{fates['refused']:,} would be refused; the lines above say why.")


def files_below(paths: list[Path]) -> list[Path]:
    """Every file once, however often and by whichever way it is named."""
    return list({file.resolve(): file for path in paths for file in files_in(path)}.values())


def files_in(path: Path) -> list[Path]:
    """The file, or the fixtures in a folder by name."""
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.is_file() and is_fixture(file))
        if not files:
            raise CommandError(f"{path}: there is no fixture in this folder (.json, .jsonl, .yaml).")
        return files
    if not path.is_file():
        raise CommandError(f"{path}: there is no such file or folder.")
    if format_of(path) is None:
        raise CommandError(
            f"{path}: by its name it is no fixture. Those end in .json, .jsonl or .yaml, packed ones in .gz as well; "
            "XML loads with loaddata."
        )
    return [path]


def is_fixture(file: Path) -> bool:
    return format_of(file) is not None and not file.name.startswith(".")
