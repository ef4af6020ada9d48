"""System checks on the running database: is an acknowledged save really kept?

They run with `manage.py check --database default` and before every `migrate`.
"""

from django.core import checks
from django.db import OperationalError, connections

from newsroom.sqlite import keeps_commits_in_wal

LEAST_BUSY_TIMEOUT = 20_000  # milliseconds
SYNCHRONOUS = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}


def database_keeps_what_it_acknowledged(databases=None, **kwargs):
    """Reports the settings in force as a note (I001), and as errors those that could lose a save."""
    findings = []
    for alias in databases or []:
        connection = connections[alias]
        look = {"sqlite": look_at_sqlite, "postgresql": look_at_postgresql}.get(connection.vendor)
        if look:
            try:
                findings += look(connection)
            except OperationalError as error:
                findings.append(out_of_reach(error))
    return findings


def out_of_reach(error):
    return checks.Error(
        f"The database cannot be reached: {' '.join(str(error).split())}",
        hint="Is it running, and is DATABASE_URL (or DATA_DIR) right?",
        id="newsroom.E005",
    )


def read(connection, query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def look_at_sqlite(connection):
    version = read(connection, "SELECT sqlite_version()")
    journal = read(connection, "PRAGMA journal_mode")
    synchronous = read(connection, "PRAGMA synchronous")
    foreign_keys = read(connection, "PRAGMA foreign_keys")
    timeout = read(connection, "PRAGMA busy_timeout")
    mode = connection.transaction_mode
    yield checks.Info(
        f"SQLite {version}: journal_mode={journal}, synchronous={SYNCHRONOUS[synchronous]}, "
        f"foreign_keys={'on' if foreign_keys else 'off'}, busy_timeout={timeout} ms, "
        f"transactions {mode or 'DEFERRED'}.",
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


def look_at_postgresql(connection):
    version = read(connection, "SHOW server_version")
    commit = read(connection, "SHOW synchronous_commit")
    fsync = read(connection, "SHOW fsync")
    yield checks.Info(
        f"PostgreSQL {version}: synchronous_commit={commit}, fsync={fsync}.", id="newsroom.I001"
    )
    if "off" in {commit, fsync}:
        yield checks.Error(
            "PostgreSQL acknowledges saves before they are on the disk.",
            hint="Set synchronous_commit (for this database) and fsync (for the server) to on.",
            id="newsroom.E004",
        )
