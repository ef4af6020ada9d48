"""`loadnews` takes files and folders, shows in a dry run what a load will do, and then does exactly that."""

import copy
import os
import signal
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Article, Edition, Quote, Source, StatusChange, Tag
from tests.editorial.fixtures.doors import Doors, everything
from tests.editorial.fixtures.loading import quote, source, story, tag
from tests.editorial.fixtures.objects import all_objects, every_noun, keep_the_picture
from tests.make import make_article, make_published, make_quote, make_source

#: A field of each noun that may say anything else.
CHANGES = {
    "articles.section": {"description": "Changed."}, "articles.author": {"bio": "Changed."},
    "articles.source": {"description": "Changed."}, "articles.statement": {"description": "Changed."},
    "articles.tag": {"description": "Changed."}, "articles.article": {"deck": "Changed.", "picks": []},
    "articles.byline": {"role": "changed"}, "articles.quote": {"text": "Changed.", "source": ["paper"]},
    "articles.image": {"alt": "Changed"}, "articles.replyrequest": {"note": "Changed."},
    "articles.affiliation": {"known_on": None}, "articles.correction": {"text": "Changed."},
    "auth.group": {"permissions": [["view_tag", "articles", "tag"]]}, "auth.user": {"first_name": "Changed"},
    "articles.formerslug": {"article": ["calm"]},
}  # fmt: skip


class LoadNews(Doors):
    def run_it(self, *paths, **options):
        """What it prints on success."""
        out = StringIO()
        call_command("loadnews", *map(str, paths), stdout=out, **options)
        return out.getvalue()

    def write_all(self, objects=None):
        keep_the_picture(self.folder)
        return self.write("all", all_objects() if objects is None else objects)


class Paths(LoadNews):
    def test_a_folder_is_read_file_by_file(self):
        folder = self.folder / "newsroom"
        folder.mkdir()
        for name, objects in every_noun().items():
            Path(self.write(name, objects)).rename(folder / f"{name}.json")
        keep_the_picture(folder)
        for name in ("README.md", ".hidden.json", "notes.txt", "strike.xml", "schema.jsonschema"):
            (folder / name).write_text("no fixture")
        (folder / "media" / "stray.json").write_text("no fixture")
        said = self.run_it(folder)
        self.assertRegex(said, r"^23 files in \d+\.\d s: 35 new, 0 changed, 0 unchanged\.\n$")
        self.assertEqual(Quote.objects.count(), 3)

    def test_files_and_folders_together(self):
        (self.folder / "sources").mkdir()
        Path(self.write("ada", [source()])).rename(self.folder / "sources" / "ada.json")
        self.run_it(self.write("quote", [quote()]), self.folder / "sources", self.write("story", [story()]))
        self.assertEqual(Quote.objects.get().source.slug, "ada")

    def test_what_is_no_fixture_is_refused_by_its_name(self):
        (self.folder / "empty").mkdir()
        os.mkfifo(self.folder / "endless.json")
        (self.folder / "story.xml").write_text("<django-objects/>")
        (self.folder / "story").write_text("[]")
        for name, says in {
            "nothing.json": "there is no such file or folder.",
            "endless.json": "there is no such file or folder.",
            "empty": "there is no fixture in this folder (.json, .jsonl, .yaml).",
            "story": "by its name it is no fixture. Those end in .json, .jsonl or .yaml, packed ones in .gz as well; "
            "XML loads with loaddata.",
            "story.xml": "by its name it is no fixture.",
        }.items():
            with self.subTest(name), self.assertRaisesMessage(CommandError, f"{self.folder / name}: {says}"):
                self.run_it(self.write("tag", [tag()]), self.folder / name)
        self.assertFalse(Tag.objects.exists())

    def test_a_folder_that_may_not_be_read(self):
        with (
            patch.object(Path, "iterdir", side_effect=PermissionError(13, "Permission denied", "desk")),
            self.assertRaisesMessage(CommandError, "Permission denied: 'desk'. Nothing was loaded."),
        ):
            self.run_it(self.folder)

    def test_a_database_there_is_not(self):
        with self.assertRaisesMessage(CommandError, "argument --database: invalid choice: 'other'"):
            call_command("loadnews", self.write("tag", [tag()]), "--database", "other")


class DryRun(LoadNews):
    def test_it_writes_nothing(self):
        path = self.write_all()
        said, goes_well = self.look(path)
        self.assertTrue(goes_well)
        self.assertRegex(
            said, r"1 file in \d+\.\d s: 35 new, 0 changed, 0 unchanged, 0 refused\. Nothing was written\.\n$"
        )
        self.assertEqual(said.count("\nnew        "), 34)

    def test_it_shows_each_field_that_changes(self):
        live = make_published(
            slug="strike", headline="Strike", deck="A long deck that ends in one.", dateline="PORT"
        )
        make_quote(live, make_source("Ada", slug="ada"), slug="ada-no", text="No.")
        make_source("Bob", slug="bob")
        said, goes_well = self.look(self.write("file", [
            story(deck="A long deck that ends in two.", dateline=""), quote(source=["bob"]), source(), tag()
        ]))  # fmt: skip
        self.assertTrue(goes_well)
        self.assertEqual(
            said.splitlines()[:-1],
            ['changed    articles.article "strike"',
             "    deck", "      - A long deck that ends in one.", "      + A long deck that ends in two.",
             "    dateline", "      - PORT", "      + (empty)",
             'changed    articles.quote "ada-no"', "    source", '      - ["ada"]', '      + ["bob"]',
             'new        articles.tag "harbor"'],
        )  # fmt: skip
        self.assertIn(": 1 new, 2 changed, 1 unchanged, 0 refused.", said)

    def test_it_names_all_mistakes_at_once_in_all_files(self):
        broken = self.write("broken", '[{"model": ')
        wrong = self.write(
            "wrong",
            [tag(colour="red"), source(), quote(source=["adda"]), story(status="live"), tag(slug="a")],
        )
        said, goes_well = self.look(broken, wrong)
        self.assertFalse(goes_well)
        refused = [
            line.removeprefix("refused    ") for line in said.splitlines() if line.startswith("refused")
        ]
        self.assertEqual(
            [line.partition(": ")[0] for line in refused],
            ["broken.json, line 1, object 1",
             'wrong.json, line 1, object 1 (articles.tag "harbor"), field colour',
             'wrong.json, line 1, object 4 (articles.article "strike"), field status',
             'wrong.json, line 1, object 3 (articles.quote "ada-no"), field article',
             'wrong.json, line 1, object 3 (articles.quote "ada-no"), field source'],
        )  # fmt: skip
        self.assertIn("Did you mean ada?", refused[-1])
        self.assertIn(": 2 new, 0 changed, 0 unchanged, 4 refused.", said)

    def test_it_ends_with_exit_code_1_where_something_would_be_refused(self):
        with self.assertRaisesMessage(
            CommandError, "1 would be refused; the lines above say why."
        ) as refused:
            self.run_it(self.write("wrong", [tag(colour="red")]), dry_run=True, verbosity=0)
        self.assertEqual(refused.exception.returncode, 1)

    def test_a_story_that_would_move_is_refused_unless_one_asks_for_it(self):
        make_article(slug="strike", headline="Strike")
        path = self.write("move", [story(status="review")])
        said, goes_well = self.look(path)
        self.assertFalse(goes_well)
        self.assertIn("load with --take-status to let the file win.", said)
        said, goes_well = self.look(path, take_status=True)
        self.assertTrue(goes_well)
        self.assertIn("    status\n      - draft\n      + review\n", said)
        self.assertFalse(StatusChange.objects.exists())
        self.run_it(path, take_status=True, verbosity=0)
        self.assertEqual(StatusChange.objects.get().by_name, "loadnews")

    def test_quiet_it_says_only_what_would_happen(self):
        said, _ = self.look(self.write("tag", [tag()]), verbosity=0)
        self.assertEqual(said, 'new        articles.tag "harbor"\n')


def changed(entry, change):
    """The object with a field that says something else, where its noun has one."""
    entry = copy.deepcopy(entry)
    if change:
        entry["fields"].update(CHANGES.get(entry["model"], {}))
    return entry


class AsItWasTold(LoadNews):
    def test_a_load_does_what_a_dry_run_that_went_well_told(self):
        keep_the_picture(self.folder)
        nouns, objects = list(every_noun()), all_objects()

        @settings(max_examples=10)
        @given(
            st.integers(0, len(nouns)), st.lists(st.booleans(), min_size=len(objects), max_size=len(objects))
        )
        def told_and_done(count, changes):
            with transaction.atomic():
                self.load([each for name in nouns[:count] for each in every_noun()[name]])
                path = self.write("told", list(map(changed, objects, changes)))
                told, goes_well = self.look(path, verbosity=2)
                self.assertTrue(goes_well, told)
                done = self.run_it(path, verbosity=2)
                self.assertEqual(told.splitlines()[:-1], done.splitlines()[:-1])
                in_short = told.splitlines()[-1].partition(" s: ")[2]
                self.assertEqual(
                    done.splitlines()[-1].partition(" s: ")[2],
                    in_short.replace(", 0 refused. Nothing was written.", "."),
                )
                with self.assert_writes_nothing():
                    self.run_it(path, verbosity=0)
                transaction.set_rollback(True)

        told_and_done()

    def test_the_edition_of_a_clean_load_is_the_next(self):
        Edition.objects.create(number=7)
        path = self.write_all()
        self.look(path)
        self.assertEqual(Edition.objects.get().number, 7)
        self.run_it(path, verbosity=0)
        self.assertEqual(Edition.objects.get().number, 8)


class Said(LoadNews):
    def test_a_load_says_how_much_it_did(self):
        path = self.write("objects", [tag(), source()])
        self.assertRegex(self.run_it(path), r"^1 file in 0\.\d s: 2 new, 0 changed, 0 unchanged\.\n$")
        self.load([tag(description="Other.")])
        self.assertRegex(
            self.run_it(self.write("objects", [tag(description=""), source()])),
            "0 new, 1 changed, 1 unchanged",
        )

    def test_asked_for_more_it_names_every_object(self):
        self.load([source()])
        self.assertEqual(
            self.run_it(self.write("objects", [tag(), source()]), verbosity=2).splitlines()[:2],
            ['unchanged  articles.source "ada"', 'new        articles.tag "harbor"'],
        )

    def test_quiet_it_says_nothing(self):
        self.assertEqual(self.run_it(self.write("objects", [tag()]), verbosity=0), "")


class Stopped(LoadNews):
    def test_ctrl_c_at_any_moment_leaves_everything_as_it_was(self):
        keep_the_picture(self.folder)
        path = self.write_all()
        for place in ("reading.objects_of_a_list", "staging.Staging.batches", "batch.Batch.add", "late.fill_in_field",
                      "touched.new_edition", "pictures.cleaned"):  # fmt: skip
            before = everything()
            with (
                self.subTest(place),
                patch(f"articles.editorial.fixtures.{place}", side_effect=KeyboardInterrupt),
                self.assertRaisesMessage(CommandError, "Stopped. Nothing was loaded.") as stopped,
            ):
                self.run_it(path)
            self.assertEqual(stopped.exception.returncode, 128 + signal.SIGINT)
            self.assertEqual((everything(), list(self.media.rglob("*.png"))), (before, []))

    def test_a_mistake_in_the_program_is_no_mistake_in_the_file(self):
        before = self.state()
        with (
            patch("articles.editorial.fixtures.touched.new_edition", side_effect=ZeroDivisionError),
            self.assertRaises(ZeroDivisionError),
        ):
            self.run_it(self.write_all())
        self.assertEqual(self.state(), before)
        self.assertEqual((Article.objects.count(), Source.objects.count()), (0, 0))
