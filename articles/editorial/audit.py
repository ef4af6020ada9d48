"""Writes down who did what on the desk. Rows are append-only, and each is sealed (see `editorial.seals`)."""

import datetime as dt
import json
from collections import defaultdict
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Exists, Model, OuterRef

from articles.editorial import seals
from articles.editorial.fixtures.nouns import key_names
from articles.fields import drop_unfit
from articles.models import Article, AuditEntry, FormerSlug

MOST_KEYS = 1_000  # in one query


def name_of(person) -> str:
    """A person's name as history keeps it: the full name, else the login."""
    return person.get_full_name() or person.get_username()


def record(action: AuditEntry.Action, thing: Model, *, by, message: str = "") -> AuditEntry:
    """Adds one line of history about a row; call it in the transaction that makes the change.

    It comes last in there, or the transaction is a `seals.sealed_last`.
    """
    line = entry(action, thing, by.get_username(), name_of(by), message)
    seals.write(line)
    return line


def entry(action: AuditEntry.Action, thing: Model, username: str, name: str, message: str = "") -> AuditEntry:
    """A line of history, not yet saved."""
    return AuditEntry(
        by_username=username,
        by_name=name,
        action=action,
        noun=thing._meta.label_lower,
        object_id=str(thing.pk),
        object_key=key_of(thing),
        object_name=str(thing)[:300],
        message=message,
    )


def key_of(thing: Model) -> str:
    """What the row is named by in every database, as JSON; empty for one that has a number only."""
    if not key_names(thing._meta.model):  # `type` would be that of a lazy account
        return ""
    return json.dumps(thing.natural_key(), ensure_ascii=False, cls=DjangoJSONEncoder)


def history_of(thing: Model):
    """The lines about one row, newest first, whatever it was called at the time.

    Where lines come from another database, something else may have had the row's key before the row was added.
    """
    lines = AuditEntry.objects.filter(noun=thing._meta.label_lower, object_id=str(thing.pk))
    added_later = lines.filter(action=AuditEntry.Action.ADDED, at__gt=OuterRef("at"))
    return lines.filter(~Exists(added_later)).order_by("-at", "-pk")


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


def find_objects(entries: list[AuditEntry], using: str) -> None:
    """Gives entries from elsewhere, not yet saved, the `object_id` of what they are about here; "" if it is not here.

    Where an entry was written, history goes by `object_id` and follows a row through every change of its key. Here
    only the key of that moment is known: a story is also found by an address it had before, and anything else that
    has another key since is not found, which leaves the entry to the list of all changes. The queries do not grow
    with the entries, except for one more for each `MOST_KEYS` keys of a noun.
    """
    by_noun = defaultdict(list)
    for entry in entries:
        entry.object_id = ""
        by_noun[entry.noun].append(entry)
    models = {model._meta.label_lower: model for model in apps.get_models() if key_names(model)}
    for noun in by_noun.keys() & models.keys():
        model = models[noun]
        keys = [key_in(entry, model) for entry in by_noun[noun]]
        numbers = numbers_by_key(model, set(keys) - {None}, using)
        for entry, key in zip(by_noun[noun], keys, strict=True):
            entry.object_id = str(numbers.get(key, ""))


def lookups_of(model) -> list[str]:
    return list(getattr(model, "key_lookups", None) or key_names(model))


def key_in(entry: AuditEntry, model) -> tuple[str, ...] | None:
    """The key as the model's fields would store it; None where the entry has none that the model could have."""
    lookups = lookups_of(model)
    try:
        key = json.loads(entry.object_key)
        if not isinstance(key, list) or len(key) != len(lookups):
            return None
        return tuple(
            str(field_at(model, lookup).to_python(drop_unfit(str(part))))
            for lookup, part in zip(lookups, key, strict=True)
        )
    except (ValueError, RecursionError, ValidationError):
        return None


def field_at(model, lookup):
    for name in lookup.split("__"):
        field = model._meta.get_field(name)
        model = field.related_model
    return field


def numbers_by_key(model, keys, using) -> dict[tuple[str, ...], int]:
    """The primary keys of the rows that are here; a story's also by its former addresses."""
    found = rows_by_key(FormerSlug, "article_id", keys, using) if model is Article else {}
    return found | rows_by_key(model, "pk", keys, using)


def rows_by_key(model, number, keys, using):
    lookups, keys, found = lookups_of(model), sorted(keys), {}
    for start in range(0, len(keys), MOST_KEYS):
        first_parts = {key[0] for key in keys[start : start + MOST_KEYS]}
        rows = model._base_manager.using(using).filter(**{f"{lookups[0]}__in": first_parts})
        for row, *key in rows.values_list(number, *lookups):
            found[tuple(map(str, key))] = row
    return found
