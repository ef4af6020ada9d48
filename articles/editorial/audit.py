"""Writes down who did what on the desk. Rows are append-only: the database refuses to change them."""

from django.db.models import Model

from articles.models import AuditEntry


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
