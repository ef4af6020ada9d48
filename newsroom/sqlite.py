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


def keeps_commits_in_wal(version: Version) -> bool:
    """Whether this SQLite is free of the WAL-reset bug."""
    return (
        version >= (3, 51, 3)
        or version < (3, 7, 0)
        or (3, 50, 7) <= version < (3, 51, 0)
        or (3, 44, 6) <= version < (3, 45, 0)
    )


def use_the_safest_sqlite() -> Version:
    """Puts the safer of the two modules in place and returns the version now in force."""
    if (
        pysqlite3
        and not keeps_commits_in_wal(sqlite3.sqlite_version_info)
        and keeps_commits_in_wal(pysqlite3.sqlite_version_info)
    ):
        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
        return pysqlite3.sqlite_version_info
    return sqlite3.sqlite_version_info


def options(version: Version) -> dict:
    """Connection options: every acknowledged save is on the disk, writers queue instead of failing."""
    journal = "WAL" if keeps_commits_in_wal(version) else "DELETE"
    return {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
