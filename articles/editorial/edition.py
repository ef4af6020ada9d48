"""Counts the newspaper's editions: any change a reader can see makes a new one, in the same transaction."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles.models import Article, Edition


def new_edition(at: dt.datetime | None = None) -> Edition:
    """Raises the edition's number and notes when the next story goes out by itself."""
    at = at or timezone.now()
    with transaction.atomic():
        Edition.objects.get_or_create(pk=Edition.THE_ONE, defaults={"number": 1, "since": at})
        edition = turned_over(Edition.objects.select_for_update().get(pk=Edition.THE_ONE), at)
        edition.number += 1
        edition.since = at
        edition.next_change_at = next_change(at)
        edition.save()
    return edition


def current_edition(at: dt.datetime | None = None) -> Edition:
    """The edition in force at that moment. Reading it changes nothing in the database."""
    at = at or timezone.now()
    kept = Edition.objects.filter(pk=Edition.THE_ONE).first()
    return turned_over(kept or Edition(number=1, since=at, next_change_at=next_change(at)), at)


def turned_over(edition: Edition, at: dt.datetime) -> Edition:
    """The edition after every moment since at which stories went out by themselves: each makes a new one."""
    if edition.next_change_at and edition.next_change_at <= at:
        due = [moment for moment in moments_after(edition.since) if moment <= at]
        edition.number += len(due)
        edition.since = max(due, default=edition.since)
        edition.next_change_at = next_change(at)
    return edition


def next_change(at: dt.datetime) -> dt.datetime | None:
    """The first moment after `at` at which a story goes out by itself."""
    return min(moments_after(at), default=None)


def moments_after(at: dt.datetime) -> set[dt.datetime]:
    """Every moment after `at` at which the date and the embargo of a story are both reached."""
    waiting = Article.objects.filter(
        Q(published_at__gt=at) | Q(embargo_until__gt=at), status__in=Article.Status.going_out()
    )
    return {article.goes_out_at() for article in waiting.only("status", "published_at", "embargo_until")}
