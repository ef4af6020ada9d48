import datetime as dt

import pytest
from django.utils import timezone

from articles.editorial import schedule
from articles.editorial.schedule import midnight, monday_of, week_from
from tests.make import make_article, make_section

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    "zone", ["America/Los_Angeles", "Africa/Cairo", "Asia/Beirut", "America/Santiago", "Pacific/Apia"]
)
def test_every_moment_of_a_year_belongs_to_one_day_whatever_the_clock_does(zone):
    """Some of these put their clocks forward at midnight, so that a day begins at one."""
    with timezone.override(zone):
        first = dt.date(2026, 1, 1)
        starts = [midnight(first + dt.timedelta(days=number)) for number in range(366)]
        assert starts == sorted(set(starts))
        for number, start in enumerate(starts):
            day = first + dt.timedelta(days=number)
            assert timezone.localtime(start).date() == day
            assert timezone.localtime(start - dt.timedelta(milliseconds=1)).date() == day - dt.timedelta(
                days=1
            )


def test_in_the_week_the_clock_is_put_back_each_event_stands_on_its_day_in_its_order():
    section = make_section()
    monday = dt.date(2026, 10, 26)  # in Los Angeles the clock is put back on Sunday, 1 November, at 02:00
    night = dt.datetime(2026, 11, 1, 8, 30, tzinfo=dt.UTC)
    for hours in (0, 1, 23, 24):
        make_article(f"+{hours}", section=section, status="scheduled", published_at=night + hours * HOUR)
    days = week_from(monday, NOW)
    assert [[event.story.headline for event in day.events] for day in days] == [
        *[[]] * 6,
        ["+0", "+1", "+23"],
    ]


def test_a_week_that_the_year_does_not_have_is_refused():
    assert monday_of(2026, 53) == dt.date(2026, 12, 28)
    with pytest.raises(ValueError, match="Invalid week"):
        monday_of(2025, 53)


def test_a_week_into_which_an_archive_was_loaded_stays_a_page(monkeypatch):
    section = make_section()
    for hours in range(4):
        make_article(section=section, status="published", published_at=NOW + hours * HOUR)
    monkeypatch.setattr(schedule, "MOST_IN_A_WEEK", 3)
    days = week_from(dt.date(2026, 2, 23), NOW)
    assert sum(len(day.events) for day in days) == 3
