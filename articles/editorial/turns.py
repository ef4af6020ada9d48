"""Lets people who name rows of one noun take turns, where two at once would take the same name."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection
from django.db.models import Model

#: Seconds; as long as SQLite itself waits (see `newsroom.sqlite`).
PATIENCE = 20
the_queue = threading.Lock()


def take_turns(model: type[Model]) -> None:
    """Waits until nobody else names rows of this noun, and keeps the turn to the end of the transaction.

    The row that stands for the noun itself is locked: every database has it, and nothing ever writes it. SQLite has
    no locks on rows and needs none here: its transactions take turns as a whole.
    """
    noun = ContentType.objects.get_for_model(model)
    ContentType.objects.select_for_update(no_key=True).get(pk=noun.pk)


@contextmanager
def in_the_queue() -> Iterator[None]:
    """Around a transaction that is long, such as the save of a whole story: those of this process go one after another.

    Who waits for SQLite asks again and again, ever more rarely, and those who come later get ahead: with eight editors
    somebody waited in vain. Here whoever waits is woken. Between processes SQLite decides as ever, and PostgreSQL has
    queues of its own.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    if not the_queue.acquire(timeout=PATIENCE):
        raise OperationalError("database is locked: too many others were saving")
    try:
        yield
    finally:
        the_queue.release()
