"""Counts the newspaper's editions: any change a reader can see makes a new one, in the same transaction."""

import datetime as dt

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Q
from django.utils import timezone

from articles.models import Article, Edition


def new_edition(at: dt.datetime | None = None, *, using: str = DEFAULT_DB_ALIAS) -> Edition:
    """Raises the edition's number and notes when the next story goes out by itself."""
    at = at or timezone.now()
    editions = Edition.objects.using(using)
    with transaction.atomic(using=using):
        editions.get_or_create(pk=Edition.THE_ONE, defaults={"number": 1, "since": at})
        edition = turned_over(editions.select_for_update().get(pk=Edition.THE_ONE), at, using)
        edition.number += 1
        edition.since = at
        edition.next_change_at = next_change(at, using)
        edition.save(using=using)
    return edition


def current_edition(at: dt.datetime | None = None) -> Edition:
    """The edition in force at that moment. Reading it changes nothing in the database."""
    at = at or timezone.now()
    kept = Edition.objects.filter(pk=Edition.THE_ONE).first()
    return turned_over(kept or Edition(number=1, since=at, next_change_at=next_change(at)), at)


def turned_over(edition: Edition, at: dt.datetime, using: str = DEFAULT_DB_ALIAS) -> Edition:
    """The edition after every moment since at which stories went out by themselves: each makes a new one."""
    if edition.next_change_at and edition.next_change_at <= at:
        due = [moment for moment in moments_after(edition.since, using) if moment <= at]
        edition.number += len(due)
        edition.since = max(due, default=edition.since)
        edition.next_change_at = next_change(at, using)
    return edition


def next_change(at: dt.datetime, using: str = DEFAULT_DB_ALIAS) -> dt.datetime | None:
    """The first moment after `at` at which a story goes out by itself."""
    return min(moments_after(at, using), default=None)


def moments_after(at: dt.datetime, using: str = DEFAULT_DB_ALIAS) -> set[dt.datetime]:
    """Every moment after `at` at which the date and the embargo of a story are both reached."""
    waiting = Article.objects.using(using).filter(
        Q(published_at__gt=at) | Q(embargo_until__gt=at), status__in=Article.Status.going_out()
    )
    return {article.goes_out_at() for article in waiting.only("status", "published_at", "embargo_until")}
