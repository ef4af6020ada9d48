"""An object of a fixture beside the row it would overwrite: what stays, what is a change, what is refused."""

import datetime as dt

from django.db.models import CASCADE

from articles.editorial.workflow import STEPS
from articles.management.mistakes import Wrong
from articles.models import Article, Edition, StatusChange

NAME = "loaddata"  # stands in the history where a person would


def stored_row(row, using):
    """The row as the desk has left it; nobody changes it before the load is over."""
    if row.pk is None:
        return None
    return type(row)._base_manager.using(using).select_for_update().filter(pk=row.pk).first()


def changes(found, stored, stated):
    """The names of the fields whose value the object would change. Makes it keep what is stored in all others.

    `stated` are the names of the fields that stand in the file.
    """
    row, changed = found.object, set()
    # The newsroom counts these itself, whatever the file says.
    counted = {Article: {"version"}, Edition: {"number", "since", "next_change_at"}}.get(type(row), set())
    for field in row._meta.concrete_fields:
        if field.name in stated and field.name not in counted and differ(field, row, stored):
            changed.add(field.name)
        else:
            setattr(row, field.attname, getattr(stored, field.attname))
    for name, keys in (found.m2m_data or {}).items():
        if set(getattr(stored, name).values_list("pk", flat=True)) != set(keys):
            changed.add(name)
    # What leads to something that is still to be loaded cannot be what is stored.
    return changed | {field.name for field in found.deferred_fields or ()}


def differ(field, row, stored):
    return in_a_fixture(field, row) != in_a_fixture(field, stored)


def in_a_fixture(field, row):
    """The value as precisely as a fixture holds it: a moment to the millisecond."""
    value = field.get_prep_value(field.value_from_object(row))
    return (
        value.replace(microsecond=value.microsecond // 1000 * 1000)
        if isinstance(value, dt.datetime)
        else value
    )


def refuse_to_move(row, stored):
    raise Wrong(
        "status",
        f"“{stored}” is “{stored.get_status_display()}” in this database and “{row.get_status_display()}” in the "
        "file. Stories move on the desk: leave “status” out, or load with --take-status to let the file win.",
    )


def note_the_move(row, stored, using):
    """History, as for every other step; it bears the name of the desk's step to the same state."""
    steps = [step for step in STEPS.values() if step.target == row.status]
    nearest = max(steps, key=lambda step: stored.status in step.sources)
    StatusChange.objects.using(using).create(
        article=row,
        headline=row.headline,
        step=nearest.name,
        from_status=stored.status,
        to_status=row.status,
        by_username=NAME,
        by_name=NAME,
        note="Loaded from a file with --take-status.",
    )


def stories_of(row):
    """The keys of the stories whose form has the row in it."""
    if row is None:
        return set()
    if isinstance(row, Article):
        return {row.pk}
    return {
        getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.related_model is Article and field.remote_field.on_delete is CASCADE
    }
