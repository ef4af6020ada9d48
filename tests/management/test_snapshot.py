"""One moment: a reader sees nothing of what is saved meanwhile, and whoever saves does not wait."""

import pytest
from django.db import DatabaseError, connection, connections, transaction

from articles.management.snapshot import one_moment
from newsroom import sqlite

TABLE = "words_of_a_test"


@pytest.fixture
def connected(transactional_db, tmp_path):
    """A reader and a writer of one database, as two processes are."""
    for alias in ("reader", "writer"):
        connections[alias] = connection.copy(alias)
        if connection.vendor == "sqlite":
            options = sqlite.options(sqlite.use_the_safest_sqlite())
            connections[alias].settings_dict |= {
                "NAME": tmp_path / "words.sqlite3",
                "OPTIONS": {**options, "timeout": 0.2},
            }
    reader, writer = connections["reader"], connections["writer"]
    execute(writer, f"CREATE TABLE {TABLE} (word varchar(20))")
    save(writer, "before")
    yield reader, writer
    reader.close()
    execute(writer, f"DROP TABLE {TABLE}")
    writer.close()
    del connections["reader"], connections["writer"]


def execute(connection, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def save(connection, word):
    with transaction.atomic(using=connection.alias):
        execute(connection, f"INSERT INTO {TABLE} VALUES ('{word}')")  # noqa: S608 - a word of this test


def words(connection):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT word FROM {TABLE}")  # noqa: S608 - a name of this test
        return {word for [word] in cursor.fetchall()}


def test_what_is_saved_meanwhile_is_seen_afterwards_and_nobody_waits(connected):
    reader, writer = connected
    if not sqlite.keeps_commits_in_wal(sqlite.use_the_safest_sqlite().sqlite_version_info):
        assert connection.vendor == "postgresql", "without WAL, SQLite cannot do this"
    with one_moment(reader):
        assert words(reader) == {"before"}
        save(writer, "meanwhile")
        assert words(writer) == {"before", "meanwhile"}
        assert words(reader) == {"before"}
    assert words(reader) == {"before", "meanwhile"}


def test_a_fault_inside_leaves_the_connection_as_it_was(connected):
    reader, writer = connected
    with pytest.raises(ValueError, match="a fault"), one_moment(reader):
        words(reader)
        raise ValueError("a fault")
    save(writer, "afterwards")
    assert words(reader) == {"before", "afterwards"}
    save(reader, "by the reader")


def test_postgresql_lets_nothing_be_written_in_it(connected):
    reader, _ = connected
    if reader.vendor == "sqlite":
        return
    with pytest.raises(DatabaseError, match="read-only"), one_moment(reader):
        save(reader, "by the reader")


def test_in_a_transaction_of_somebody_else_it_begins_none(db):
    with transaction.atomic(), one_moment(connection):
        assert connection.in_atomic_block
    assert connection.is_usable()
