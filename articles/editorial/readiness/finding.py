"""Finding: one thing to say about a story."""

from dataclasses import dataclass
from enum import StrEnum

LONGEST_EXCERPT = 80


class Weight(StrEnum):
    NEEDED = "needed"
    ADVISED = "advised"


@dataclass(frozen=True)
class Finding:
    """One thing that is needed (it blocks publishing) or advised, the field to mend it in, and among quotes
    the row, counted from 0."""

    weight: Weight
    text: str
    field: str
    row: int | None = None


def needed(text: str, field: str, row: int | None = None) -> Finding:
    return Finding(Weight.NEEDED, text, field, row)


def advised(text: str, field: str, row: int | None = None) -> Finding:
    return Finding(Weight.ADVISED, text, field, row)


def excerpt(words: str) -> str:
    """Enough of the words to find them in the story again, in quotation marks."""
    words = words.rstrip(",;: ")
    if len(words) > LONGEST_EXCERPT:
        words = words[:LONGEST_EXCERPT].rsplit(" ", 1)[0].rstrip(",;:-–— ") + "…"
    return f"“{words}”"


def listed(names: list[str], *, most: int) -> str:
    """“A, B and C”, or “A, B and 7 more”."""
    more = len(names) - most
    shown = [*names[:most], f"{more} more"] if more > 1 else names
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))
