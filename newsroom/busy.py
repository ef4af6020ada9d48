"""An answer for when the database has no turn left for a change: nothing typed is lost, and it can be sent again.

SQLite lets one save in at a time. Whoever waits longer than the time set for it (see `newsroom.sqlite`), on a machine
that can hardly breathe, would get the page of an error, and what they typed would be gone from the screen.
"""

import logging

from django.db import OperationalError
from django.http import JsonResponse
from django.shortcuts import render

#: What PostgreSQL calls it: a lock that is not to be had, a deadlock, too many connections, a start or a stop.
BUSY_STATES = frozenset({"55P03", "40P01", "53300", "57P03"})
#: Never put into a page, not even hidden.
SECRET = "password"  # noqa: S105 - a part of names of fields
SECONDS = 5

log = logging.getLogger(__name__)


def is_busy(error: Exception) -> bool:
    """Whether the same might well work in a moment."""
    if not isinstance(error, OperationalError):
        return False
    return getattr(error.__cause__, "sqlstate", None) in BUSY_STATES or "database is locked" in str(error)


def try_again_when_busy(get_response):
    """Answers with 503, and with the form as it was sent."""

    def middleware(request):
        return get_response(request)

    def process_exception(request, error):
        if not is_busy(error):
            return None
        log.warning("The database was too busy for %s %s: %s", request.method, request.path, error)
        return too_busy(request)

    middleware.process_exception = process_exception
    return middleware


def too_busy(request):
    """The page asks neither the database nor the session: both may be what is busy."""
    if "application/json" in request.headers.get("Accept", ""):
        answer = JsonResponse({"busy": True}, status=503)
    else:
        answer = render(
            request,
            "503.html",
            {"address": request.get_full_path(), "sent": fields_of(request), "files": bool(request.FILES)},
            status=503,
        )
    answer.headers["Retry-After"] = str(SECONDS)
    return answer


def fields_of(request) -> list[tuple[str, str]]:
    """Every field of the form that was sent, each of its values, in its order; none for a page that was only read."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if SECRET not in name.lower()
    ]
