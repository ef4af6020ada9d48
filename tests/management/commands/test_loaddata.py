"""Loading is all or nothing, and a mistake is named by file, object and field."""

import json
import os
import subprocess
import sys

from django.conf import settings
from django.core.management import CommandError, call_command

from articles.models import Article, Quote, Source, Tag
from tests.editorial.fixtures.loading import LoadData, quote, source, story, tag
from tests.make import make_article, make_quote, make_section, make_source, make_tag


class WhatIsRight(LoadData):
    def test_references_by_key_lead_to_rows_of_the_call_and_of_the_database(self):
        make_source("Old", slug="old")
        self.load([source(), story(), quote()], [quote(slug="old-yes", source=["old"], position=2)])
        self.assertEqual(sorted(Quote.objects.values_list("source__slug", flat=True)), ["ada", "old"])

    def test_references_that_may_be_empty_can_lead_ahead(self):
        self.load(
            [
                story(section=["port"], picks=[["later"]]),
                {"model": "articles.section", "fields": {"name": "Port", "slug": "port"}},
                story(slug="later"),
            ]
        )
        strike = Article.objects.get(slug="strike")
        self.assertEqual(strike.section.slug, "port")
        self.assertEqual([pick.slug for pick in strike.picks.all()], ["later"])

    def test_an_object_with_a_known_key_is_changed_in_place(self):
        old = make_tag("old name", slug="harbor")
        self.load([tag(description="Ships.")])
        self.assertEqual(
            [(t.pk, t.name, t.description) for t in Tag.objects.all()], [(old.pk, "harbor", "Ships.")]
        )

    def test_a_plain_dump_loads_as_well(self):
        make_quote(make_article(section=make_section()), make_source())
        dump = str(self.folder / "dump.json")
        call_command("dumpdata", "articles", output=dump, verbosity=0)
        before = list(Quote.objects.values())
        call_command("loaddata", dump, verbosity=0)
        self.assertEqual(list(Quote.objects.values()), before)

    def test_a_format_other_than_json_is_left_to_django(self):
        make_tag("harbor", slug="harbor")
        dump = str(self.folder / "dump.xml")
        call_command("dumpdata", "articles.tag", format="xml", output=dump, natural_primary=True, verbosity=0)
        Tag.objects.all().delete()
        call_command("loaddata", dump, verbosity=0)
        self.assertEqual(Tag.objects.get().name, "harbor")

    def test_the_same_file_twice_in_one_call_is_no_duplicate(self):
        path = self.write("tags", [tag()])
        call_command("loaddata", path, path, verbosity=0)
        self.assertEqual(Tag.objects.count(), 1)

    def test_unknown_fields_and_models_pass_if_one_asks_for_it(self):
        self.load([tag(colour="red"), {"model": "articles.story", "fields": {}}], ignorenonexistent=True)
        self.assertEqual(Tag.objects.count(), 1)

    def test_a_model_can_be_left_out(self):
        self.load([tag(), source()], exclude=["articles.tag"])
        self.assertEqual((Tag.objects.count(), Source.objects.count()), (0, 1))


class WhatIsWrong(LoadData):
    def test_an_unknown_field(self):
        self.assertEqual(
            self.refusal([tag(), tag(slug="quay", name="quay", descripton="Ships.")]),
            'file1.json, line 1, object 2 (articles.tag "quay"), field descripton: articles.tag has no such field. '
            "Did you mean description? Nothing was loaded.",
        )

    def test_an_unknown_model(self):
        message = self.refusal([{"model": "articles.quotes", "fields": {}}])
        self.assertIn("file1.json, line 1, object 1, field model: there is no “articles.quotes”.", message)
        self.assertIn("Did you mean articles.quote?", message)

    def test_a_reference_that_leads_nowhere(self):
        self.assertIn(
            'file2.json, line 1, object 1 (articles.quote "ada-no"), field source: there is no articles.source ["nobody"], neither',
            self.refusal([story()], [quote(source=["nobody"])]),
        )

    def test_a_reference_that_may_be_empty_but_leads_nowhere(self):
        self.assertIn(
            'file1.json, line 1, object 1 (articles.article "strike"), field section: there is no articles.section ["port"], neither',
            self.refusal([story(section=["port"])]),
        )

    def test_a_pick_that_leads_nowhere(self):
        self.assertIn(
            'object 1 (articles.article "strike"), field picks: there is no articles.article ["gone"], neither',
            self.refusal([story(picks=[["gone"]])]),
        )

    def test_a_reference_by_number_which_leads_elsewhere_in_another_database(self):
        self.assertIn(
            'object 3 (articles.quote "ada-no"), field source: 1 is no reference; it is a list that names '
            'articles.source by slug, for example ["…"].',
            self.refusal([source(), story(), quote(source=1)]),
        )

    def test_a_reference_that_is_no_list(self):
        self.assertIn(
            'field source: "ada" is no reference; it is a list',
            self.refusal([source(), story(), quote(source="ada")]),
        )

    def test_a_key_with_too_many_parts(self):
        self.assertIn(
            'field source: ["ada", "x"] is no reference',
            self.refusal([source(), story(), quote(source=["ada", "x"])]),
        )

    def test_a_reference_that_is_missing(self):
        entry = quote()
        del entry["fields"]["source"]
        self.assertIn(
            'object 2 (articles.quote "ada-no"), field source: it is missing', self.refusal([story(), entry])
        )

    def test_tags_written_into_the_story(self):
        self.assertIn(
            "field tags: write each of them as an object of its own, articles.taggedarticle.",
            self.refusal([tag(), story(tags=[["harbor"]])]),
        )

    def test_the_same_slug_twice_in_a_file(self):
        self.assertEqual(
            self.refusal([tag(), tag(name="quay")]),
            'file1.json, line 1, object 2 (articles.tag "harbor"), field slug: the same as in file1.json, line 1, object 1 '
            '(articles.tag "harbor"). Give one of the two another, or delete it. Nothing was loaded.',
        )

    def test_the_same_slug_in_two_files(self):
        self.assertIn(
            'file2.json, line 1, object 1 (articles.source "ada"), field slug: the same as in file1.json, line 1, object 1',
            self.refusal([source()], [source(name="Ada B.")]),
        )

    def test_a_key_of_several_parts_twice(self):
        alias = {"model": "articles.alias", "fields": {"source": ["ada"], "name": "A."}}
        self.assertIn(
            'object 3 (articles.alias ["ada"] "A."), field source and name: the same as in',
            self.refusal([source(), alias, alias]),
        )

    def test_a_name_that_another_row_has(self):
        make_tag("Harbor", slug="quay")
        self.assertIn(
            'object 1 (articles.tag "harbor"), field name: There is a tag with this name already.',
            self.refusal([tag()]),
        )

    def test_a_position_taken_twice(self):
        self.assertIn(
            'object 4 (articles.quote "ada-yes"), field article and position: '
            "Two quotes of this story have the same position.",
            self.refusal([source(), story(), quote(), quote(slug="ada-yes")]),
        )

    def test_a_value_that_is_none_of_the_choices(self):
        self.assertIn(
            "object 1 (articles.tag \"harbor\"), field kind: Value 'colour' is not a valid choice.",
            self.refusal([tag(kind="colour")]),
        )

    def test_a_published_story_without_its_date(self):
        self.assertIn(
            'object 1 (articles.article "strike"), field status and published_at: '
            "A published or scheduled story needs the moment it goes out.",
            self.refusal([story(status="published")]),
        )

    def test_a_text_that_is_too_long_for_the_column(self):
        self.assertIn(
            "field name: Ensure this value has at most 100 characters", self.refusal([tag(name="x" * 101)])
        )

    def test_a_text_that_is_no_text(self):
        for value in (["Strike"], {"en": "Strike"}, 5, True):
            with self.subTest(value):
                self.assertEqual(
                    self.refusal([story(headline=value)]),
                    'file1.json, line 1, object 1 (articles.article "strike"), field headline: it is text, written in '
                    f"quotation marks. It says {json.dumps(value)}. Nothing was loaded.",
                )

    def test_a_day_a_moment_or_an_address_that_is_no_text(self):
        wrong = {
            "said_on": quote(said_on=20180925),
            "published_at": story(published_at=[2018, 9, 25]),
            "origin_link": story(origin_link={"href": "https://paper.example/"}),
            "slug": story(slug=["strike"]),
        }
        for name, entry in wrong.items():
            with self.subTest(name):
                self.assertIn(f"field {name}: it is text, written in quotation marks.", self.refusal([entry]))

    def test_a_slug_that_is_no_address(self):
        self.assertIn("field slug: Enter a valid “slug”", self.refusal([tag(slug="a slug")]))

    def test_a_date_that_does_not_exist(self):
        self.assertIn(
            "field said_on: “2018-02-30” value has the correct format",
            self.refusal([source(), story(), quote(said_on="2018-02-30")]),
        )

    def test_an_empty_text_where_words_are_needed(self):
        self.assertIn(
            "field text: A quote needs its words.", self.refusal([source(), story(), quote(text="")])
        )

    def test_null_where_a_value_is_needed(self):
        self.assertIn("field name: This field cannot be null.", self.refusal([tag(name=None)]))

    def test_something_that_is_no_object(self):
        self.assertIn(
            "file1.json, line 1, object 1, field fields: an object looks like", self.refusal(["harbor"])
        )
        self.assertIn(
            "file1.json, line 1, object 1, field fields: an object looks like", self.refusal([{"model": "x"}])
        )

    def test_a_mistake_in_the_last_file_undoes_the_first(self):
        self.refusal([tag()], [source(), story()], [quote(source=["nobody"])])

    def test_a_file_that_is_not_there(self):
        with self.assertRaisesRegex(CommandError, "No fixture named 'nothing-of-the-kind' found"):
            call_command("loaddata", "nothing-of-the-kind", verbosity=0)


class AsACommand(LoadData):
    def test_it_ends_with_exit_code_1_and_one_line(self):
        path = self.write("broken", "[")
        done = subprocess.run(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "loaddata", path, "--skip-checks"],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "DATABASE_URL": f"sqlite:///{self.folder / 'scratch.sqlite3'}"},
        )
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertIn("broken.json, line 1", done.stderr)
