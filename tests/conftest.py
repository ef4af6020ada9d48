"""What every test shares."""

import datetime as dt
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import Permission
from django.contrib.auth.signals import user_logged_in
from django.contrib.contenttypes.models import ContentType
from django.core.management.commands import flush
from django.db import connection, connections, transaction
from django.template import Template
from django.test import Client
from hypothesis import settings

from articles.admin import entrance
from articles.editorial import seals
from articles.models import AuditEntry, Seal, StatusChange, clock

# How long one example takes says more about the machine than about the newsroom.
settings.register_profile("newsroom", deadline=None)
settings.load_profile("newsroom")

#: Where the templates of boxes, labels and lists of errors are.
PIECES = ("django/forms/", "admin/widgets/")
HISTORY = [StatusChange._meta.db_table, AuditEntry._meta.db_table, Seal._meta.db_table]


@pytest.fixture(autouse=True, scope="session")
def every_clock_shows_the_same():
    """A test that stops this machine's clock stops the database's too (tests/models/test_clock.py has both)."""
    measured = clock.ahead
    clock.ahead = lambda using: dt.timedelta()
    yield
    clock.ahead = measured


@pytest.fixture(autouse=True, scope="session")
def history_may_be_emptied_between_tests():
    """A TransactionTestCase empties every table when it ends, by `flush`, and the triggers that keep history
    append-only refuse that. They are lifted for that moment, and put back; then history begins anew."""
    empty_tables = flush.Command.handle

    def with_triggers_lifted(command, **options):
        lift = lifted_on_sqlite if connection.vendor == "sqlite" else lifted_on_postgresql
        with connection.cursor() as cursor, lift(cursor):
            if options.get("reset_sequences", True):
                empty_tables(command, **options)
            else:
                delete_everything(cursor)
        seals.begin()

    flush.Command.handle = with_triggers_lifted
    yield
    flush.Command.handle = empty_tables


def delete_everything(cursor):
    """As `flush` does where keys need not begin anew, but for what one may give, which no test changes. For tables of
    a few rows PostgreSQL is thirty times as fast as with TRUNCATE, which writes new files for each."""
    kept = {model._meta.db_table for model in (ContentType, Permission)}
    with transaction.atomic():
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            if table not in kept:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table of ours


@pytest.fixture(autouse=True, scope="session")
def whoever_is_logged_in_by_force_was_there_before():
    """Most tests begin with somebody at the desk. That they came in is no line of history there."""
    log_in = Client.force_login

    def without_a_line(client, user, backend=None):
        user_logged_in.disconnect(entrance.came_in)
        try:
            log_in(client, user, backend)
        finally:
            user_logged_in.connect(entrance.came_in)

    Client.force_login = without_a_line
    yield
    Client.force_login = log_in


@pytest.fixture(autouse=True, scope="session")
def the_pieces_of_a_form_are_not_noted(django_test_environment):
    """Django's test client notes each template with all that it knew. A form is made of hundreds of small ones that
    nobody asks for: labels, boxes, empty lists of errors."""
    noted = Template._render

    def render(template, context):
        if str(template.name).startswith(PIECES):
            return template.nodelist.render(context)
        return noted(template, context)

    Template._render = render
    yield
    Template._render = noted


@contextmanager
def lifted_on_sqlite(cursor):
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s, %s)", HISTORY
    )
    triggers = cursor.fetchall()
    for name, _ in triggers:
        cursor.execute(f"DROP TRIGGER {name}")
    try:
        yield
    finally:
        for _, sql in triggers:
            cursor.execute(sql)


@contextmanager
def lifted_on_postgresql(cursor):
    for table in HISTORY:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    try:
        yield
    finally:
        for table in HISTORY:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def at_desks(tmp_path):
    """Runs functions at once, each at a desk of its own: in a thread, connected by itself to a database on the disk."""
    file = tmp_path / "newsroom.sqlite3"
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        copy = sqlite3.connect(file)
        connection.connection.backup(copy)
        copy.close()

    def at_a_desk(function):
        own = connections["default"]
        if own.vendor == "sqlite":
            patient = {**own.settings_dict["OPTIONS"], "timeout": 300}  # a slow machine is no lost race
            own.settings_dict = {**own.settings_dict, "NAME": str(file), "OPTIONS": patient}
        try:
            return function()
        finally:
            own.close()

    def run(*functions):
        with ThreadPoolExecutor(len(functions)) as desks:
            return [done.result() for done in [desks.submit(at_a_desk, function) for function in functions]]

    return run
