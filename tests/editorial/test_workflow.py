import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import timezone

from articles.editorial import workflow
from articles.editorial.workflow import STEPS, StepRefused, standing, steps_for, take_step
from articles.models import Article, ArticleStatus, Edition, Quote, StatusChange
from tests.make import (
    EDITOR,
    MANAGING_EDITOR,
    REPORTER,
    make_article,
    make_author,
    make_editor,
    make_managing_editor,
    make_published,
    make_quote,
    make_reporter,
    make_user,
)

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
SOON = NOW + dt.timedelta(hours=1)
EARLIER = NOW - dt.timedelta(hours=1)


def make_ready(**values):
    return make_article(by=[make_author()], **values)


def date_for(status):
    return {"scheduled": SOON, "published": EARLIER, "withdrawn": EARLIER}.get(status)


@pytest.mark.parametrize("status", ArticleStatus)
@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize(
    "rights", [(), REPORTER, EDITOR, MANAGING_EDITOR], ids=["none", "reporter", "editor", "managing"]
)
def test_a_step_is_taken_exactly_where_the_table_allows_it(status, name, rights):
    person = make_user(may=rights)
    article = make_ready(status=status, published_at=date_for(status), created_by=person)
    step = STEPS[name]
    holds = step.permission.split(".")[1] in rights
    edits_everything = "review_article" in rights
    theirs = not edits_everything if step.for_its_author else edits_everything or status == "draft"
    allowed = status in step.sources and holds and theirs

    assert (step in steps_for(article, by=person, at=NOW)) == allowed
    if allowed:
        take_step(article, name, by=person, at=NOW, goes_out_at=SOON)
    else:
        with pytest.raises(StepRefused):
            take_step(article, name, by=person, at=NOW, goes_out_at=SOON)
    expected = step.target if allowed else status
    assert Article.objects.get(pk=article.pk).status == expected
    assert StatusChange.objects.count() == (1 if allowed else 0)


def test_a_reporter_cannot_move_a_draft_somebody_else_started():
    article = make_ready(created_by=make_reporter())
    with pytest.raises(StepRefused, match="You may not do that"):
        take_step(article, "submit", by=make_reporter())


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

    monkeypatch.setattr(workflow, "new_edition", fails)
    with pytest.raises(IntegrityError):
        take_step(article, "publish", by=make_editor())
    assert Article.objects.get().status == "review"
    assert not StatusChange.objects.exists()


def test_history_survives_the_account_that_made_it():
    editor = make_editor("ana")
    take_step(make_ready(status="review"), "publish", by=editor)
    editor.delete()
    assert StatusChange.objects.get().by_username == "ana"


def test_every_state_can_be_left_and_reached():
    left = {source for step in STEPS.values() for source in step.sources}
    reached = {step.target for step in STEPS.values()} | {ArticleStatus.DRAFT}
    assert left == reached == set(ArticleStatus)


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


def test_nobody_edits_a_story_in_the_bin():
    article = make_ready(status="binned")
    assert not workflow.may_edit(article, by=make_managing_editor())


def test_an_embargo_is_said_where_the_story_stands():
    embargoed = make_ready(status="published", published_at=EARLIER, embargo_until=SOON)
    assert workflow.in_words(embargoed, NOW).startswith("published, under embargo until 1 March 2026, 05:00")
    assert workflow.in_words(embargoed, SOON) == "published"
    assert workflow.in_words(make_ready(status="scheduled", published_at=SOON), NOW) == "scheduled"
