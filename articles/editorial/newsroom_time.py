"""The newsroom's own clock: how a moment is told to people, and what is meant by a time that somebody types.

Everything is kept in UTC and shown in the newsroom's time zone. Twice a year the two do not meet one to one. A time
that the clock leaves out when it is put forward is refused; of a time that it shows twice when it is put back, the
first is meant. A moment nobody touched stays as it is, whatever its time reads like.
"""

import datetime as dt
from bisect import bisect_left
from zoneinfo import ZoneInfo

from django.utils import timezone

RULE = "An hour that the clock shows twice in autumn means the first of the two; one that it leaves out in spring is refused."
SECOND = dt.timedelta(seconds=1)
MINUTE = dt.timedelta(minutes=1)


class NoSuchTime(ValueError):  # noqa: N818 - said to whoever typed it
    """The newsroom's clock never shows that; the message says so and names the nearest times it does show."""


def in_full(moment: dt.datetime) -> str:
    """“1 March 2026, 05:00 PST”."""
    return f"{timezone.localtime(moment):%-d %B %Y, %H:%M} {short_zone(moment)}"


def at_what_time(moment: dt.datetime) -> str:
    """“05:00 PST”, where the day is said already."""
    return f"{timezone.localtime(moment):%H:%M} {short_zone(moment)}"


def short_zone(moment: dt.datetime) -> str:
    """“PST”; “UTC-03:00” where people have no letters for it."""
    local = timezone.localtime(moment)
    name = local.tzname() or ""
    return name if name.isalpha() else str(dt.timezone(local.utcoffset() or dt.timedelta()))


def zone_in_words(moment: dt.datetime) -> str:
    """“Los Angeles time, PST”: whose clock it is, and which of its two times holds at that moment."""
    place = timezone.get_current_timezone_name().rpartition("/")[2].replace("_", " ")
    letters = short_zone(moment)
    return letters if place == letters else f"{place} time, {letters}"


def meant_by(shown: dt.datetime) -> dt.datetime:
    """The moment, in UTC, at which the newsroom's clock shows this time. Raises NoSuchTime.

    In UTC: Python finds a moment of an hour that comes twice equal to no other, if each is told by another clock.
    """
    zone = timezone.get_current_timezone()
    try:
        moment = shown.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)
    except OverflowError as error:
        raise NoSuchTime(f"The year {shown.year} is out of reach.") from error
    if moment.astimezone(zone).replace(tzinfo=None, fold=0) != shown.replace(fold=0):
        last, first = around_what_is_left_out(shown, zone)
        raise NoSuchTime(
            f"The clock is put forward then: it never shows {shown:%H:%M} on {shown:%-d %B %Y}. "
            f"The nearest times it does show are {last:%H:%M} and {first:%H:%M}."
        )
    return moment


def around_what_is_left_out(shown: dt.datetime, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """The last minute the clock shows before it is put forward, and the first after that."""
    before = shown.replace(tzinfo=zone, fold=0).utcoffset()
    after = shown.replace(tzinfo=zone, fold=1).utcoffset()
    start = (shown - after).replace(tzinfo=dt.UTC, fold=0)
    seconds = range(int((after - before) / SECOND) + 1)
    change = start + SECOND * bisect_left(
        seconds, True, key=lambda passed: (start + SECOND * passed).astimezone(zone).utcoffset() == after
    )
    return (change - MINUTE).astimezone(zone), change.astimezone(zone)
