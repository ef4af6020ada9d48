"""Readers are asked about once: every change of substance to what they had seen, and nothing else."""

import datetime as dt
import threading

import pytest
from django.db import connections, transaction

from articles.editorial import audit
from articles.editorial.corrections import (
    ROUTINE,
    AnswerRefused,
    StoryChanged,
    answer,
    ask,
    moves_revised_at,
    open_questions,
    what_changed,
)
from articles.editorial.revisions.drafts import draft_of
from articles.editorial.revisions.fragment import fragment_of
from articles.editorial.revisions.keeping import kept_in
from articles.editorial.revisions.putting_back import as_if
from articles.editorial.revisions.saving import save, save_as_draft, shown_in_form
from articles.editorial.substance import Kind
from articles.models import Article, AuditEntry, Correction, Edition, Revision
from tests.make import (
    EDITOR,
    REPORTER,
    make_author,
    make_correction,
    make_editor,
    make_managing_editor,
    make_published,
    make_quote,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db

AT = dt.datetime(2018, 9, 26, 19, 0, tzinfo=dt.UTC)
IT_IS = "It is “2,300 families”."


@pytest.fixture
def editor():
    return make_editor()


def make_story(**values):
    return make_published(body="<p>There were 1,800 families.</p>", by=[make_author()], **values)


def fragment_with(story, change):
    """What the form would send after a change: the story is made so, read and put back."""
    with as_if(story, shown_in_form(story)):
        change(story)
        return fragment_of(story)


def text(body):
    return lambda story: Article.objects.filter(pk=story.pk).update(body=body)


def publish(story, change, by):
    """Changes what readers see, and asks."""
    before, after = fragment_of(story), fragment_with(story, change)
    with transaction.atomic():
        revision = save(story, after, by=by)
        changes = ask(revision, before, fragment_of(story))
    story.refresh_from_db()
    return revision, changes


def asked(by, **values):
    """A story of which 1,800 families became 2,300, and the question that is open."""
    story = make_story(**values)
    revision, _ = publish(story, text("<p>There were 2,300 families.</p>"), by)
    return story, revision


def judgement(revision):
    return Revision.objects.get(pk=revision.pk).judgement


def everything(story):
    """What an answer that moves nothing leaves as it is."""
    story = Article.objects.get(pk=story.pk)
    edition = Edition.objects.values_list("number", flat=True).first()
    return story.version, story.revised_at, fragment_of(story), story.revisions.count(), edition


class TestAsking:
    def test_a_change_of_substance_is_asked_about(self, editor):
        story = make_story()
        revision, changes = publish(story, text("<p>There were 2,300 families.</p>"), editor)
        assert [(change.kind, change.was, change.now) for change in changes] == [
            (Kind.NUMBER, "1,800 families", "2,300 families")
        ]
        assert judgement(revision) == "open"
        assert list(open_questions()) == [revision]
        assert what_changed(revision) == changes

    def test_any_other_change_is_not(self, editor):
        story = make_story()
        revision, changes = publish(story, text("<p>There have been 1,800 families.</p>"), editor)
        assert (changes, judgement(revision), list(open_questions())) == ([], "", [])

    def test_nor_is_one_that_brings_its_own_correction(self, editor):
        story = make_story()

        def corrected(story):
            text("<p>There were 2,300 families.</p>")(story)
            make_correction(story)

        revision, changes = publish(story, corrected, editor)
        assert (changes, judgement(revision), list(open_questions())) == ([], "told", [])

    def test_the_speaker_of_a_quote_is_called_by_name(self, editor):
        story = make_story()
        quote = make_quote(
            story, make_source("Jelani McDrew", slug="drew"), text="They looked", mismatch_reason="Cut"
        )
        revision, [change] = publish(
            story, lambda story: story.quotes.filter(pk=quote.pk).update(text="You looked"), editor
        )
        assert (change.speaker, change.quote_slug) == ("Jelani McDrew", quote.slug)
        assert what_changed(revision) == [change]

    def test_questions_come_newest_first_in_one_query_and_not_from_the_bin(
        self, editor, django_assert_num_queries
    ):
        (_, first), (story, _), (_, third) = asked(editor), asked(editor), asked(editor)
        Article.objects.filter(pk=story.pk).update(status="binned", published_at=None)
        with django_assert_num_queries(1):
            assert [(row, row.article.headline) for row in open_questions()] == [
                (third, third.article.headline),
                (first, first.article.headline),
            ]

    def test_what_came_from_a_file_and_cannot_be_read_has_no_changes(self, editor):
        _, revision = asked(editor)
        Revision.objects.filter(pk=revision.pk).update(content="[]")
        assert what_changed(Revision.objects.get(pk=revision.pk)) == []


class TestTelling:
    @pytest.mark.parametrize("kind", ["correction", "clarification", "update"])
    def test_readers_get_the_next_correction_and_the_story_its_moment(self, editor, kind):
        story, revision = asked(editor)
        quote = make_quote(story)
        make_correction(story, number=4)
        told = answer(
            revision, kind, IT_IS, by=editor, seen_version=story.version, quote=quote, on_top=True, at=AT
        )
        assert Correction.objects.get(pk=told.pk) == told
        assert (told.article, told.number, told.kind, told.text) == (story, 5, kind, IT_IS)
        assert (told.quote, told.on_top, told.made_at) == (quote, True, AT)
        assert Article.objects.get().revised_at == AT
        assert judgement(revision) == "told"
        assert list(open_questions()) == []

    def test_it_is_a_save_like_any_other(self, editor):
        story, revision = asked(editor)
        edition = Edition.objects.get().number
        told = answer(revision, "update", IT_IS, by=editor, seen_version=story.version)
        saved = Article.objects.get()
        assert saved.version == story.version + 1
        assert Edition.objects.get().number == edition + 1
        line = audit.history_of(story).first()
        assert (line.by_username, line.message) == (editor.username, f"Added correction “{told}”.")
        newest = saved.revisions.newest_first().first()
        assert (newest.version, newest.kind, newest.by_username) == (saved.version, "saved", editor.username)
        assert kept_in(newest) == fragment_of(saved)

    def test_a_story_that_readers_do_not_see_any_more_makes_no_edition(self, editor):
        story, revision = asked(editor)
        Article.objects.update(status="withdrawn")
        edition = Edition.objects.get().number
        answer(revision, "update", IT_IS, by=editor, seen_version=story.version)
        assert Edition.objects.get().number == edition

    def test_a_draft_begun_meanwhile_keeps_its_changes_and_gets_the_correction(self, editor):
        story, revision = asked(editor)

        def drafted(story):
            Article.objects.filter(pk=story.pk).update(headline="Drafted")
            make_correction(story, text="Of the draft.")

        with transaction.atomic():
            save_as_draft(story, fragment_with(story, drafted), by=editor)
        story.refresh_from_db()
        answer(revision, "correction", IT_IS, by=editor, seen_version=story.version, at=AT)
        story.refresh_from_db()
        draft = kept_in(draft_of(story).revision)
        assert (story.headline == "Drafted", draft.story["revised_at"]) == (False, "2018-09-26T19:00:00Z")
        with transaction.atomic():
            save(story, draft, by=editor)
        story.refresh_from_db()
        assert story.headline == "Drafted"
        assert list(story.corrections.values_list("number", "text")) == [(1, IT_IS), (2, "Of the draft.")]

    def test_only_its_own_question_is_answered(self, editor):
        story, first = asked(editor)
        second, _ = publish(story, text("<p>There were 2,400 families.</p>"), editor)
        answer(second, "update", IT_IS, by=editor, seen_version=story.version)
        assert list(open_questions()) == [first]


class TestRoutine:
    def test_nothing_moves_and_who_judged_it_is_written_down(self, editor):
        story, revision = asked(editor)
        before = everything(story)
        assert (
            answer(revision, ROUTINE, "words that stay unsaid", by=editor, seen_version=story.version) is None
        )
        assert everything(story) == before
        assert judgement(revision) == "routine"
        assert not Correction.objects.exists()
        line = AuditEntry.objects.get(noun="articles.revision")
        assert (line.by_username, line.object_id) == (editor.username, str(revision.pk))
        assert story.headline in line.message
        assert audit.history_of(story).first().message != line.message


class TestRefusing:
    def refused(self, revision, *args, error=AnswerRefused, **values):
        before = everything(revision.article), judgement(revision), AuditEntry.objects.count()
        with pytest.raises(error) as refusal:
            answer(revision, *args, **values)
        assert (everything(revision.article), judgement(revision), AuditEntry.objects.count()) == before
        return str(refusal.value)

    @pytest.mark.parametrize("kind", ["update", ROUTINE])
    def test_an_answer_to_a_story_that_was_saved_meanwhile(self, editor, kind):
        story, revision = asked(editor)
        seen = story.version
        publish(story, text("<p>There were 2,300 people.</p>"), editor)
        says = self.refused(revision, kind, IT_IS, by=editor, seen_version=seen, error=StoryChanged)
        assert "send it again" in says

    def test_a_second_answer(self, editor):
        story, revision = asked(editor)
        answer(revision, ROUTINE, by=editor, seen_version=story.version)
        says = self.refused(revision, "update", IT_IS, by=editor, seen_version=story.version)
        assert "answered already: routine" in says

    @pytest.mark.parametrize("may", [REPORTER, [name for name in EDITOR if name != "add_correction"]])
    def test_somebody_who_may_not_correct_it(self, editor, may):
        story, revision = asked(editor)
        self.refused(revision, ROUTINE, by=make_user(may=may), seen_version=story.version)

    def test_a_story_in_the_bin(self):
        chief = make_managing_editor()
        story, revision = asked(chief)
        Article.objects.update(status="binned")
        self.refused(revision, "update", IT_IS, by=chief, seen_version=story.version)

    @pytest.mark.parametrize(("kind", "words"), [("retraction", IT_IS), ("", IT_IS), ("update", " \n")])
    def test_no_kind_or_no_words(self, editor, kind, words):
        story, revision = asked(editor)
        self.refused(revision, kind, words, by=editor, seen_version=story.version)

    def test_a_quote_of_another_story(self, editor):
        story, revision = asked(editor)
        says = self.refused(
            revision, "update", IT_IS, by=editor, seen_version=story.version, quote=make_quote()
        )
        assert "another story" in says


class TestTheMomentOfRevision:
    """Told by what was added: `moves_revised_at(before, after)`."""

    def moved(self, change):
        story = make_story()
        make_correction(story, made_at=AT)
        return moves_revised_at(fragment_of(story), fragment_with(story, change))

    @pytest.mark.parametrize("kind", Correction.Kind.values)
    def test_a_correction_of_any_kind_moves_it(self, kind):
        assert self.moved(lambda story: make_correction(story, kind=kind))

    def test_so_does_one_that_takes_the_number_of_another(self):
        def replaced(story):
            story.corrections.all().delete()
            make_correction(story, text="Another.")

        assert self.moved(replaced)

    @pytest.mark.parametrize(
        "values",
        [{"text": "Mended."}, {"made_at": AT - dt.timedelta(hours=1)}, {"kind": "update"}, {"on_top": True}],
    )
    def test_one_that_is_mended_does_not(self, values):
        assert not self.moved(lambda story: story.corrections.update(**values))

    def test_nor_does_anything_else(self):
        assert not self.moved(lambda story: story.corrections.all().delete())
        assert not self.moved(text("<p>There were 2,300 families.</p>"))
        assert not self.moved(lambda story: None)


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_the_same_moment_one_counts():
    editor = make_editor()
    story, revision = asked(editor)
    start, outcomes = threading.Barrier(4), []

    def one_answer():
        try:
            start.wait()
            answer(revision, "update", IT_IS, by=editor, seen_version=story.version)
            outcomes.append("told")
        except AnswerRefused:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one_answer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "refused", "refused", "told"]
    assert Correction.objects.count() == 1
    assert Article.objects.get().version == story.version + 1
