import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from articles.editorial import dashboard
from articles.editorial.revisions.fragment import fragment_of
from articles.editorial.revisions.saving import save_as_draft
from tests.make import (
    make_article,
    make_author,
    make_correction,
    make_editor,
    make_open_form,
    make_published,
    make_quote,
    make_reply_request,
)

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 5, 4, 19, tzinfo=dt.UTC)  # noon in the newsroom


def test_only_my_own_drafts_are_mine():
    me = make_editor()
    mine = make_article(created_by=me)
    make_article(created_by=make_editor())
    make_article(created_by=me, status="review")
    assert list(dashboard.drafts_of(me)) == [mine]


def test_what_waits_longest_for_review_comes_first():
    first, second = make_article(status="review"), make_article(status="review")
    assert list(dashboard.waiting_for_review()) == [first, second]


@time_machine.travel(NOON, tick=False)
def test_what_goes_out_before_midnight_in_the_newsroom_is_of_today():
    tonight = make_article(status="scheduled", published_at=NOON + dt.timedelta(hours=11))
    embargoed = make_published(embargo_until=NOON + dt.timedelta(hours=1))
    tomorrow = make_article(status="scheduled", published_at=NOON + dt.timedelta(hours=13))
    make_published()
    due = list(dashboard.going_out_today(NOON))
    assert due == [embargoed, tonight, tomorrow]
    assert [dashboard.is_today(story.goes_out, NOON) for story in due] == [True, True, False]


def test_a_quote_whose_words_are_not_in_its_story_is_found_in_review_and_in_print():
    for make in (lambda: make_article(status="review"), make_published):
        story = make()
        wrong = make_quote(story, text="Never said")
        make_quote(story, text=f"The body of {story.headline.lower()}")
        [found] = dashboard.quotes_that_do_not_match(timezone.now())
        assert (found.story, found.quotes) == (story, [wrong])
        story.delete()


def test_a_draft_may_hold_quotes_that_are_not_written_out_yet():
    make_quote(make_article(), text="Not yet")
    assert dashboard.quotes_that_do_not_match(timezone.now()) == []


def test_requests_that_wait_longest_come_first_and_those_of_the_bin_never():
    late = make_reply_request(asked_on="2026-05-01")
    later, unknown = make_reply_request(asked_on="2026-05-03"), make_reply_request()
    make_reply_request(outcome="declined")
    make_reply_request(make_article(status="binned"))
    assert list(dashboard.requests_unanswered()) == [late, later, unknown]


def test_changes_that_readers_do_not_see_yet_are_listed():
    editor, story = make_editor(), make_published(by=[make_author()])
    fragment = fragment_of(story)
    fragment.entries[0]["fields"]["deck"] = "New"
    save_as_draft(story, fragment, by=editor)
    assert [draft.article for draft in dashboard.drafts_of_live_stories()] == [story]


def test_what_i_typed_and_never_saved_is_mine_alone():
    me, other = make_editor(), make_editor()
    typed = make_open_form(by_username=me.username, typed="deck=Mine", typed_at=timezone.now())
    make_open_form(by_username=me.username)
    make_open_form(by_username=other.username, typed="deck=Theirs", typed_at=timezone.now())
    assert list(dashboard.never_saved(me)) == [typed]


def test_the_newest_correction_comes_first():
    old, new = make_correction(made_at=NOON), make_correction(made_at=NOON + dt.timedelta(days=1))
    assert list(dashboard.recent_corrections()) == [new, old]
