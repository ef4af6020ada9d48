"""Trying to rewrite history, by every way a program has."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

OTHER = {
    "BooleanField": True,
    "BigAutoField": 10**6,
    "ForeignKey": 10**6,
    "PositiveBigIntegerField": 10**6,
}


def another_value(field, value):
    if field.get_internal_type() == "UUIDField":
        return uuid.uuid4()
    if field.get_internal_type() == "DateTimeField":
        return value.replace(year=1999)
    return OTHER.get(field.get_internal_type(), f"{str(value)[:-1]}~")


def assert_cannot_be_rewritten(make):
    """No column can be changed and no row deleted; `make` makes a row."""
    row = make()
    model, table = type(row), type(row)._meta.db_table
    before = model.objects.filter(pk=row.pk).values().get()

    def refused(attempt):
        with pytest.raises(DatabaseError, match="history is append-only"), transaction.atomic():
            attempt()
        assert model.objects.filter(pk=row.pk).values().get() == before

    def run(sql, *values):
        with connection.cursor() as cursor:
            cursor.execute(sql.replace("TABLE", table), values)

    for field in model._meta.concrete_fields:
        value = another_value(field, before[field.attname])
        refused(
            lambda field=field, value=value: model.objects.filter(pk=row.pk).update(**{field.attname: value})
        )

    row.by_name = "Somebody Else"
    refused(row.save)
    refused(lambda: model.objects.bulk_update([row], ["by_name"]))
    refused(
        lambda: model.objects.bulk_create(
            [row], update_conflicts=True, update_fields=["by_name"], unique_fields=["key"]
        )
    )
    refused(lambda: run("UPDATE TABLE SET by_name = 'Somebody Else' WHERE id = %s", row.pk))
    refused(lambda: run("UPDATE TABLE SET by_name = NULL"))
    refused(lambda: run("DELETE FROM TABLE WHERE id = %s", row.pk))
    refused(model.objects.all().delete)
    refused(lambda: model.objects.all()._raw_delete(using="default"))
    refused(model.objects.get(pk=row.pk).delete)
    if connection.vendor == "sqlite":
        columns = ", ".join(field.column for field in model._meta.concrete_fields)
        values = columns.replace("by_name", "'Somebody Else'")
        replace = f"INSERT OR REPLACE INTO TABLE ({columns}) SELECT {values} FROM TABLE"  # noqa: S608
        refused(lambda: run(replace))


def assert_writing_the_same_passes(make):
    """What changes nothing is no offence: a fixture can be loaded twice."""
    row = make()
    model = type(row)
    model.objects.get(pk=row.pk).save()
    values = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    assert model.objects.update(**values) == 1
