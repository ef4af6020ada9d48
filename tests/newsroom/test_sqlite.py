"""Which SQLite is used, and how: a table of versions, and the database that is opened with them."""

from types import SimpleNamespace

import pytest
from django.db import connection

from newsroom.sqlite import LIMITS, keeps_commits_in_wal, knowing_limits, options, pysqlite3, safest, sqlite3

BROKEN, FIXED = (3, 40, 1), (3, 51, 3)


def sqlite_of(version):
    return SimpleNamespace(sqlite_version_info=version, Connection=sqlite3.Connection)


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 6, 23), True),
        ((3, 7, 0), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 44, 9), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_the_versions_that_keep_commits_in_wal(version, safe):
    assert keeps_commits_in_wal(version) is safe


@pytest.mark.parametrize(
    ("standard", "wheel", "used"),
    [
        (BROKEN, FIXED, "wheel"),
        (BROKEN, BROKEN, "standard"),
        (FIXED, FIXED, "standard"),
        (FIXED, BROKEN, "standard"),
        (BROKEN, None, "standard"),
        (FIXED, None, "standard"),
    ],
)
def test_the_wheel_is_used_only_where_it_is_the_safer_one(standard, wheel, used):
    modules = {"standard": sqlite_of(standard), "wheel": sqlite_of(wheel) if wheel else None}
    assert safest(**modules) is modules[used]


def test_a_sqlite_with_the_bug_is_never_used_with_wal():
    assert "journal_mode=DELETE" in options(sqlite_of(BROKEN))["init_command"]
    assert "journal_mode=WAL" in options(sqlite_of(FIXED))["init_command"]


@pytest.mark.parametrize("version", [BROKEN, FIXED])
def test_every_save_waits_for_the_disk_and_writers_queue(version):
    chosen = options(sqlite_of(version))
    assert "synchronous=FULL" in chosen["init_command"]
    assert "foreign_keys=ON" in chosen["init_command"]
    assert chosen["timeout"] == 20
    assert chosen["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize("module", [module for module in (sqlite3, pysqlite3) if module])
def test_the_limits_a_connection_tells_hold(module):
    opened = module.connect(":memory:", factory=knowing_limits(module))
    for limit, sql in {9: "SELECT 1 WHERE 1 IN ({})", 2: "SELECT {}"}.items():
        many = opened.getlimit(limit)
        assert many == LIMITS[limit]
        assert opened.execute(sql.format(",".join("?" * many)), [1] * many).fetchone()[0] == 1


def test_django_can_ask_the_open_database_how_many_values_a_query_takes(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    limit = connection.features.max_query_params
    assert limit is None or limit >= 999
