"""What the form of a story asks of the database: the same however many quotes it has."""

from itertools import repeat
from unittest import mock

from django.db import connection
from django.db.models import F
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from articles.admin import article_saving
from articles.editorial.edition import new_edition
from articles.models import Article, Quote
from tests.admin.forms import add_row, filled_in, page_of
from tests.make import (
    EDITOR,
    an_hour_ago,
    make_article,
    make_author,
    make_correction,
    make_desk_user,
    make_quote,
    make_reply_request,
    make_source,
    make_statement,
    make_tag,
)

# One of the first is a lock that only the transaction of a test makes it take.
OPENED, SAVED, KEPT_AS_DRAFT, PUBLISHED = 30, 100, 90, 124


class FormQueries(TestCase):
    def setUp(self):
        self.editor = make_desk_user(EDITOR)
        self.client.force_login(self.editor)
        self.client.get(page_of(make_article()))  # what a process reads once is read

    def story_with(self, number, **values):
        """A story with so many quotes, authors, tags, corrections and requests, each row leading elsewhere."""
        words = [f"Words number {n} are said here." for n in range(number)]
        story = make_article(
            tags=[make_tag() for _ in range(number)],
            by=[make_author() for _ in range(number)],
            body="".join(f"<p>“{said}” said somebody.</p>" for said in words),
            **values,
        )
        for said in words:
            make_quote(
                story, make_source(), text=said, statement=make_statement(), reported_by=make_source(),
                said_on="2018-11-05",
            )  # fmt: skip
            make_correction(story)
            make_reply_request(story)
        return story

    def opened(self, story):
        with CaptureQueriesContext(connection) as queries:
            page = self.client.get(page_of(story))
        return len(queries), page

    def saved(self, story, button="_continue", **changes):
        data = filled_in(self.client.get(page_of(story)), **{button: "1", **changes})
        with CaptureQueriesContext(connection) as queries:
            answer = self.client.post(page_of(story), data)
        self.assertEqual(answer.status_code, 302)
        return len(queries)

    def test_opening_a_story_costs_the_same_with_2_and_with_34_quotes(self):
        few, _ = self.opened(self.story_with(2))
        many, page = self.opened(self.story_with(34))
        self.assertEqual(few, many)
        self.assertLessEqual(many, OPENED)
        self.assertContains(page, str(Quote.objects.last().source))
        self.assertContains(page, str(Quote.objects.last().statement))

    def test_saving_another_deck_costs_the_same_with_2_and_with_12_quotes_nobody_touched(self):
        few = self.saved(self.story_with(2), deck="Another deck.")
        many = self.saved(self.story_with(12), deck="Another deck.")
        self.assertEqual(few, many)
        self.assertLessEqual(many, SAVED)

    def test_so_does_a_draft_of_a_published_story_and_publishing_it(self):
        new_edition()
        published = {"status": "published", "published_at": an_hour_ago()}
        counts = []
        for number in (2, 12):
            story = self.story_with(number, **published)
            draft = self.saved(story, deck="Another deck.")
            counts.append((draft, self.saved(story, "_publish_changes", deck="A third deck.")))
        self.assertEqual(*counts)
        self.assertLessEqual(counts[0][0], KEPT_AS_DRAFT)
        self.assertLessEqual(counts[0][1], PUBLISHED)

    def test_a_form_refused_for_one_quote_costs_the_same_with_2_and_with_12(self):
        counts = []
        for number in (2, 12):
            story = self.story_with(number)
            data = filled_in(self.client.get(page_of(story)), **{"quotes-0-text": "", "_continue": "1"})
            with CaptureQueriesContext(connection) as queries:
                page = self.client.post(page_of(story), data)
            self.assertContains(page, "This field is required.")
            counts.append(len(queries))
        self.assertEqual(*counts)


class ChosenRows(TestCase):
    """What is looked up together is checked as it was one by one."""

    def setUp(self):
        self.client.force_login(make_desk_user(EDITOR))
        self.story = make_article()
        self.quote = make_quote(self.story)
        self.form = filled_in(self.client.get(page_of(self.story)), _continue="1")

    def errors_of(self, **changes):
        page = self.client.post(page_of(self.story), {**self.form, **changes})
        self.assertEqual(page.status_code, 200)
        return page.context["inline_admin_formsets"][1].formset.errors[0]

    def test_another_source_is_saved(self):
        other = make_source()
        self.client.post(page_of(self.story), {**self.form, "quotes-0-source": str(other.pk)})
        self.assertEqual(Quote.objects.get().source, other)

    def test_a_source_that_is_gone_or_never_was_is_refused_and_shown_as_empty(self):
        for key in ("999999999", "0" * 30, "-1", "x", "1 OR 1=1", "²"):
            self.assertIn("source", self.errors_of(**{"quotes-0-source": key}))
        page = self.client.post(page_of(self.story), {**self.form, "quotes-0-source": "999999999"})
        self.assertNotContains(page, 'value="999999999"')

    def test_an_empty_source_is_refused(self):
        self.assertEqual(self.errors_of(**{"quotes-0-source": ""}), {"source": ["This field is required."]})

    def test_the_row_of_another_story_is_not_taken_over(self):
        foreign = make_quote()
        page = self.client.post(
            page_of(self.story), {**self.form, "quotes-0-id": str(foreign.pk), "quotes-0-text": "Taken."}
        )
        self.assertEqual(page.status_code, 200)
        foreign.refresh_from_db()
        self.assertNotEqual((foreign.text, foreign.article), ("Taken.", self.story))

    def test_a_new_row_is_shown_with_the_source_chosen_when_it_is_refused(self):
        other = make_source("Chosen just now")
        data = add_row(self.form, "quotes", source=str(other.pk), text="", kind="direct", terms="record")
        page = self.client.post(page_of(self.story), data)
        self.assertContains(page, f'<option value="{other.pk}" selected>Chosen just now</option>', html=True)


class OneVersion(TestCase):
    """A form is opened without a lock: somebody may save between the reading of the story and of its rows."""

    def setUp(self):
        self.client.force_login(make_desk_user(EDITOR))

    def open_while(self, story, saves):
        """Somebody adds a quote in the middle, as often as `saves` says."""
        read_draft = article_saving.draft_of

        def draft_of(article):
            if next(saves, None):
                make_quote(story)
                Article.objects.filter(pk=story.pk).update(version=F("version") + 1)
            return read_draft(article)

        with mock.patch.object(article_saving, "draft_of", draft_of):
            return self.client.get(page_of(story))

    def test_the_form_shows_the_rows_of_the_version_it_names(self):
        story = make_article()
        page = self.open_while(story, iter([True, True])).content.decode()
        for name, value in {"seen_version": 3, "quotes-TOTAL_FORMS": 2, "quotes-INITIAL_FORMS": 2}.items():
            self.assertInHTML(f'<input type="hidden" name="{name}" value="{value}" id="id_{name}">', page)

    def test_where_somebody_saves_all_the_time_it_is_shown_all_the_same(self):
        self.assertEqual(self.open_while(make_article(), repeat(True)).status_code, 200)
