"""Writes revisions, and finds what a form showed that was opened at some version."""

import datetime as dt
import json
from secrets import randbelow

from django.utils import timezone

from articles.editorial import audit
from articles.editorial.audit import name_of
from articles.editorial.revisions.fragment import PART, Fragment, content_of, fragment_in, fragment_of
from articles.models import Article, Revision

#: Under which name a version is kept that nobody saved: a file was loaded, a tag was deleted.
NOT_AT_THE_DESK = "not at the desk"
BELOW_ZERO = 2**50
LONGEST_NOTE = Revision._meta.get_field("note").max_length


def keep(
    article: Article,
    fragment: Fragment,
    *,
    by,
    kind: Revision.Kind = Revision.Kind.SAVED,
    note: str = "",
    version: int | None = None,
    judgement: str = "",
    at: dt.datetime | None = None,
) -> Revision:
    """Writes a revision; call it in the transaction of the save, after the story's version was raised."""
    return Revision.objects.create(
        article=article,
        version=version or article.version,
        at=at or timezone.now(),
        kind=kind,
        by_username=by.get_username(),
        by_name=name_of(by),
        note=note[:LONGEST_NOTE],
        judgement=judgement,
        content=content_of(fragment),
        numbers=json.dumps(fragment.numbers, ensure_ascii=False),
    )


def keep_what_was(article: Article, now: Fragment | None = None) -> Revision | None:
    """Before a save: keeps the story as it stands, unless the last revision says the same.

    So a story that came from a file, or that lost a tag elsewhere, can be compared and restored like any other.
    `now`: the story as it stands, for a caller who has just read it.
    """
    now = now or fragment_of(article)
    last = article.revisions.saved().order_by("-version", "-pk").first()
    if last is not None and kept_in(last) == now:
        return None
    touch = audit.last_touch(article)
    return Revision.objects.create(
        article=article,
        version=article.version,
        at=touch.at if touch else timezone.now(),
        by_username=NOT_AT_THE_DESK,
        by_name=touch.by if touch else Revision.FROM_A_FILE,
        note="As it stood before the next save.",
        content=content_of(now),
        numbers=json.dumps(now.numbers, ensure_ascii=False),
    )


def kept_in(revision: Revision) -> Fragment | None:
    """The story that a revision keeps; None for a text, from somebody's file, that is none."""
    try:
        return fragment_in(revision.content, revision.numbers)
    except ValueError:
        return None


def shown_at(article: Article, version: int) -> Fragment | None:
    """What the form showed at that version. Steps raise the version too and change nothing in it, so the newest
    revision up to then counts. None where nothing is kept from then."""
    shown = article.revisions.exclude(kind=Revision.Kind.ASIDE).filter(version__lte=version)
    last = shown.order_by("-version", "-pk").first()
    return kept_in(last) if last else None


def number_new_rows(fragment: Fragment) -> Fragment:
    """For a draft: rows that are only in it get numbers below zero, which no other row ever has, so that a form that
    shows the draft finds them when it comes back."""
    numbers = {label: dict(keys) for label, keys in fragment.numbers.items()}
    for label, model in PART.items():
        own = {key: pk for key, pk in numbers.get(label, {}).items() if pk > 0}
        there = set(model._base_manager.filter(pk__in=own.values()).values_list("pk", flat=True))
        for key, pk in own.items():
            if pk not in there:
                numbers[label][key] = -1 - randbelow(BELOW_ZERO)
    return Fragment(fragment.entries, numbers)
