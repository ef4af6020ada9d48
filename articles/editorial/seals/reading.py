"""Reads lines of history that somebody may have tampered with, and names them."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import DatabaseError
from django.db.models import Model

from articles.editorial.newsroom_time import in_full
from articles.editorial.seals.sealing import LINES
from articles.models import Seal

#: In place of a line with something in it that no newsroom ever wrote there.
UNREADABLE = object()


def lines_of(seals: Iterable[Seal], using: str) -> dict[tuple[str, int], Model | object]:
    """The lines by noun and row; those that are gone are not among them."""
    numbers = defaultdict(list)
    for seal in seals:
        numbers[seal.noun].append(seal.line)
    return {
        (model._meta.label_lower, number): line
        for model in LINES
        for number, line in rows(model, numbers[model._meta.label_lower], using).items()
    }


def rows(model: type[Model], numbers: Iterable[int], using: str) -> dict[int, Model | object]:
    """The rows with these numbers. If one of them cannot be read, the others still are."""
    numbers = list(numbers)
    try:
        return model._base_manager.using(using).in_bulk(numbers)
    except (ValueError, TypeError, OverflowError, DatabaseError):
        if len(numbers) == 1:
            return {numbers[0]: UNREADABLE}
        half = len(numbers) // 2
        return rows(model, numbers[:half], using) | rows(model, numbers[half:], using)


def described(line: Model | object) -> str:
    """“change made on 3 May 2026, 10:00 PDT: Ana Ruiz changed Talks fail (row 12)”."""
    if line is UNREADABLE:
        return "line that cannot be read"
    when = in_full(line.at) if line.at else "no date"
    return f"{line._meta.verbose_name} on {when}: {line} (row {line.pk})"
