"""What time it is. Where several machines share a database, its clock decides what is public, not each machine's own:
on a machine whose clock is an hour fast an embargoed story would be out an hour early.
"""

import datetime as dt
import time
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

#: How long an answer of the database is relied on. This machine's clock is only counted on from there.
SECONDS = 1.0


@dataclass(frozen=True)
class Answer:
    """How far the database's clock was ahead of this machine's, and when that was found, by a clock nobody sets."""

    ahead: dt.timedelta
    found: float


answers: dict[str, Answer] = {}


def now(using: str = DEFAULT_DB_ALIAS) -> dt.datetime:
    """This moment by the database's clock."""
    return timezone.now() + ahead(using)


def ahead(using: str) -> dt.timedelta:
    """How far the database's clock is ahead. An embedded database has no clock but this machine's."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        return dt.timedelta()
    answer = answers.get(using)
    if answer is None or time.monotonic() - answer.found >= SECONDS:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            (told,) = cursor.fetchone()
        # Measured after the answer: what it took to come makes the moment late, never early.
        answer = answers[using] = Answer(told - timezone.now(), time.monotonic())
    return answer.ahead
