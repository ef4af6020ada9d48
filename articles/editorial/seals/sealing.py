"""Writes lines of history and seals them, in the transaction that makes the change. There is no other way to.

The head of the chain is one row that everybody waits for, so it is locked last, when nothing else is waited for any
more: two who wait for each other would be refused. Where more than history is written, `sealed_last` sees to that.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Max

from articles.editorial.seals.digests import columns_written, fingerprint, head_digest, line_digest
from articles.models import AuditEntry, Seal, StatusChange

#: The nouns that are history.
LINES = (StatusChange, AuditEntry)
AT_ONCE = 1_000


class Line(NamedTuple):
    """What a seal is made over."""

    noun: str
    number: int
    fingerprint: str


class Unsealed(list):
    """Lines that were written and wait for their seals. They wait among what Django is to do after the transaction:
    from there it takes what a savepoint rolls back."""

    def __call__(self):
        """By then they are sealed."""


class Open(threading.local):
    """The databases on which a `sealed_last` is under way."""

    using: frozenset = frozenset()


under_way = Open()


@contextmanager
def sealed_last(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """A transaction that seals its lines at its very end. One inside another leaves that to it."""
    with transaction.atomic(using=using):
        if using in under_way.using:
            yield
            return
        under_way.using |= {using}
        try:
            yield
        finally:
            under_way.using -= {using}
        seal(using)


def write(*lines: AuditEntry | StatusChange, using: str = DEFAULT_DB_ALIAS) -> None:
    """Adds new lines, all of one noun, to history."""
    with transaction.atomic(using=using, savepoint=False):
        if len(lines) == 1:
            lines[0].save(using=using, force_insert=True)
        else:
            type(lines[0])._base_manager.using(using).bulk_create(lines)
        written(lines, using=using)


def written(lines: Iterable[AuditEntry | StatusChange], *, using: str) -> None:
    """Seals lines that a load has just added, now or where the transaction ends."""
    waiting = Unsealed(
        Line(line._meta.label_lower, line.pk, fingerprint(columns_written(line))) for line in lines
    )
    transaction.on_commit(waiting, using=using)
    if using not in under_way.using:
        seal(using)


def seal(using: str) -> None:
    """Puts a seal on each line that waits for one."""
    lines = [line for some in take_waiting(connections[using]) for line in some]
    for start in range(0, len(lines), AT_ONCE):
        add_seals(lines[start : start + AT_ONCE], using)


def take_waiting(connection) -> list[Unsealed]:
    after = connection.run_on_commit
    connection.run_on_commit = [entry for entry in after if not isinstance(entry[1], Unsealed)]
    return [entry[1] for entry in after if isinstance(entry[1], Unsealed)]


def add_seals(lines: list[Line], using: str) -> None:
    """One row for each and the head over them, in one statement.

    The head is taken as it is found. If somebody has forged it, the next seal is made behind a forged head, and says
    so for good.
    """
    table = Seal.objects.using(using)
    head = table.select_for_update().filter(number=Seal.HEAD).first() or head_lost(table)
    count, digest, new = head.line, head.digest, []
    for count, line in enumerate(lines, start=head.line + 1):
        last = line_digest(digest, count, *line)
        digest = head_digest(count, last)
        new.append(Seal(number=count, noun=line.noun, line=line.number, digest=last))
    new.append(Seal(number=Seal.HEAD, line=count, digest=digest))
    table.bulk_create(new, update_conflicts=True, unique_fields=["number"], update_fields=["line", "digest"])


def head_lost(table) -> Seal:
    """In place of a head that is gone: the desk goes on, and the next seal shows that there was none."""
    return Seal(number=Seal.HEAD, line=table.aggregate(last=Max("number"))["last"] or 0)


def begin(using: str = DEFAULT_DB_ALIAS) -> None:
    """The head over no seals yet, of a newsroom whose history begins."""
    Seal.objects.using(using).create(number=Seal.HEAD, line=0, digest=head_digest(0, ""))
