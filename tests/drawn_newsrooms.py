"""Any newsroom at all, drawn by Hypothesis from what the models say of themselves."""

from functools import cache, partial

from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from hypothesis import strategies as st

from articles.editorial.audit import record
from articles.editorial.fixtures.order import in_order
from articles.models import Article, AuditEntry, Image, Source
from tests.drawn_values import picture, value_of
from tests.newsrooms import EVERY_MODEL, MODELS


@st.composite
def newsrooms(draw):
    """A function that makes a small newsroom: some of each noun, tied at random, with anything that fits in each field.

    Drawn are values only. Which rows they come to, the database says: it refuses what its constraints do not allow.
    """
    values = {model: draw(rows_of(model)) for model in in_order(EVERY_MODEL)}
    noted = draw(st.lists(st.sampled_from(MODELS), max_size=2))
    gone = draw(st.lists(st.integers(0, 2), max_size=1))
    return partial(make_newsroom, values, noted, gone)


@cache
def rows_of(model):
    least = 2 if model in (Article, Source) else 1
    values = st.fixed_dictionaries({field.name: value_of(field) for field in drawn_fields(model)})
    return st.lists(values, min_size=least, max_size=least + 2)


@cache
def drawn_fields(model):
    """The fields that a fixture holds."""
    fields = [field for field in model._meta.concrete_fields if field.serialize and not field.primary_key]
    return fields + [
        field for field in model._meta.many_to_many if field.remote_field.through._meta.auto_created
    ]


def make_newsroom(values, noted, gone):
    rows = {Permission: list(Permission.objects.order_by("pk")[:6])}
    for model in values:
        rows[model] = []
        for number, drawn in enumerate(values[model]):
            row = model(**dict(columns(model, drawn, number, rows)))
            if is_accepted(row):
                rows[model].append(row)
                row.drawn = drawn
    for model in values:
        for row in rows[model]:
            fill_lists(row, rows)
    for model in noted:
        for row in rows[model][:1]:
            record(AuditEntry.Action.CHANGED, row, by=User(username="ana"))
    for story in [story for place in gone for story in rows[Article][place : place + 1]]:
        story.delete()


def columns(model, drawn, number, rows):
    """What each column of a row holds: what was drawn, of a reference the key of one of the rows there are."""
    for field in drawn_fields(model):
        value = drawn[field.name]
        if field.is_relation and not field.many_to_many:
            others = rows.get(field.related_model)
            value = others[value % len(others)].pk if others and value is not None else None
        elif field.unique and isinstance(value, str):
            value = f"{value[: field.max_length - 2]}-{number}"
        if not field.many_to_many:
            yield field.attname, value


def fill_lists(row, rows):
    for field in drawn_fields(type(row)):
        if field.many_to_many:
            others = rows[field.related_model]
            chosen = {others[place] for place in row.drawn[field.name] if place < len(others)}
            getattr(row, field.name).set(chosen - {row})


def is_accepted(row) -> bool:
    """Keeps the row, unless that would break a promise of the database, of a field or of its model."""
    try:
        row.clean()
        with transaction.atomic():
            type(row)._base_manager.bulk_create([row])
    except (IntegrityError, ValidationError):
        return False
    if isinstance(row, Image) and not row.file.storage.exists(row.file.name):
        row.file.storage.save(row.file.name, ContentFile(picture(row.file.name)))
    return True
