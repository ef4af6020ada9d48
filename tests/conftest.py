"""What every test shares."""

from contextlib import contextmanager

import pytest
from django.core.management.commands import flush
from django.db import connection
from hypothesis import settings

from articles.models import AuditEntry, StatusChange

# How long one example takes says more about the machine than about the newsroom.
settings.register_profile("newsroom", deadline=None)
settings.load_profile("newsroom")

HISTORY = [StatusChange._meta.db_table, AuditEntry._meta.db_table]


@pytest.fixture(autouse=True, scope="session")
def history_may_be_emptied_between_tests():
    """A TransactionTestCase empties every table when it ends, by `flush`, and the triggers that keep history
    append-only refuse that. They are lifted for that moment, and put back."""
    empty_tables = flush.Command.handle

    def with_triggers_lifted(command, **options):
        lift = lifted_on_sqlite if connection.vendor == "sqlite" else lifted_on_postgresql
        with connection.cursor() as cursor, lift(cursor):
            return empty_tables(command, **options)

    flush.Command.handle = with_triggers_lifted
    yield
    flush.Command.handle = empty_tables


@contextmanager
def lifted_on_sqlite(cursor):
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s)", HISTORY
    )
    triggers = cursor.fetchall()
    for name, _ in triggers:
        cursor.execute(f"DROP TRIGGER {name}")
    try:
        yield
    finally:
        for _, sql in triggers:
            cursor.execute(sql)


@contextmanager
def lifted_on_postgresql(cursor):
    for table in HISTORY:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    try:
        yield
    finally:
        for table in HISTORY:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
