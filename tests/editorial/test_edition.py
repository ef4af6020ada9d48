import datetime as dt

import pytest

from articles.editorial.edition import current_edition, new_edition, next_change
from articles.models import Edition
from tests.make import make_article

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


def test_reading_the_edition_changes_nothing_in_the_database():
    assert current_edition(NOW).number == 1
    assert not Edition.objects.exists()
    make_article(status="scheduled", published_at=NOW + HOUR)
    kept = new_edition(NOW)
    current_edition(NOW + 2 * HOUR)
    assert Edition.objects.get().number == kept.number
