"""What every test shares."""

import pytest
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings

from articles.models import AuditEntry, StatusChange

# How long one example takes says more about the machine than about the newsroom.
settings.register_profile("newsroom", deadline=None)
settings.load_profile("newsroom")

HISTORY = [StatusChange._meta.db_table, AuditEntry._meta.db_table]


@pytest.fixture(autouse=True, scope="session")
def history_may_be_emptied_between_tests():
    """A TransactionTestCase empties every table when it ends, and on SQLite the triggers that keep history
    append-only refuse that (PostgreSQL truncates). They are lifted for that moment, and put back."""
    empty_tables = TransactionTestCase._fixture_teardown

    def with_triggers_lifted(case):
        if connection.vendor != "sqlite":
            return empty_tables(case)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s)", HISTORY
            )
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            try:
                return empty_tables(case)
            finally:
                for _, sql in triggers:
                    cursor.execute(sql)

    TransactionTestCase._fixture_teardown = with_triggers_lifted
    yield
    TransactionTestCase._fixture_teardown = empty_tables
