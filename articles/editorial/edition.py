"""Counts the newspaper's editions: any change a reader can see makes a new one, in the same transaction."""

import datetime as dt
from collections.abc import Iterator

from django.db import DEFAULT_DB_ALIAS, transaction

from articles.models import Article, Correction, Edition, clock

#: What the rule of when a story is public looks at.
TIMES = ("status", "published_at", "embargo_until", "withdraw_at")


def new_edition(at: dt.datetime | None = None, *, using: str = DEFAULT_DB_ALIAS) -> Edition:
    """Raises the edition's number and notes when the next story goes out or off by itself."""
    at = at or clock.now()
    editions = Edition.objects.using(using)
    with transaction.atomic(using=using):
        locked = editions.select_for_update().filter(pk=Edition.THE_ONE)
        edition = locked.first()
        if edition is None:
            editions.get_or_create(pk=Edition.THE_ONE, defaults={"number": 1, "since": at})
            edition = locked.get()
        edition = turned_over(edition, at, using)
        edition.number += 1
        edition.since = at
        edition.next_change_at = next_change(at, using)
        edition.save(using=using)
    return edition


def current_edition(at: dt.datetime | None = None) -> Edition:
    """The edition in force at that moment. Reading it changes nothing in the database."""
    at = at or clock.now()
    kept = Edition.objects.filter(pk=Edition.THE_ONE).first()
    return turned_over(kept or Edition(number=1, since=at, next_change_at=next_change(at)), at)


def turned_over(edition: Edition, at: dt.datetime, using: str = DEFAULT_DB_ALIAS) -> Edition:
    """The edition after every moment since at which stories went out or off by themselves: each makes a new one."""
    if edition.next_change_at and edition.next_change_at <= at:
        due = [moment for moment in moments_after(edition.since, using) if moment <= at]
        edition.number += len(due)
        edition.since = max(due, default=edition.since)
        edition.next_change_at = next_change(at, using)
    return edition


def next_change(at: dt.datetime, using: str = DEFAULT_DB_ALIAS) -> dt.datetime | None:
    """The first moment after `at` at which a story goes out or off by itself, or a correction."""
    return min(moments_after(at, using), default=None)


def moments_after(at: dt.datetime, using: str = DEFAULT_DB_ALIAS) -> set[dt.datetime]:
    """Every moment after `at` at which readers see something else though nobody does anything."""
    moments = {*of_stories(at, using), *of_corrections(at, using)}
    return {moment for moment in moments if moment > at}


def of_stories(at: dt.datetime, using: str) -> Iterator[dt.datetime]:
    """When a story goes out, its date and its embargo both reached, or off again."""
    going_out = Article.objects.using(using).filter(status__in=Article.Status.going_out()).only(*TIMES)
    # Three questions instead of one with “or”: an index answers each, whatever the size of the archive.
    ahead = [
        going_out.filter(**{f"{name}__gt": at}) for name in ("published_at", "embargo_until", "withdraw_at")
    ]
    for article in ahead[0].union(*ahead[1:]):
        goes_out = article.goes_out_at()
        if goes_out:
            yield from filter(None, [goes_out, article.withdraw_at])


def of_corrections(at: dt.datetime, using: str) -> Iterator[dt.datetime]:
    """When the date of a correction is reached. The desk dates none ahead, but a file may."""
    ahead = Correction.objects.using(using).filter(
        made_at__gt=at, article__status__in=Article.Status.going_out()
    )
    times = [f"article__{name}" for name in TIMES]
    for correction in ahead.select_related("article").only("article", "made_at", *times):
        if correction.article.is_public(correction.made_at):
            yield correction.made_at
