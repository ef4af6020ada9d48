"""On SQLite the long saves of one process go one after another; nobody waits for ever."""

import threading
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from articles.editorial import turns
from newsroom.busy import is_busy


@pytest.fixture
def on(monkeypatch):
    """As if the database were that one, and no transaction under way unless it is said."""

    def on(vendor, *, within=False):
        monkeypatch.setattr(turns, "connection", SimpleNamespace(vendor=vendor, in_atomic_block=within))

    return on


def test_a_second_save_begins_when_the_first_has_ended(on):
    on("sqlite")
    told, entered = [], threading.Event()

    def second():
        entered.set()
        with turns.in_the_queue():
            told.append("second")

    with turns.in_the_queue():
        waiting = threading.Thread(target=second)
        waiting.start()
        entered.wait()
        waiting.join(timeout=0.1)
        told.append("first")
    waiting.join()
    assert told == ["first", "second"]


def test_who_waits_too_long_is_told_that_the_database_is_busy(on, monkeypatch):
    on("sqlite")
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    with turns.in_the_queue(), pytest.raises(OperationalError) as refusal, turns.in_the_queue():
        pass
    assert is_busy(refusal.value)


def test_a_save_that_fails_leaves_the_queue(on):
    on("sqlite")
    with pytest.raises(ValueError), turns.in_the_queue():
        raise ValueError
    assert not turns.the_queue.locked()


@pytest.mark.parametrize(("vendor", "within"), [("postgresql", False), ("sqlite", True)])
def test_where_rows_are_locked_and_within_a_transaction_nobody_queues(on, vendor, within):
    on(vendor, within=within)
    with turns.in_the_queue(), turns.in_the_queue():
        assert not turns.the_queue.locked()
