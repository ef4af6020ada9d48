"""Trying to get a half-truth past the database, by every way that asks no form."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, models, transaction

from articles.models import Seal

BY_CREATE, BY_BULK_CREATE, BY_UPDATE = "create", "bulk_create", "update"
WAYS = (BY_CREATE, BY_BULK_CREATE, BY_UPDATE)


@dataclass(frozen=True)
class Refusal:
    """`make` makes a good row; with `values` the constraint refuses it.

    `values` is a function where they depend on another good row: it gets that row.
    """

    constraint: str
    make: Callable
    values: dict | Callable
    ways: tuple = WAYS

    def try_by(self, way):
        other = self.make() if callable(self.values) else None
        values = self.values(other) if other else self.values
        row = self.make()
        model = type(row)
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            if way == BY_UPDATE:
                model.objects.filter(pk=row.pk).update(**values)
            elif way == BY_CREATE:
                twin_of(row, values).save(force_insert=True)
            else:
                model.objects.bulk_create([twin_of(row, values)])
        assert names_constraint(str(refused.value), model, self.constraint)


def twin_of(row, values):
    """The same row once more, not yet saved, with nothing in its way but what `values` brings."""
    model = type(row)
    fields = [field for field in model._meta.concrete_fields if not field.primary_key and field.name != "key"]
    twin = model(**{field.attname: getattr(row, field.attname) for field in fields})
    for name, value in values.items():
        setattr(twin, name, value)
    if not hasattr(row, "key") and model is not Seal:  # history cannot be deleted; its key is new in the twin
        model.objects.filter(pk=row.pk).delete()
    return twin


def names_constraint(message, model, name):
    """SQLite names the columns of a unique constraint, and PostgreSQL the constraint."""
    [constraint] = [each for each in model._meta.constraints if each.name == name]
    columns = ", ".join(
        f"{model._meta.db_table}.{model._meta.get_field(field).column}"
        for field in getattr(constraint, "fields", ())
    )
    by_columns = isinstance(constraint, models.UniqueConstraint) and columns
    return name in message or bool(by_columns and f"UNIQUE constraint failed: {columns}" in message)


def each(refusals):
    """Parameters for a test: every refusal by every way."""
    return [
        pytest.param(refusal, way, id=f"{refusal.constraint}-{way}")
        for refusal in refusals
        for way in refusal.ways
    ]
