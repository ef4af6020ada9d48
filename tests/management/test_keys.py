"""A number in a fixture never leads to a row that the object's key does not lead to."""

import json
from pathlib import Path

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection

from articles.models import Alias, Article, Section
from tests.make import (
    make_alias,
    make_article,
    make_former_slug,
    make_published,
    make_quote,
    make_reply_request,
    make_section,
    make_source,
    make_status_change,
    make_tag,
    make_user,
)
from tests.management.loading import LoadData, story, tag


class Numbers(LoadData):
    def test_the_number_of_another_story_is_refused(self):
        live = make_published("Harbor opens", slug="harbor-opens")
        make_quote(live)
        self.assertEqual(
            self.refusal([{**story(slug="evil"), "pk": live.pk}]),
            f'file1.json, object 1 (articles.article "evil"), field pk: {live.pk} is “Harbor opens” in this '
            "database. Leave “pk” out: articles.article is found by its slug. Nothing was loaded.",
        )

    def test_another_number_than_the_row_has_is_refused(self):
        strike = make_article("Strike", slug="strike")
        self.assertIn(
            f"field pk: “Strike” is {strike.pk} in this database, not {strike.pk + 1}. Leave “pk” out",
            self.refusal([{**story(), "pk": strike.pk + 1}]),
        )

    def test_the_number_of_another_role_or_account_is_refused(self):
        editors, ana = Group.objects.create(name="Editors"), make_user("ana")
        role = {"model": "auth.group", "pk": editors.pk, "fields": {"name": "Evil", "permissions": []}}
        account = {"model": "auth.user", "pk": ana.pk, "fields": {"username": "evil", "password": "!"}}
        self.assertIn("field pk: ", self.refusal([role]))
        self.assertIn("auth.user is found by its username.", self.refusal([account]))
        self.assertEqual((Group.objects.get().name, type(ana).objects.get().username), ("Editors", "ana"))

    def test_a_key_of_several_parts_counts_whole(self):
        alias = make_alias(make_source(slug="ada"), "A.")
        make_source(slug="bob")
        entry = {"model": "articles.alias", "pk": alias.pk, "fields": {"source": ["bob"], "name": "A."}}
        self.assertIn(
            "Leave “pk” out: articles.alias is found by its source and name.", self.refusal([entry])
        )
        self.assertEqual(Alias.objects.get().source.slug, "ada")

    def test_the_rows_own_number_and_a_free_one_are_accepted(self):
        harbor = make_tag("Harbour", slug="harbor")
        quay = tag(slug="quay", name="quay")
        self.load([{**tag(), "pk": harbor.pk}, {**quay, "pk": harbor.pk + 7}])
        harbor.refresh_from_db()
        self.assertEqual(harbor.name, "harbor")
        self.assertEqual(type(harbor).objects.get(slug="quay").pk, harbor.pk + 7)

    def test_a_format_other_than_json_overwrites_no_stranger_either(self):
        live = make_section("Port", slug="port")
        path = self.folder / "evil.xml"
        path.write_text(
            f'<django-objects version="1.0"><object model="articles.section" pk="{live.pk}">'
            '<field name="name">Evil</field><field name="slug">evil</field></object></django-objects>'
        )
        with self.assertRaisesRegex(Exception, "Leave “pk” out"):
            call_command("loaddata", str(path), verbosity=0)
        self.assertEqual(Section.objects.get().slug, "port")


class CopiesWithNumbers(LoadData):
    """What a plain `dumpdata` makes."""

    def setUp(self):
        super().setUp()
        story = make_published(tags=[make_tag()], section=make_section())
        make_quote(story, make_source())
        make_former_slug(story)
        make_reply_request(story, make_source(), number=1)
        make_status_change(story)
        gone = make_article("Gone")
        make_status_change(gone)
        gone.delete()
        self.copy = str(self.folder / "copy.json")

    def dump(self, *labels):
        """The rows; the edition is counted by the load itself."""
        call_command("dumpdata", *labels, output=self.copy, verbosity=0)
        rows = json.loads(Path(self.copy).read_text(encoding="utf-8"))
        return [row for row in rows if row["model"] != "articles.edition"]

    def test_loads_onto_its_own_database(self):
        self.dump()
        stories = list(Article.objects.values())
        with self.assert_writes_nothing():
            call_command("loaddata", self.copy, verbosity=0)
        self.assertEqual(list(Article.objects.values()), stories)

    def test_loads_into_an_empty_database(self):
        labels = ("auth.group", "auth.user", "articles")
        copied = self.dump(*labels)
        connection.check_constraints()  # PostgreSQL empties no table that still has checks to come
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        self.assertFalse(Article.objects.exists())
        call_command("loaddata", self.copy, verbosity=0)
        self.assertEqual(self.dump(*labels), copied)
