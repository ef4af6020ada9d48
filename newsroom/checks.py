"""System checks on the running database: is an acknowledged save really kept?

They run with `manage.py check --database default` and before every `migrate`.
"""

from django.conf import settings
from django.core import checks
from django.db import connections

from newsroom.sqlite import keeps_commits_in_wal

LEAST_BUSY_TIMEOUT = 20_000  # milliseconds


def database_keeps_what_it_acknowledged(databases=None, **kwargs):
    """Reports the settings in force as a note (I001), and as errors those that could lose a save."""
    findings = []
    for alias in databases or []:
        connection = connections[alias]
        look = {"sqlite": look_at_sqlite, "postgresql": look_at_postgresql}.get(connection.vendor)
        if look:
            with connection.cursor() as cursor:
                findings += look(cursor, read_setting)
    return findings


def read_setting(cursor, query):
    cursor.execute(query)
    return cursor.fetchone()[0]


def look_at_sqlite(cursor, read):
    version = read(cursor, "SELECT sqlite_version()")
    journal = read(cursor, "PRAGMA journal_mode")
    synchronous = read(cursor, "PRAGMA synchronous")
    foreign_keys = read(cursor, "PRAGMA foreign_keys")
    timeout = read(cursor, "PRAGMA busy_timeout")
    mode = settings.DATABASES["default"].get("OPTIONS", {}).get("transaction_mode")
    words = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}
    yield checks.Info(
        f"SQLite {version}: journal_mode={journal}, synchronous={words.get(synchronous, synchronous)}, "
        f"foreign_keys={'on' if foreign_keys else 'off'}, busy_timeout={timeout} ms, transactions {mode}.",
        id="newsroom.I001",
    )
    if journal == "wal" and not keeps_commits_in_wal(tuple(int(part) for part in version.split("."))):
        yield checks.Error(
            f"SQLite {version} can lose committed saves in WAL mode.",
            hint="Install the wheel `pysqlite3` (0.6.1 or newer), or leave the journal mode to newsroom/sqlite.py.",
            id="newsroom.E001",
        )
    if synchronous < 2:
        yield checks.Error(
            "SQLite does not wait for the disk: a power cut can lose acknowledged saves.",
            hint="Use PRAGMA synchronous=FULL, as newsroom/sqlite.py does.",
            id="newsroom.E002",
        )
    if not foreign_keys or timeout < LEAST_BUSY_TIMEOUT or mode != "IMMEDIATE":
        yield checks.Error(
            "SQLite runs without foreign keys, without IMMEDIATE transactions or with too short a busy timeout.",
            hint="Take the options from newsroom/sqlite.py.",
            id="newsroom.E003",
        )


def look_at_postgresql(cursor, read):
    commit = read(cursor, "SHOW synchronous_commit")
    version = read(cursor, "SHOW server_version")
    yield checks.Info(f"PostgreSQL {version}: synchronous_commit={commit}.", id="newsroom.I001")
    if commit == "off":
        yield checks.Error(
            "PostgreSQL acknowledges saves before they are on the disk.",
            hint="Set synchronous_commit to on for this database.",
            id="newsroom.E004",
        )
