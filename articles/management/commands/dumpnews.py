"""`manage.py dumpnews`: the newsroom as a folder of fixtures, for people, for git, and for `loaddata`."""

import datetime as dt
import io
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import DatabaseError, connection

from articles.editorial.fixtures.narrowing import UnknownSlug, narrowed
from articles.editorial.fixtures.nouns import nouns
from articles.editorial.fixtures.selection import Everything, ForReaders, Part
from articles.editorial.fixtures.writing import entry_of, streamed, text_of
from articles.fields import check_moment
from articles.management.dump_folder import AS_IT_WAS, dump_folder
from articles.management.snapshot import one_moment
from articles.management.steps import Step
from articles.models import Article, Image, clock

STOPPED = 130  # what a shell reports after Ctrl+C


class Command(BaseCommand):
    help = (
        "Writes the newsroom into a folder: a file for each noun, as loaddata reads it, and the pictures. The same "
        "content gives the same bytes, and everything is as it was at one moment. What an earlier dump left in the "
        "folder is replaced; other files are left alone."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", help="where to write; made if it is not there")
        parser.add_argument(
            "--public",
            action="store_true",
            help="only what readers may know: no unpublished story, no account, no history, no quote that is not on "
            "the record",
        )
        parser.add_argument(
            "--since",
            metavar="DATE",
            help="only stories out or revised on this day or later, such as 2018-09-25, with all they need; drafts "
            "and stories in review fit any day",
        )
        parser.add_argument(
            "--section",
            metavar="SLUG",
            action="append",
            help="only stories of this section, with all they need; give it again for one more section",
        )
        parser.add_argument(
            "--tag",
            metavar="SLUG",
            action="append",
            help="only stories with this tag, with all they need; give it again for one more tag",
        )

    def handle(self, *, folder, public, since, section, tag, verbosity, **options):
        self.out = self.stdout if verbosity else OutputWrapper(io.StringIO())
        path, day = Path(folder).expanduser(), day_of(since)
        try:
            with one_moment(connection):
                chosen = selection(public, day, section or [], tag or [])
                left_out = chosen.picks_left_out()
                with dump_folder(path) as dump:
                    counts = [self.write_rows(chosen, dump, *noun) for noun in nouns().items()]
                    pictures = self.copy_pictures(chosen.rows(Image), dump)
        except KeyboardInterrupt:
            raise CommandError(f"Stopped. {AS_IT_WAS}", returncode=STOPPED) from None
        except DatabaseError as error:
            raise CommandError(f"{' '.join(str(error).split())}. {AS_IT_WAS}") from error
        if left_out:
            self.out.write(f"Left out {number(left_out, 'pick')} of stories that are no part of this dump.")
        files = number(sum(count > 0 for count in counts), "file")
        objects, copies = number(sum(counts), "object"), number(pictures, "picture")
        self.out.write(f"{path} now has {objects} in {files}, and {copies}.")

    def write_rows(self, chosen, dump, name, model):
        with Step(f"Writing {name.replace('_', ' ')}", self.out) as step:
            count = dump.write(name, texts_of(chosen, model, step))
            step.result = f"{count:,}" if count else "none"
        return count

    def copy_pictures(self, images, dump):
        copied, missing = 0, []
        with Step("Copying pictures", self.out) as step:
            for image in images.order_by("slug").only("slug", "file").iterator():
                if dump.keep_picture(image.file.name):
                    copied += 1
                else:
                    missing.append(image)
                print(file=step)
            dump.drop_pictures(lambda names: images.filter(file__in=names).values_list("file", flat=True))
            step.result = f"{copied:,}" if copied else "none"
        for image in missing:
            self.stderr.write(
                f"The picture “{image.slug}” is in the dump without its file: {image.file.name} is missing.",
                self.style.WARNING,
            )
        return copied


def selection(public, since, sections, tags):
    stories = Article._base_manager.all()
    try:
        part = narrowed(stories, since=since, sections=sections, tags=tags)
    except UnknownSlug as error:
        raise CommandError(f"{error} Nothing was written.") from error
    if public:
        return ForReaders(part, clock.now())
    return Part(part) if since or sections or tags else Everything()


def texts_of(chosen, model, step):
    rows = streamed(chosen.rows(model), within=chosen.rows, without=chosen.withheld(model))
    for row in rows:
        yield text_of(entry_of(row, instead=chosen.instead(row)))
        print(file=step)


def day_of(text):
    """The day somebody typed; none if they typed nothing."""
    if text is None:
        return None
    try:
        day = dt.date.fromisoformat(str(text))
        check_moment(day)
    except ValueError as error:
        raise CommandError(f"--since: “{text}” is no day. Write it like 2018-09-25.") from error
    except ValidationError as error:
        raise CommandError(f"--since {text}: {' '.join(error.messages)}") from error
    return day


def number(count, noun):
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
