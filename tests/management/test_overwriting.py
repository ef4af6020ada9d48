"""Loading over rows the desk has worked on: what stays, what changes, what is refused, what readers get."""

import datetime as dt

from django.contrib.auth.models import Group
from django.core.management import call_command

from articles.editorial.workflow import STEPS
from articles.models import Article, Edition, Quote, StatusChange, Tag
from tests.make import (
    make_article,
    make_author,
    make_byline,
    make_published,
    make_quote,
    make_section,
    make_source,
    make_user,
)
from tests.management.loading import LoadData, quote, source, story, tag

Status = Article.Status


def edition():
    return Edition.objects.get().number


class NothingNew(LoadData):
    def test_a_second_load_writes_nothing(self):
        Group.objects.create(name="Interns")
        role = {
            "model": "auth.group",
            "fields": {"name": "Interns", "permissions": [["view_tag", "articles", "tag"]]},
        }
        objects = [role, tag(), source(), story(picks=[["later"]]), story(slug="later"), quote()]
        self.load(objects)
        with self.assert_writes_nothing():
            self.load(objects)

    def test_what_the_newsroom_would_clean_anyway_is_nothing_new(self):
        objects = [
            story(headline=" Strike \u0065\u0301 ", body="<p onclick='x()'>Words<script>x</script></p>")
        ]
        self.load(objects)
        with self.assert_writes_nothing():
            self.load(objects)

    def test_a_moment_is_compared_as_precisely_as_a_file_holds_it(self):
        moment = dt.datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=dt.UTC)
        ana = make_user("ana", date_joined=moment)
        entry = {
            "model": "auth.user",
            "fields": {"username": "ana", "date_joined": "2026-03-01T12:00:00.123Z"},
        }
        with self.assert_writes_nothing():
            self.load([entry])
        entry["fields"]["first_name"] = "Ana"
        self.load([entry])
        ana.refresh_from_db()
        self.assertEqual((ana.first_name, ana.date_joined), ("Ana", moment))


class WhatIsLeftOut(LoadData):
    def test_a_field_that_the_file_leaves_out_keeps_its_value(self):
        before = make_published(
            slug="strike", headline="Old", deck="Kept.", kind="analysis", section=make_section(), version=7
        )
        self.load([story()])
        after = Article.objects.get()
        self.assertEqual((after.headline, after.version), ("Strike", 8))
        for name in ("deck", "kind", "section", "status", "published_at", "body", "created_by"):
            with self.subTest(name):
                self.assertEqual(getattr(after, name), getattr(before, name))

    def test_a_reference_that_a_new_row_needs_may_be_left_out_of_a_known_one(self):
        words = make_quote(make_article(), make_source(), slug="ada-no", text="Yes.")
        self.load([{"model": "articles.quote", "fields": {"slug": "ada-no", "text": "No."}}])
        after = Quote.objects.get()
        self.assertEqual((after.text, after.article, after.source), ("No.", words.article, words.source))

    def test_picks_that_are_left_out_stay_and_an_empty_list_empties_them(self):
        strike, other = make_article(slug="strike"), make_article()
        strike.picks.add(other)
        self.load([story()])
        self.assertEqual(list(strike.picks.all()), [other])
        self.load([story(picks=[])])
        self.assertEqual(list(strike.picks.all()), [])


class Versions(LoadData):
    def setUp(self):
        super().setUp()
        self.strike = make_article("Strike", slug="strike", version=5)
        make_quote(self.strike, make_source("Ada", slug="ada"), slug="ada-no", text="No.", position=1)

    def version(self):
        return Article.objects.get(slug="strike").version

    def test_a_version_in_the_file_counts_for_new_stories_only(self):
        self.load([story(version=2), story(slug="new", version=2)])
        self.assertEqual((self.version(), Article.objects.get(slug="new").version), (5, 2))

    def test_a_change_raises_it_by_one_however_much_changes(self):
        self.load(
            [story(headline="Strike off", version=1), quote(text="Yes."), quote(slug="ada-2", position=2)]
        )
        self.assertEqual(self.version(), 6)

    def test_a_changed_or_added_part_of_the_form_raises_it(self):
        make_author(slug="ana")
        parts = [
            quote(text="Never."),
            quote(slug="ada-2", position=2),
            {"model": "articles.byline", "fields": {"article": ["strike"], "author": ["ana"]}},
            {"model": "articles.replyrequest", "fields": {"article": ["strike"], "source": ["ada"]}},
            story(picks=[["strike"]]),
        ]
        for raised, part in enumerate(parts, start=6):
            with self.subTest(part["model"]):
                self.load([part])
                self.assertEqual(self.version(), raised)
                self.load([part])
                self.assertEqual(self.version(), raised)

    def test_a_quote_that_goes_to_another_story_raises_both(self):
        other = make_article(slug="other", version=3)
        self.load([quote(article=["other"])])
        other.refresh_from_db()
        self.assertEqual((self.version(), other.version), (6, 4))

    def test_a_pick_further_down_raises_it_once(self):
        self.load([story(headline="Strike off", picks=[["later"]]), story(slug="later")])
        self.assertEqual((self.version(), Article.objects.get(slug="later").version), (6, 1))

    def test_what_a_story_only_refers_to_leaves_it_alone(self):
        make_byline(self.strike, make_author(slug="ana", name="Ana"))
        self.load([{"model": "articles.author", "fields": {"slug": "ana", "name": "Ana B."}}])
        self.assertEqual(self.version(), 5)


class Moves(LoadData):
    def setUp(self):
        super().setUp()
        self.strike = make_published("Strike", slug="strike", status=Status.WITHDRAWN)
        self.moment = self.strike.published_at

    def test_a_file_does_not_put_a_withdrawn_story_back_on_the_air(self):
        self.assertEqual(
            self.refusal([story(status="published", deck="New.")]),
            'file1.json, object 1 (articles.article "strike"), field status: “Strike” is “withdrawn” in this '
            "database and “published” in the file. Stories move on the desk: leave “status” out, or load with "
            "--take-status to let the file win. Nothing was loaded.",
        )

    def test_the_same_status_is_no_move(self):
        self.load([story(status="withdrawn", deck="New.")])
        self.assertEqual(Article.objects.get().deck, "New.")
        self.assertFalse(StatusChange.objects.exists())

    def test_the_file_wins_if_one_asks_for_it_and_history_says_so(self):
        self.load([story(status="published")], take_status=True)
        strike = Article.objects.get()
        self.assertEqual((strike.status, strike.published_at, strike.version), ("published", self.moment, 2))
        step = StatusChange.objects.get()
        self.assertEqual((step.from_status, step.to_status), ("withdrawn", "published"))
        self.assertEqual((step.article, step.by_username, step.by_name), (strike, "loaddata", "loaddata"))

    def test_every_move_bears_the_name_of_a_step_to_the_same_state(self):
        for status in [*Status.values, *reversed(Status.values)]:
            self.load([story(status=status)], take_status=True)
        steps = StatusChange.objects.order_by("pk")
        self.assertEqual(steps.count(), 2 * len(Status.values) - 1)
        for step in steps:
            self.assertEqual(STEPS[step.step].target, step.to_status)

    def test_of_several_steps_to_a_state_history_names_the_one_from_there(self):
        self.load([story(status="draft")], take_status=True)
        self.assertEqual(StatusChange.objects.get().step, "reopen")

    def test_asking_for_it_without_a_move_leaves_no_trace(self):
        with self.assert_writes_nothing():
            self.load([story()], take_status=True)

    def test_a_format_that_tells_no_fields_left_out_moves_nothing_either(self):
        path = self.folder / "strike.xml"
        path.write_text(
            '<django-objects version="1.0"><object model="articles.article"><field name="headline">Strike</field>'
            '<field name="slug">strike</field></object></django-objects>'
        )
        with self.assertRaisesRegex(Exception, "“withdrawn” in this database and “draft” in the file"):
            call_command("loaddata", str(path), verbosity=0)


class Editions(LoadData):
    def test_a_load_that_changes_something_makes_one_new_edition(self):
        Edition.objects.create(number=7)
        self.load([tag(), source(), story()], [quote()])
        self.assertEqual(edition(), 8)
        self.load([tag(description="Ships.")])
        self.assertEqual(edition(), 9)

    def test_a_load_that_changes_nothing_makes_none(self):
        self.load([tag()])
        before = edition()
        self.load([tag()])
        self.assertEqual(edition(), before)

    def test_a_load_that_is_refused_makes_none(self):
        Edition.objects.create(number=7)
        self.refusal([tag()], [quote(source=["nobody"])])
        self.assertEqual(edition(), 7)

    def test_a_reference_settled_at_the_end_makes_one(self):
        Edition.objects.create(number=7)
        self.load(
            [story(section=["port"]), {"model": "articles.section", "fields": {"name": "P", "slug": "port"}}]
        )
        self.assertEqual(edition(), 8)

    def test_a_scheduled_story_that_is_loaded_falls_due(self):
        self.load([story(status="scheduled", published_at="2099-01-01T00:00:00Z")])
        self.assertEqual(Edition.objects.get().next_change_at, dt.datetime(2099, 1, 1, tzinfo=dt.UTC))

    def test_a_file_never_sets_the_count_back(self):
        Edition.objects.create(number=7)
        count = {"model": "articles.edition", "fields": {"number": 3, "since": "2026-03-01T12:00:00Z"}}
        with self.assert_writes_nothing():
            self.load([count])
        self.load([count, tag()])
        self.assertEqual(edition(), 8)

    def test_a_copy_of_a_whole_newsroom_brings_its_own(self):
        self.load([{"model": "articles.edition", "fields": {"number": 3}}, tag()])
        self.assertEqual(edition(), 3)


class LeftOutOfTheLoad(LoadData):
    def test_a_model_that_is_left_out_is_neither_compared_nor_refused(self):
        make_published(slug="strike", status=Status.WITHDRAWN)
        self.load([story(status="published"), tag()], exclude=["articles.article"])
        self.assertEqual((Article.objects.get().status, Tag.objects.count()), ("withdrawn", 1))
