"""Counts the newspaper's editions: any change a reader can see makes a new one, in the same transaction."""

import datetime as dt

from django.db.models import F, Q
from django.utils import timezone

from articles.models import Article, Edition


def new_edition(at: dt.datetime | None = None) -> Edition:
    """Raises the edition's number and notes when the next scheduled story falls due."""
    at = at or timezone.now()
    Edition.objects.get_or_create(pk=Edition.THE_ONE)
    Edition.objects.filter(pk=Edition.THE_ONE).update(
        number=F("number") + 1, since=at, next_change_at=next_change(at)
    )
    return Edition.objects.get(pk=Edition.THE_ONE)


def current_edition(at: dt.datetime | None = None) -> Edition:
    """The edition in force, turned over first if a scheduled story has come due since."""
    at = at or timezone.now()
    edition = Edition.objects.filter(pk=Edition.THE_ONE).first()
    if edition is None or (edition.next_change_at and edition.next_change_at <= at):
        return new_edition(at)
    return edition


def next_change(at: dt.datetime) -> dt.datetime | None:
    """The first moment after `at` at which a story goes out by itself: its date and its embargo both reached."""
    waiting = Article.objects.filter(
        Q(published_at__gt=at) | Q(embargo_until__gt=at), status__in=Article.Status.going_out()
    )
    moments = [
        max(moment for moment in row if moment)
        for row in waiting.values_list("published_at", "embargo_until")
    ]
    return min(moments, default=None)
