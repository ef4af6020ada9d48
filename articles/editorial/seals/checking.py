"""Goes through all of history and says what is not as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, OuterRef

from articles.editorial.seals.digests import columns_read, every_head, every_line, fingerprint
from articles.editorial.seals.reading import UNREADABLE, described, lines_of, rows
from articles.editorial.seals.sealing import LINES
from articles.models import Seal

AT_ONCE = 1_000
MOST_TOLD = 100
#: Said rather than that somebody changed every line.
NONE_FITS = (
    "No seal fits the secret key in force. Either SECRET_KEY is not the one this newsroom sealed its history with, "
    "or all of it was replaced."
)


@dataclass
class Checked:
    """What a check found. `count` and `digest` stand for all of history up to now: whoever keeps them elsewhere sees
    later whether it was replaced."""

    count: int = 0
    digest: str = ""
    wrong: int = 0
    #: The first hundred of what is wrong, in words.
    told: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.wrong

    def find(self, text: str) -> None:
        self.wrong += 1
        if len(self.told) < MOST_TOLD:
            self.told.append(text)


def check(using: str = DEFAULT_DB_ALIAS, *, noted: tuple[int, str] | None = None) -> Checked:
    """Looks at every line; call it where all of them are read as they are at one moment. `noted` are the count and
    the digest that an earlier check gave."""
    checked = Checked()
    seals = Chain(using)
    for finding in seals.follow():
        checked.find(finding)
    checked.count, checked.digest = seals.number, seals.digest
    if seals.number and not seals.fitting:
        checked.wrong, checked.told = 1, [NONE_FITS]
        return checked
    for finding in chain(unsealed(using), replaced(using, *noted) if noted else ()):
        checked.find(finding)
    return checked


class Chain:
    """The seals in their order, each beside its line, and the head over them."""

    def __init__(self, using: str):
        self.using, self.seals = using, Seal.objects.using(using)
        #: The last seal looked at, and how many fitted so far.
        self.number, self.digest, self.fitting = 0, "", 0
        self.last_fitted = True
        #: What the head behind that seal may have been; nothing where that cannot be known.
        self.heads = every_head(0, {""})
        self.when = "at the beginning"

    def follow(self) -> Iterator[str]:
        while some := list(self.seals.filter(number__gt=self.number).order_by("number")[:AT_ONCE]):
            lines = lines_of(some, self.using)
            for seal in some:
                yield from self.look_at(seal, lines)
        yield from self.look_at_the_head()

    def look_at(self, seal: Seal, lines: dict) -> Iterator[str]:
        if seal.number != self.number + 1:
            yield f"{places(self.number + 1, seal.number - 1)}: nothing is there any more, not even a seal."
            self.heads = set()
        expected, fits = {seal.digest}, False
        line = lines.get((seal.noun, seal.line))
        if line is None:
            yield f"Line {seal.number} is gone: row {seal.line} of {seal.noun}. It stood {self.when}."
        elif line is UNREADABLE:
            yield f"Line {seal.number} cannot be read: row {seal.line} of {seal.noun} was changed. It stood {self.when}."
        else:
            made_of = seal.number, seal.noun, seal.line, fingerprint(columns_read(line))
            own = set(every_line(self.heads, *made_of))
            fits = seal.digest in own
            if not fits and self.heads:
                yield f"Line {seal.number} does not fit its seal; one of them was changed. It says now: {described(line)}."
                # Where only this seal was replaced, the next one still fits to what it was.
                expected |= own if self.last_fitted else set()
            self.when = f"behind the {described(line)}"
        self.number, self.digest = seal.number, seal.digest
        self.fitting, self.last_fitted = self.fitting + fits, fits
        self.heads = every_head(seal.number, expected)

    def look_at_the_head(self) -> Iterator[str]:
        head = self.seals.filter(number=Seal.HEAD).first()
        if head is None:
            yield "The head of the chain is gone, and with it, perhaps, lines at the end."
        elif head.line > self.number:
            yield f"{places(self.number + 1, head.line)}: cut off at the end. What is left ends {self.when}."
        elif head.line != self.number or head.digest not in self.heads:
            yield "The head of the chain is not the newsroom's own: it was replaced, and lines at the end may be gone."


def unsealed(using: str) -> Iterator[str]:
    for model in LINES:
        seals = Seal.objects.using(using).filter(noun=model._meta.label_lower, line=OuterRef("pk"))
        past = model._base_manager.using(using).filter(~Exists(seals)).order_by("pk")
        numbers = list(past.values_list("pk", flat=True))
        for start in range(0, len(numbers), AT_ONCE):
            for line in rows(model, numbers[start : start + AT_ONCE], using).values():
                yield f"Added past the newsroom, without a seal: the {described(line)}."


def replaced(using: str, count: int, digest: str) -> Iterator[str]:
    """Whether the seal with that number is another than it was when it was noted."""
    now = Seal.objects.using(using).filter(number=count).values_list("digest", flat=True).first()
    if count and now is None:
        yield f"When it was noted, history had {count:,} lines; line {count:,} is not there any more."
    elif count and now != digest:
        yield f"Line {count:,} or one before it is not what was noted: history was replaced, up to there at least."


def places(first: int, last: int) -> str:
    return f"Line {first:,}" if first == last else f"Lines {first:,} to {last:,}"
