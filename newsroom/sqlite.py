"""Gives the embedded database a SQLite that does not lose commits.

SQLite 3.7.0 to 3.51.2 can lose committed transactions in WAL mode (the "WAL-reset" bug, fixed in 3.51.3
and in the backports 3.44.6 and 3.50.7: https://sqlite.org/wal.html). Where Python carries such a version
and the `pysqlite3` wheel carries a fixed one, the wheel takes the place of the standard module, before
Django imports it. Where neither is fixed, the newsroom runs without WAL: slower for readers while somebody
saves, and safe.
"""

import sqlite3
import sys

try:
    import pysqlite3
except ImportError:  # no wheel for this machine
    pysqlite3 = None

Version = tuple[int, int, int]

# SQLite's own numbers for two of its limits, and the bounds every SQLite since 3.32 keeps to unless it is
# built otherwise (the wheel allows more). Django asks for them from 6.1 on, and the wheel cannot say them.
LIMIT_COLUMN, LIMIT_VARIABLE_NUMBER = 2, 9
LIMITS = {LIMIT_COLUMN: 2_000, LIMIT_VARIABLE_NUMBER: 32_766}


def keeps_commits_in_wal(version: Version) -> bool:
    """Whether this SQLite is free of the WAL-reset bug."""
    return (
        version >= (3, 51, 3)
        or version < (3, 7, 0)
        or (3, 50, 7) <= version < (3, 51, 0)
        or (3, 44, 6) <= version < (3, 45, 0)
    )


def safest(standard, wheel):
    """The module to use of the two; `wheel` is None where it is not installed."""
    if (
        wheel
        and not keeps_commits_in_wal(standard.sqlite_version_info)
        and keeps_commits_in_wal(wheel.sqlite_version_info)
    ):
        return wheel
    return standard


def use_the_safest_sqlite():
    """Puts the safer of the two modules in place, for Django and everybody else, and returns it."""
    module = safest(sqlite3, pysqlite3)
    if module is pysqlite3:
        module.SQLITE_LIMIT_COLUMN = LIMIT_COLUMN
        module.SQLITE_LIMIT_VARIABLE_NUMBER = LIMIT_VARIABLE_NUMBER
        sys.modules["sqlite3"] = module
        sys.modules["sqlite3.dbapi2"] = module.dbapi2
    return module


def options(module) -> dict:
    """Connection options: every acknowledged save is on the disk, writers queue instead of failing."""
    journal = "WAL" if keeps_commits_in_wal(module.sqlite_version_info) else "DELETE"
    return {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        "factory": module.Connection if hasattr(module.Connection, "getlimit") else knowing_limits(module),
    }


def knowing_limits(module) -> type:
    """The module's connection, able to answer `getlimit` as the standard one does."""

    class Connection(module.Connection):
        def getlimit(self, category):
            return LIMITS[category]

    return Connection
