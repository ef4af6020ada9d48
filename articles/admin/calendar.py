"""The desk's calendar: a week of what happens by itself, what waits for review, and what is late."""

import datetime as dt
import re

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from articles.editorial.newsroom_time import at_what_time, in_full, zone_in_words
from articles.editorial.schedule import late, monday_of, today, waiting_for_review, week_from
from articles.models import clock

WEEK = re.compile(r"(20[0-9]{2}|21[0-9]{2})-W([0-9]{2})", re.ASCII)
A_WEEK = dt.timedelta(weeks=1)
SHOWN = 50


@require_safe
def calendar(request, *, site):
    """The page for one week: this one, or the one in the address (?week=2026-W48)."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    at, this_day = clock.now(), today()
    present = this_day - dt.timedelta(days=this_day.weekday())
    monday = monday_in(request.GET["week"]) if "week" in request.GET else present
    waiting = waiting_for_review(SHOWN)
    context = {
        **site.each_context(request),
        "title": "Calendar",
        "subtitle": None,
        "is_present": monday == present,
        "today": this_day,
        "first": monday,
        "last": monday + dt.timedelta(days=6),
        "before": name_of(monday - A_WEEK),
        "after": name_of(monday + A_WEEK),
        "days": [
            {"date": day.date, "events": [{"event": row, "time": at_what_time(row.at)} for row in day.events]}
            for day in week_from(monday, at)
        ],
        "waiting": [
            {"story": row.story, "days": row.days(at), "since": row.since and in_full(row.since)}
            for row in waiting
        ],
        "late": late(at, waiting, SHOWN),
        "now": in_full(at),
        "zone": zone_in_words(at),
    }
    return TemplateResponse(request, "admin/calendar.html", context)


def monday_in(week: str) -> dt.date:
    """The first day of a week named as in an address. What names no week of these centuries is no page."""
    found = WEEK.fullmatch(week)
    if found is None:
        raise Http404
    try:
        return monday_of(int(found[1]), int(found[2]))
    except ValueError as error:
        raise Http404 from error


def name_of(monday: dt.date) -> str:
    """“2026-W48”."""
    return f"{monday:%G-W%V}"
