"""On a database with a history: every line that was there is sealed, in both directions and again."""

from importlib import import_module

import pytest
from django.db import connection

from articles.editorial.seals import check
from articles.models import AuditEntry, Seal, StatusChange
from tests.fixtures import load_all
from tests.make import make_audit_entry, make_status_change
from tests.migrations.states import at
from tests.migrations.test_history_is_append_only import can_be_rewritten

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = "0006_the_desk"
migration = import_module("articles.migrations.0007_history_is_sealed")


def lines():
    return [list(model.objects.order_by("pk").values()) for model in (StatusChange, AuditEntry)]


def test_what_was_there_is_sealed_and_what_comes_after_follows(monkeypatch):
    monkeypatch.setattr(migration, "AT_ONCE", 2)
    load_all()
    for _ in range(5):
        make_status_change()
    rows = [make_audit_entry(message=f"Change {number}.") for number in range(4)]
    kept = lines()
    with at(BEFORE):
        assert Seal._meta.db_table not in connection.introspection.table_names()
        assert lines() == kept
    assert lines() == kept
    assert (check().count, check().told) == (9, [])
    make_audit_entry()
    assert (check().count, check().told) == (10, [])
    assert not any(can_be_rewritten(row) for row in rows)


def test_a_newsroom_without_a_history_begins_one():
    with at(BEFORE):
        pass
    assert (check().count, check().told) == (0, [])
    make_audit_entry()
    assert (check().count, check().told) == (1, [])
