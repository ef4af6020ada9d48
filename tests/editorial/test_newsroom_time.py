"""Every change of the clock from 2024 to 2032, in every zone there is."""

import datetime as dt
from bisect import bisect_left
from dataclasses import dataclass
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from articles.editorial.newsroom_time import (
    NoSuchTime,
    at_what_time,
    in_full,
    meant_by,
    short_zone,
    zone_in_words,
)

FIRST, LAST = dt.datetime(2024, 1, 1, tzinfo=dt.UTC), dt.datetime(2033, 1, 1, tzinfo=dt.UTC)
A_FEW_DAYS = dt.timedelta(days=5)  # no zone changes its clock twice within so few
MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Change:
    """The moment at which a zone's clock is put forward or back, and by how much."""

    zone: ZoneInfo
    moment: dt.datetime
    by: dt.timedelta

    def shown(self, moment):
        return moment.astimezone(self.zone).replace(tzinfo=None, fold=0)

    def __str__(self):
        return f"{self.zone.key} {self.moment:%Y-%m-%d %H:%M}Z by {self.by}"


def every_change():
    for name in sorted(available_timezones()):
        zone, start = ZoneInfo(name), FIRST
        before = start.astimezone(zone).utcoffset()
        while start < LAST:
            after = (start + A_FEW_DAYS).astimezone(zone).utcoffset()
            if after != before:
                minutes = bisect_left(
                    range(5 * 24 * 60),
                    True,
                    key=lambda passed: (start + passed * MINUTE).astimezone(zone).utcoffset() == after,
                )
                yield Change(zone, start + minutes * MINUTE, after - before)
            start, before = start + A_FEW_DAYS, after


CHANGES = list(every_change())
FORWARD = [change for change in CHANGES if change.by > dt.timedelta()]
BACK = [change for change in CHANGES if change.by < dt.timedelta()]


def inside(length):
    """The first, a middle and the last minute of the hour that is left out or comes twice."""
    return [dt.timedelta(), length // MINUTE // 2 * MINUTE, length - MINUTE]


def test_there_are_changes_of_both_kinds_in_many_zones():
    assert min(len(FORWARD), len(BACK)) > 1_000
    assert len({change.zone.key for change in CHANGES}) > 150


def test_a_time_that_is_left_out_is_refused_and_the_two_nearest_are_named():
    for change in FORWARD:
        with timezone.override(change.zone):
            first_after = change.shown(change.moment)
            last_before = change.shown(change.moment - MINUTE)
            for passed in inside(change.by):
                never = last_before + MINUTE + passed
                with pytest.raises(NoSuchTime) as refusal:
                    meant_by(never)
                named = f"never shows {never:%H:%M} on .* {last_before:%H:%M} and {first_after:%H:%M}."
                assert refusal.match(named), change
            assert meant_by(last_before) == change.moment - MINUTE, change
            assert meant_by(first_after) == change.moment, change


def test_of_a_time_that_comes_twice_the_first_is_meant():
    for change in BACK:
        with timezone.override(change.zone):
            for passed in inside(-change.by):
                first, second = change.moment + change.by + passed, change.moment + passed
                assert change.shown(first) == change.shown(second), change
                assert meant_by(change.shown(first)) == first, change
                assert meant_by(change.shown(second).replace(fold=1)) == first, change


def test_every_other_time_is_what_the_clock_shows():
    for change in CHANGES:
        with timezone.override(change.zone):
            for hours in (-30, -3, 3, 30):
                moment = change.moment + dt.timedelta(hours=hours)
                assert meant_by(change.shown(moment)) == moment, change
                assert meant_by(change.shown(moment)).tzinfo is dt.UTC


def test_a_year_no_clock_reaches_is_refused():
    with pytest.raises(NoSuchTime, match="out of reach"):
        meant_by(dt.datetime(9999, 12, 31, 23, 59))


WINTER, SUMMER = dt.datetime(2026, 1, 15, 12, tzinfo=dt.UTC), dt.datetime(2026, 7, 15, 12, tzinfo=dt.UTC)


def test_a_moment_is_told_with_the_zone_that_holds_then():
    assert (in_full(WINTER), in_full(SUMMER)) == ("15 January 2026, 04:00 PST", "15 July 2026, 05:00 PDT")
    assert at_what_time(SUMMER) == "05:00 PDT"


@pytest.mark.parametrize(
    ("zone", "letters", "words"),
    [
        ("America/Los_Angeles", "PST", "Los Angeles time, PST"),
        ("America/Argentina/Buenos_Aires", "UTC-03:00", "Buenos Aires time, UTC-03:00"),
        ("Asia/Kathmandu", "UTC+05:45", "Kathmandu time, UTC+05:45"),
        ("Europe/London", "GMT", "London time, GMT"),
        ("UTC", "UTC", "UTC"),
    ],
)
def test_a_zone_is_named_by_its_place_and_by_letters_or_its_distance_from_utc(zone, letters, words):
    with timezone.override(zone):
        assert (short_zone(WINTER), zone_in_words(WINTER)) == (letters, words)


def test_every_zone_has_a_name():
    for name in available_timezones():
        with timezone.override(name):
            assert zone_in_words(WINTER).strip(), name


def test_a_list_on_the_desk_tells_a_moment_as_a_sentence_does_but_for_the_zone():
    moment = dt.datetime(2026, 3, 1, 13, 5, tzinfo=dt.UTC)
    shown = date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    assert (shown, in_full(moment)) == ("1 March 2026, 05:05", f"{shown} PST")
