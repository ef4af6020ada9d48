import datetime as dt
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from articles.editorial.edition import current_edition, new_edition, next_change
from articles.models import Article, Edition
from tests.make import make_article, make_correction, make_section

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def test_each_change_raises_the_number_by_one_and_there_is_one_row():
    numbers = [new_edition(NOW).number for _ in range(3)]
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]
    assert Edition.objects.count() == 1


def test_an_edition_knows_when_the_next_scheduled_story_falls_due():
    make_article(status="scheduled", published_at=NOW + 2 * HOUR)
    make_article(status="scheduled", published_at=NOW + HOUR)
    make_article(status="draft", published_at=NOW + HOUR / 2)
    make_article(status="published", published_at=NOW - HOUR)
    assert new_edition(NOW).next_change_at == NOW + HOUR


def test_an_embargo_counts_until_both_moments_are_reached():
    make_article(status="published", published_at=NOW - HOUR, embargo_until=NOW + HOUR)
    make_article(status="scheduled", published_at=NOW + 2 * HOUR, embargo_until=NOW + 3 * HOUR)
    assert next_change(NOW) == NOW + HOUR
    assert next_change(NOW + HOUR) == NOW + 3 * HOUR
    assert next_change(NOW + 3 * HOUR) is None


def test_an_edition_is_over_when_a_scheduled_story_comes_due():
    make_article(status="scheduled", published_at=NOW + HOUR)
    first = new_edition(NOW)
    assert current_edition(NOW + HOUR / 2).number == first.number
    assert current_edition(NOW + HOUR).number == first.number + 1
    assert current_edition(NOW + 2 * HOUR).number == first.number + 1


def test_every_moment_at_which_stories_went_out_by_themselves_counts_once():
    first = new_edition(NOW)
    for hours in (1, 1, 2):
        make_article(status="scheduled", published_at=NOW + hours * HOUR)
    Edition.objects.update(next_change_at=NOW + HOUR)
    late = current_edition(NOW + 3 * HOUR)
    assert (late.number, late.since, late.next_change_at) == (first.number + 2, NOW + 2 * HOUR, None)
    assert new_edition(NOW + 3 * HOUR).number == late.number + 1


def test_a_correction_dated_ahead_is_a_change_by_itself_while_readers_see_its_story():
    public = make_article(status="published", published_at=NOW - HOUR)
    make_correction(public, made_at=NOW + HOUR)
    make_correction(public, made_at=NOW)
    make_correction(make_article(status="scheduled", published_at=NOW + 3 * HOUR), made_at=NOW + 2 * HOUR)
    make_correction(make_article(), made_at=NOW + 2 * HOUR)
    off = make_article(status="published", published_at=NOW - 2 * HOUR, withdraw_at=NOW - HOUR)
    make_correction(off, made_at=NOW + 2 * HOUR)
    assert [next_change(NOW), next_change(NOW + HOUR)] == [NOW + HOUR, NOW + 3 * HOUR]


def test_reading_the_edition_changes_nothing_in_the_database():
    assert current_edition(NOW).number == 1
    assert not Edition.objects.exists()
    make_article(status="scheduled", published_at=NOW + HOUR)
    kept = new_edition(NOW)
    current_edition(NOW + 2 * HOUR)
    assert Edition.objects.get().number == kept.number


class TestTheEndOfAStory:
    def test_is_a_change_by_itself_like_its_going_out(self):
        make_article(status="scheduled", published_at=NOW + HOUR, withdraw_at=NOW + 3 * HOUR)
        assert [next_change(NOW + hours * HOUR) for hours in (0, 1, 2, 3)] == [
            NOW + HOUR,
            NOW + 3 * HOUR,
            NOW + 3 * HOUR,
            None,
        ]

    def test_makes_a_new_edition_at_that_very_moment(self):
        make_article(status="published", published_at=NOW - HOUR, withdraw_at=NOW + HOUR)
        first = new_edition(NOW)
        tick = dt.timedelta(milliseconds=1)
        assert current_edition(NOW + HOUR - tick).number == first.number
        late = current_edition(NOW + HOUR)
        assert (late.number, late.since, late.next_change_at) == (first.number + 1, NOW + HOUR, None)

    def test_of_a_story_that_readers_never_saw_changes_nothing(self):
        make_article(status="draft", withdraw_at=NOW + HOUR)
        make_article(status="scheduled", published_at=NOW + 2 * HOUR, withdraw_at=NOW + HOUR)
        make_article(
            status="published",
            published_at=NOW - HOUR,
            embargo_until=NOW + 2 * HOUR,
            withdraw_at=NOW + HOUR,
        )
        assert next_change(NOW) is None

    def test_at_the_moment_another_story_goes_out_is_one_change(self):
        make_article(status="published", published_at=NOW - HOUR, withdraw_at=NOW + HOUR)
        make_article(status="scheduled", published_at=NOW + HOUR)
        first = new_edition(NOW)
        assert current_edition(NOW + 2 * HOUR).number == first.number + 1


moments = st.sampled_from([None, *(NOW + hours * HOUR for hours in range(-2, 6))])


@given(stories=st.lists(st.tuples(moments.filter(bool), moments, moments), max_size=4))
def test_no_story_goes_out_or_off_between_two_editions(stories):
    """Whenever what readers see differs from an hour before, the edition does too; else a page kept would be stale."""
    with transaction.atomic():
        section = make_section()
        for published_at, embargo_until, withdraw_at in stories:
            make_article(
                section=section,
                status="scheduled",
                published_at=published_at,
                embargo_until=embargo_until,
                withdraw_at=withdraw_at,
            )
        new_edition(NOW)
        seen = [
            (set(Article.objects.published(NOW + hours * HOUR)), current_edition(NOW + hours * HOUR).number)
            for hours in range(7)
        ]
        transaction.set_rollback(True)
    for (before, number), (after, next_number) in pairwise(seen):
        assert (before != after) <= (number != next_number)
        assert number <= next_number
