"""The check on the running database: what it reports on both databases, and what it refuses."""

import sqlite3

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper as Sqlite
from django.db.utils import OperationalError

from newsroom import checks
from newsroom.sqlite import keeps_commits_in_wal, options

OPTIONS = options(sqlite3)  # the module in force


@pytest.fixture
def findings_on_sqlite(db, tmp_path):
    """What the check finds on a SQLite file that is opened with our options, save for some changes."""
    opened = []

    def look(**changes):
        database = Sqlite(
            {
                **connection.settings_dict,
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(tmp_path / "newsroom.sqlite3"),
                "OPTIONS": {**OPTIONS, **changes},
            }
        )
        opened.append(database)
        return list(checks.look_at_sqlite(database))

    yield look
    for database in opened:
        database.close()


class Answering:
    """A connection that answers every question with what it was given."""

    def __init__(self, **answers):
        self.answers = {f"SHOW {name}": answer for name, answer in answers.items()}

    def cursor(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def execute(self, query):
        self.answer = self.answers[query]

    def fetchone(self):
        return (self.answer,)


def ids(findings):
    return [finding.id for finding in findings]


def test_the_database_of_these_tests_is_reported_as_it_is(db):
    note, *errors = checks.database_keeps_what_it_acknowledged(databases=["default"])
    assert note.id == "newsroom.I001"
    assert errors == []
    if connection.vendor == "postgresql":
        assert note.msg.startswith("PostgreSQL ")
        assert "synchronous_commit=on, fsync=on" in note.msg
    else:
        assert note.msg.startswith(f"SQLite {sqlite_version()}: journal_mode=")
        assert note.msg.endswith(
            "synchronous=FULL, foreign_keys=on, busy_timeout=20000 ms, transactions IMMEDIATE."
        )


def sqlite_version():
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        return cursor.fetchone()[0]


def test_the_check_runs_with_djangos_own_database_checks(db, capsys):
    call_command("check", databases=["default"])
    assert "newsroom.I001" in "".join(capsys.readouterr())


def test_no_database_is_opened_by_the_checks_that_run_with_every_command():
    assert checks.database_keeps_what_it_acknowledged(databases=None) == []


def test_a_file_opened_with_our_options_is_in_order(findings_on_sqlite):
    note, *errors = findings_on_sqlite()
    journal = "wal" if keeps_commits_in_wal(sqlite3.sqlite_version_info) else "delete"
    assert f"journal_mode={journal}," in note.msg
    assert errors == []


def test_wal_with_a_sqlite_that_has_the_bug_is_an_error(findings_on_sqlite, monkeypatch):
    monkeypatch.setattr(checks, "keeps_commits_in_wal", lambda version: False)
    wal = OPTIONS["init_command"].replace("=DELETE", "=WAL")
    assert ids(findings_on_sqlite(init_command=wal)) == ["newsroom.I001", "newsroom.E001"]


def test_a_file_that_was_in_wal_is_brought_back_before_it_is_used_with_such_a_sqlite(
    findings_on_sqlite, tmp_path, monkeypatch
):
    with sqlite3.connect(tmp_path / "newsroom.sqlite3") as file:
        assert file.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
        file.execute("CREATE TABLE kept (word TEXT)")
    file.close()
    monkeypatch.setattr(checks, "keeps_commits_in_wal", lambda version: False)
    delete = OPTIONS["init_command"].replace("=WAL", "=DELETE")
    note, *errors = findings_on_sqlite(init_command=delete)
    assert "journal_mode=delete" in note.msg
    assert errors == []


@pytest.mark.parametrize("level", ["OFF", "NORMAL"])
def test_not_waiting_for_the_disk_is_an_error(findings_on_sqlite, level):
    careless = OPTIONS["init_command"].replace("synchronous=FULL", f"synchronous={level}")
    assert ids(findings_on_sqlite(init_command=careless)) == ["newsroom.I001", "newsroom.E002"]


@pytest.mark.parametrize(
    "change",
    [
        {"timeout": 5},
        {"transaction_mode": None},
        {"transaction_mode": "DEFERRED"},
        {"init_command": OPTIONS["init_command"].replace("foreign_keys=ON", "foreign_keys=OFF")},
    ],
)
def test_options_that_lose_or_refuse_saves_are_an_error(findings_on_sqlite, change):
    assert ids(findings_on_sqlite(**change)) == ["newsroom.I001", "newsroom.E003"]


@pytest.mark.parametrize(
    ("commit", "fsync", "found"),
    [
        ("on", "on", ["newsroom.I001"]),
        ("local", "on", ["newsroom.I001"]),
        ("remote_apply", "on", ["newsroom.I001"]),
        ("off", "on", ["newsroom.I001", "newsroom.E004"]),
        ("on", "off", ["newsroom.I001", "newsroom.E004"]),
    ],
)
def test_postgresql_has_to_wait_for_the_disk(commit, fsync, found):
    server = Answering(server_version="16.1", synchronous_commit=commit, fsync=fsync)
    assert ids(checks.look_at_postgresql(server)) == found


def test_a_database_out_of_reach_is_a_sentence_and_no_traceback(monkeypatch):
    def refuse(connection):
        raise OperationalError("connection failed:\n\tConnection refused")

    monkeypatch.setattr(checks, f"look_at_{connection.vendor}", refuse)
    (error,) = checks.database_keeps_what_it_acknowledged(databases=["default"])
    assert error.id == "newsroom.E005"
    assert error.msg == "The database cannot be reached: connection failed: Connection refused"
