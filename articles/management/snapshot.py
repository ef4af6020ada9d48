"""Many reads that see the newsroom as it is at one moment, while the desk goes on working."""

from contextlib import contextmanager

from django.db import transaction


@contextmanager
def one_moment(connection):
    """Every read inside sees the same state; nobody waits for them.

    Where a transaction is open already, it decides what is seen. On SQLite without WAL a save does wait for a read,
    at most as long as its busy timeout: only there can both not be had.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with deferred(connection):
            yield
    else:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            # To compile the long conditions of a selection takes far longer than to follow them.
            cursor.execute("SET LOCAL jit = off")
            yield


@contextmanager
def deferred(connection):
    """A transaction that only reads. `atomic` begins IMMEDIATE ones here, for which every editor would wait."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
