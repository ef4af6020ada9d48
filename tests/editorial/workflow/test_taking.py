import pytest
from django.db import IntegrityError
from django.utils import timezone

from articles.editorial.workflow import StepRefused, standing, take_step, taking, what_is_advised
from articles.models import (
    Article,
    AuditEntry,
    Byline,
    Correction,
    Edition,
    FormerSlug,
    Quote,
    StatusChange,
    TaggedArticle,
)
from tests.editorial.workflow.stories import EARLIER, HOUR, NOW, SOON, make_ready
from tests.make import (
    make_article,
    make_author,
    make_correction,
    make_editor,
    make_former_slug,
    make_managing_editor,
    make_published,
    make_quote,
    make_reply_request,
    make_reporter,
    make_tag,
)

pytestmark = pytest.mark.django_db


def test_a_step_writes_who_from_where_to_where_when_and_why():
    editor = make_editor("ana", first_name="Ana", last_name="Ruiz")
    article = make_ready(status="review")
    take_step(article, "send_back", by=editor, note="Second source, please.", at=NOW)
    change = StatusChange.objects.get()
    assert (change.article, change.step, change.from_status, change.to_status) == (
        article,
        "send_back",
        "review",
        "draft",
    )
    assert (change.by_username, change.by_name, change.at, change.note) == (
        "ana",
        "Ana Ruiz",
        NOW,
        "Second source, please.",
    )


def test_publishing_sets_the_date_and_raises_version_and_edition():
    article = make_ready(status="review")
    take_step(article, "publish", by=make_editor(), at=NOW)
    assert (article.status, article.published_at, article.version) == ("published", NOW, 2)
    assert Edition.objects.get().since == NOW


def test_moving_a_draft_makes_no_new_edition():
    take_step(make_ready(created_by=(person := make_reporter())), "submit", by=person)
    assert not Edition.objects.exists()


def test_a_story_that_was_out_before_keeps_its_date_when_it_is_published_again():
    boss = make_managing_editor()
    article = make_ready(status="published", published_at=EARLIER)
    for name in ["withdraw", "reopen", "submit", "publish"]:
        take_step(article, name, by=boss, at=NOW)
    assert article.published_at == EARLIER


def test_a_scheduled_story_sent_back_before_its_time_loses_its_date():
    article = make_ready(status="scheduled", published_at=SOON)
    take_step(article, "send_back", by=make_editor(), at=NOW)
    assert article.published_at is None


def test_a_scheduled_story_whose_time_has_come_stands_as_published():
    article = make_ready(status="scheduled", published_at=SOON)
    assert standing(article, NOW) == "scheduled"
    assert standing(article, SOON) == "published"
    with pytest.raises(StepRefused, match="is published"):
        take_step(article, "send_back", by=make_editor(), at=SOON)
    take_step(article, "withdraw", by=make_managing_editor(), at=SOON)
    assert article.status == "withdrawn"
    assert StatusChange.objects.get().from_status == "published"


@pytest.mark.parametrize("moment", [None, EARLIER, NOW])
def test_scheduling_needs_a_moment_that_lies_ahead(moment):
    article = make_ready(status="review")
    with pytest.raises(StepRefused, match="lies ahead"):
        take_step(article, "schedule", by=make_editor(), at=NOW, goes_out_at=moment)


def test_nothing_goes_out_before_its_embargo():
    article = make_ready(status="review", embargo_until=SOON)
    with pytest.raises(StepRefused, match="under embargo until"):
        take_step(article, "publish", by=make_editor(), at=NOW)
    take_step(article, "schedule", by=make_editor(), at=NOW, goes_out_at=SOON)
    assert article.status == "scheduled"


def test_a_story_that_is_not_ready_stays_and_says_what_is_missing():
    article = make_article(status="review", section=None, body="")
    with pytest.raises(StepRefused) as refusal:
        take_step(article, "publish", by=make_editor())
    assert {finding.field for finding in refusal.value.findings} == {"section", "body", "bylines"}
    assert "no section" in str(refusal.value)
    assert Article.objects.get().status == "review"


def test_a_quote_that_does_not_stand_in_the_story_blocks_publishing():
    article = make_ready(status="review", body="<p>Other words.</p>")
    quote = make_quote(article, text="We regret nothing")
    with pytest.raises(StepRefused, match="are not in the story"):
        take_step(article, "publish", by=make_editor())
    Quote.objects.filter(pk=quote.pk).update(mismatch_reason="Translated from German.")
    take_step(article, "publish", by=make_editor())
    assert article.is_public()


def test_the_row_in_the_database_decides_not_what_the_caller_remembers():
    article = make_ready(status="review")
    stale = Article.objects.get(pk=article.pk)
    take_step(article, "publish", by=make_editor())
    with pytest.raises(StepRefused, match="is published"):
        take_step(stale, "publish", by=make_editor())


def test_status_history_and_edition_change_together_or_not_at_all(monkeypatch):
    article = make_ready(status="review")

    def fails(at):
        raise IntegrityError("no edition")

    monkeypatch.setattr(taking, "new_edition", fails)
    with pytest.raises(IntegrityError):
        take_step(article, "publish", by=make_editor())
    assert Article.objects.get().status == "review"
    assert not StatusChange.objects.exists()


def test_history_survives_the_account_that_made_it():
    editor = make_editor("ana")
    take_step(make_ready(status="review"), "publish", by=editor)
    editor.delete()
    assert StatusChange.objects.get().by_username == "ana"


def test_a_published_story_cannot_go_to_the_bin_before_it_is_withdrawn():
    article = make_published()
    with pytest.raises(StepRefused, match="is published"):
        take_step(article, "bin", by=make_managing_editor())
    assert article.is_public(timezone.now())


def test_a_reporter_takes_back_what_they_handed_in_and_nobody_elses():
    reporter = make_reporter()
    mine, theirs = make_ready(status="review", created_by=reporter), make_ready(status="review")
    take_step(mine, "take_back", by=reporter)
    assert mine.status == "draft"
    with pytest.raises(StepRefused, match="You may not do that"):
        take_step(theirs, "take_back", by=reporter)


def test_a_story_changed_since_it_was_looked_at_is_refused_with_who_changed_it():
    ana = make_editor("ana", first_name="Ana", last_name="Ruiz")
    article = make_ready(status="review")
    seen = article.version
    take_step(article, "schedule", by=ana, at=NOW, goes_out_at=SOON)
    with pytest.raises(
        StepRefused, match="not as you saw it any more: Ana Ruiz moved this story to “scheduled”"
    ):
        take_step(article, "publish", by=make_editor(), at=NOW, seen_version=seen)
    take_step(article, "publish", by=make_editor(), at=NOW, seen_version=article.version)
    assert article.status == "published"


def test_a_story_loaded_anew_since_has_nobody_to_name():
    article = make_ready(status="review", version=3)
    with pytest.raises(StepRefused, match="somebody changed it"):
        take_step(article, "publish", by=make_editor(), at=NOW, seen_version=2)


class TestTheEndOfAStory:
    def test_publishing_is_refused_while_the_moment_to_withdraw_it_is_past(self):
        article = make_ready(status="review", withdraw_at=EARLIER)
        with pytest.raises(StepRefused, match="to be withdrawn on 1 March 2026, 03:00 PST") as refusal:
            take_step(article, "publish", by=make_editor(), at=NOW)
        assert [finding.field for finding in refusal.value.findings] == ["withdraw_at"]
        Article.objects.update(withdraw_at=SOON)
        take_step(article, "publish", by=make_editor(), at=NOW)
        article.refresh_from_db()
        assert [article.is_public(at) for at in (NOW, SOON)] == [True, False]

    def test_a_story_is_not_scheduled_for_after_its_end(self):
        article = make_ready(status="review", withdraw_at=SOON)
        with pytest.raises(StepRefused, match="before it would go out"):
            take_step(article, "schedule", by=make_editor(), at=NOW, goes_out_at=SOON)

    def test_once_over_it_can_be_mended_and_go_out_again_on_its_old_date(self):
        article = make_ready(status="published", published_at=EARLIER - HOUR, withdraw_at=EARLIER)
        boss = make_managing_editor()
        with pytest.raises(StepRefused, match="is withdrawn by itself"):
            take_step(article, "withdraw", by=boss, at=NOW)
        take_step(article, "reopen", by=boss, at=NOW)
        take_step(article, "submit", by=boss, at=NOW)
        with pytest.raises(StepRefused, match="Clear that moment, or set a later one"):
            take_step(article, "publish", by=boss, at=NOW)
        Article.objects.update(withdraw_at=None)
        take_step(article, "publish", by=boss, at=NOW)
        assert (article.status, article.published_at) == ("published", EARLIER - HOUR)
        assert StatusChange.objects.order_by("pk").first().from_status == "withdrawn"

    def test_withdrawn_by_hand_before_its_end_it_is_gone_at_once(self):
        article = make_ready(status="published", published_at=EARLIER, withdraw_at=SOON)
        take_step(article, "withdraw", by=make_managing_editor(), at=NOW)
        assert (standing(article, NOW), article.is_public(NOW)) == ("withdrawn", False)
        assert Edition.objects.get().next_change_at is None


class TestOffTheSchedule:
    def test_it_waits_for_review_again_without_a_date(self):
        article = make_ready(status="scheduled", published_at=SOON)
        take_step(article, "unschedule", by=make_editor(), at=NOW)
        assert (article.status, article.published_at) == ("review", None)
        assert Edition.objects.get().next_change_at is None

    def test_another_moment_takes_the_place_of_the_first(self):
        article = make_ready(status="scheduled", published_at=SOON)
        take_step(article, "schedule", by=make_editor(), at=NOW, goes_out_at=SOON + HOUR)
        assert (article.status, article.published_at) == ("scheduled", SOON + HOUR)
        assert Edition.objects.get().next_change_at == SOON + HOUR


class TestAdvice:
    def test_is_what_stands_beside_a_story_that_may_go_out(self):
        article = make_ready(deck="", status="review")
        assert {finding.field for finding in what_is_advised(article, "publish")} == {"deck", "tags"}

    def test_is_not_given_for_a_story_that_may_not(self):
        assert what_is_advised(make_article(deck="", body="", status="review"), "schedule") == []

    def test_is_not_given_for_steps_that_do_not_look_at_the_story(self):
        assert what_is_advised(make_ready(deck=""), "submit") == []


class TestDeletedForGood:
    def make_binned(self):
        article = make_ready(status="binned", published_at=EARLIER, tags=[make_tag()])
        quote = make_quote(article)
        make_correction(article, quote=quote)
        make_former_slug(article)
        make_reply_request(article)
        return article

    def test_a_story_takes_all_its_parts_along_and_leaves_its_history(self):
        article = self.make_binned()
        other = make_published(by=[make_author()], tags=[make_tag()])
        other.picks.add(article)
        boss = make_managing_editor("boss", first_name="Bea", last_name="Boss")
        for name in ("restore", "bin"):
            take_step(article, name, by=boss, at=NOW)
        change = take_step(article, "empty", by=boss, at=NOW, note="Asked for by its author.")

        assert not Article.objects.filter(pk=article.pk).exists()
        for part in (Quote, Correction, FormerSlug):
            assert not part.objects.exists()
        assert {row.article for row in Byline.objects.all()} == {other}
        assert {row.content_object for row in TaggedArticle.objects.all()} == {other}
        assert [row.step for row in StatusChange.objects.order_by("pk")] == ["restore", "bin", "empty"]
        kept = StatusChange.objects.get(pk=change.pk)
        assert (kept.article, kept.headline, kept.by_name, kept.note) == (
            None,
            article.headline,
            "Bea Boss",
            "Asked for by its author.",
        )
        entry = AuditEntry.objects.get()
        assert (entry.action, entry.object_name, entry.message) == (
            "deleted",
            article.headline,
            "With 1 quote and 1 correction.",
        )

    def test_a_story_without_quotes_and_corrections_leaves_no_word_about_them(self):
        take_step(make_ready(status="binned"), "empty", by=make_managing_editor())
        assert AuditEntry.objects.get().message == ""

    def test_readers_get_no_new_edition(self):
        take_step(self.make_binned(), "empty", by=make_managing_editor(), at=NOW)
        assert not Edition.objects.exists()

    def test_whoever_comes_second_is_told(self):
        article = self.make_binned()
        boss = make_managing_editor()
        take_step(Article.objects.get(pk=article.pk), "empty", by=boss, at=NOW)
        with pytest.raises(StepRefused, match="deleted for good"):
            take_step(article, "restore", by=boss, at=NOW)
