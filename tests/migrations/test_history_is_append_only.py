import pytest
from django.db import DatabaseError, connection, transaction

from tests.make import make_audit_entry, make_status_change
from tests.migrations.states import at

MAKERS = [make_status_change, make_audit_entry]


def can_be_changed(row):
    try:
        with transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(by_name="Somebody Else")
    except DatabaseError as error:
        assert "history is append-only" in str(error)
        return False
    return True


def can_be_emptied(row):
    """By the statement that is the database's own for it."""
    statement = "DELETE FROM" if connection.vendor == "sqlite" else "TRUNCATE"
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(f"{statement} {row._meta.db_table}")
                transaction.set_rollback(True)
        except DatabaseError as error:
            assert "history is append-only" in str(error)
            assert type(row).objects.filter(pk=row.pk).exists()
            return False
    return True


def can_be_rewritten(row):
    return can_be_changed(row) or can_be_emptied(row)


def triggers():
    """Those of the lines themselves; of their seals, see test_history_is_sealed.py."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if connection.vendor == "sqlite"
            else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        )
        names = {name for (name,) in cursor.fetchall() if "append_only" in name}
    return {name for name in names if not name.startswith("articles_seal_")}


@pytest.mark.django_db(transaction=True)
def test_goes_forwards_backwards_and_forwards_again():
    protected = triggers()
    rows = [make() for make in MAKERS]
    assert len(protected) == len(MAKERS) * (3 if connection.vendor == "sqlite" else 2)
    assert not any(can_be_rewritten(row) for row in rows)
    with at("0001_the_nouns"):
        assert triggers() == set()
        assert all(can_be_changed(row) and can_be_emptied(row) for row in rows)
    assert triggers() == protected
    rows = [make() for make in MAKERS]
    assert not any(can_be_rewritten(row) for row in rows)
