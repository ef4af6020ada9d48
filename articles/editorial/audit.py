"""Writes down who did what on the desk. Rows are append-only: the database refuses to change them."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Model

from articles.models import Article, AuditEntry


def name_of(person) -> str:
    """A person's name as history keeps it: the full name, else the login."""
    return person.get_full_name() or person.get_username()


def record(action: AuditEntry.Action, thing: Model, *, by, message: str = "") -> AuditEntry:
    """Adds one line of history about a row; call it in the transaction that makes the change."""
    return AuditEntry.objects.create(
        by_username=by.get_username(),
        by_name=name_of(by),
        action=action,
        noun=thing._meta.label_lower,
        object_id=str(thing.pk),
        object_name=str(thing)[:300],
        message=message,
    )


def history_of(thing: Model):
    """The lines about one row, newest first."""
    return AuditEntry.objects.filter(noun=thing._meta.label_lower, object_id=str(thing.pk)).order_by(
        "-at", "-pk"
    )


@dataclass(frozen=True)
class Touch:
    """The last thing that happened to a story."""

    by: str
    at: dt.datetime
    what: str


def last_touch(article: Article) -> Touch | None:
    """Who saved or moved the story last; None for a story nobody has touched since it was loaded."""
    saved = history_of(article).first()
    moved = article.status_changes.order_by("-at", "-pk").first()
    touches = [
        saved and Touch(saved.by_name, saved.at, "saved this story"),
        moved and Touch(moved.by_name, moved.at, f"moved this story to “{moved.get_to_status_display()}”"),
    ]
    return max(filter(None, touches), key=lambda touch: touch.at, default=None)
