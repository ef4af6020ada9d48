"""Finds the known sources that a text names, without reading all that are known.

What could be a name is taken out of the text and looked up: two queries, however many sources there are. In scripts
with capitals a name has one at its start, or is a web address or starts with @. In the others any word may be one,
or any letter start one: there the database is asked for the names that begin like a word, and the text for the rest.
Not found is a name in capitals (BELL HOOKS for bell hooks) or one that grammar changes.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Left

from articles.editorial.passages import UNSPACED, UNSPACED_LETTER
from articles.models import Alias, Source

#: Limits for texts that are made to cost time; thirty pages stay below all of them. What is beyond is not looked at.
LONGEST_TEXT = 200_000
MOST_LOOKED_UP = 10_000
MOST_FOUND = 2_000
MOST_OF_ONE = 100

LONGEST_NAME = 12  # words
BEGINNING = 3  # letters
WORD = re.compile(rf"[^\W{UNSPACED}]+")
#: What may stand between the words of one name.
WITHIN_A_NAME = frozenset(" .&'/+-")
LEVELLED = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ`´", "'"),
        **dict.fromkeys("\u00a0\u202f\u2009", " "),
        "\u00ad": None,
        "\u200b": None,
    }
)
#: A capital beside a name makes it part of a longer one (“Google Cloud”, “Fort Box”), but for these.
DAYS_AND_MONTHS = frozenset(
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March",
     "April", "May", "June", "July", "August", "September", "October", "November", "December"]
)  # fmt: skip
TITLES = frozenset(
    ["Mr", "Mrs", "Ms", "Dr", "Sir", "Dame", "Lord", "Lady", "President", "Senator", "Judge", "Mayor", "Professor"]
)  # fmt: skip
LINKS = frozenset({"of", "de", "for"})
BEFORE_A_SENTENCE = frozenset(".!?…:;“„«»\"'(\n")

#: The sources that go by a name.
Known = dict[str, tuple[Source, ...]]


@dataclass(frozen=True)
class Mention:
    """A name as it stands in a text, from where to where, and the sources that go by it."""

    name: str
    start: int
    end: int
    sources: tuple[Source, ...]


def level(text: str) -> str:
    """The text as names are looked for in it: with one kind of apostrophe and of space, and not endless."""
    return text[:LONGEST_TEXT].translate(LEVELLED)


def known_names(text: str) -> Known:
    """The names and aliases of sources that the text may hold, in two queries."""
    text = level(text)
    names = could_be_names(text)
    names |= {name.replace("'", "’") for name in names if "'" in name}
    asked = Q(name__in=names) | Q(beginning__in=beginnings(text))
    sources = Source.objects.alias(beginning=Left("name", BEGINNING)).filter(asked).order_by("pk")
    aliases = Alias.objects.alias(beginning=Left("name", BEGINNING)).filter(asked).order_by("pk")
    known = defaultdict(dict)
    for source in sources.only("name", "slug", "kind")[:MOST_FOUND]:
        known[level(source.name)][source.pk] = source
    with_source = aliases.select_related("source").only(
        "name", "source__name", "source__slug", "source__kind"
    )
    for alias in with_source[:MOST_FOUND]:
        known[level(alias.name)][alias.source_id] = alias.source
    return {name: tuple(sources.values()) for name, sources in known.items()}


def mentions_of(known: Known, text: str) -> list[Mention]:
    """Where these names stand in the text as names of their own, in order; of names within names, the longest."""
    text = level(text)
    found = sorted(
        [*with_capitals(known, text), *without_capitals(known, text)],
        key=lambda mention: (mention.start, -mention.end),
    )
    outer, until = [], -1
    for mention in found:
        if mention.start >= until:
            outer.append(mention)
            until = mention.end
    return outer


class Words:
    """The words of a text by number, and what is between them."""

    def __init__(self, text: str):
        self.text = text
        self.places = [match.span() for match in WORD.finditer(text)]

    def __getitem__(self, at: int) -> str:
        return self.text[slice(*self.places[at])]

    def __len__(self) -> int:
        return len(self.places)

    def after(self, at: int) -> str:
        """What stands between this word and the next."""
        return self.text[self.places[at][1] : self.places[at + 1][0]] if 0 <= at < len(self) - 1 else "\n"

    def starts_a_name(self, at: int) -> bool:
        word, start = self[at], self.places[at][0]
        if has_capital(word) or self.text[start - 1 : start] == "@":
            return True
        if word[0].isdigit() and self.after(at) == " ":
            return has_capital(self[at + 1])
        return self.after(at) == "."

    def names_from(self, first: int) -> Iterator[tuple[int, int, int]]:
        """What could be a name that starts with this word, the shortest first: from where to where, and the number
        of its last word."""
        start = self.places[first][0]
        start -= self.text[start - 1 : start] == "@"
        for last in range(first, min(first + LONGEST_NAME, len(self))):
            end = self.places[last][1]
            yield start, end, last
            if self.text[end : end + 1] == ".":
                yield start, end + 1, last  # Inc.
            between = self.after(last)
            ends_a_sentence = between == ". " and len(self[last]) > BEGINNING
            if ends_a_sentence or not WITHIN_A_NAME.issuperset(between):
                return

    def starts_a_sentence(self, at: int) -> bool:
        start = self.places[at][0]
        return start == 0 or self.text[max(start - 3, 0) : start].rstrip(" ")[-1:] in BEFORE_A_SENTENCE

    def stand_alone(self, first: int, last: int) -> bool:
        """Whether these words are not a part of a longer name."""
        if self.after(last) == " " and has_capital(self[last + 1]) and self[last + 1] not in DAYS_AND_MONTHS:
            return False
        if last > first or first == 0 or self.after(first - 1) != " ":
            return True
        if self[first - 1] in LINKS and self.after(first - 2) == " ":
            return not self.is_part_of_a_name(first - 2)
        return not self.is_part_of_a_name(first - 1)

    def is_part_of_a_name(self, at: int) -> bool:
        return (
            has_capital(self[at])
            and self[at] not in DAYS_AND_MONTHS | TITLES
            and not self.starts_a_sentence(at)
        )


def has_capital(word: str) -> bool:
    return any(letter.isupper() or letter.istitle() for letter in word)


def could_be_names(text: str) -> set[str]:
    words, names = Words(text), set()
    for first in range(len(words)):
        if words.starts_a_name(first):
            names.update(text[start:end] for start, end, _ in words.names_from(first))
        if len(names) >= MOST_LOOKED_UP:
            break
    return names


def with_capitals(known: Known, text: str) -> Iterator[Mention]:
    words = Words(text)
    first_words = {match[0] for name in known if (match := WORD.search(name))}
    until = 0
    for first, (at, _) in enumerate(words.places):
        if at < until or words[first] not in first_words or not words.starts_a_name(first):
            continue
        for start, end, last in reversed([*words.names_from(first)]):
            name = text[start:end]
            if name in known and words.stand_alone(first, last):
                yield Mention(name, start, end, known[name])
                until = end
                break


def is_uncased(letter: str) -> bool:
    """Whether its script has no capitals; Georgian ones stand in headlines only."""
    return unicodedata.category(letter) == "Lo" or "\u10d0" <= letter <= "\u10ff"


def is_within_a_word(text: str, at: int) -> bool:
    """Whether the letter here goes on with the word that the letter before is of."""
    if not 0 < at < len(text) or UNSPACED_LETTER.match(text[at - 1]) or UNSPACED_LETTER.match(text[at]):
        return False
    before, here = text[at - 1], text[at]
    goes_on = here.isalnum() or unicodedata.category(here).startswith("M")
    return goes_on and (before.isalnum() or unicodedata.category(before).startswith("M"))


def beginnings(text: str) -> set[str]:
    """The first two and three letters of whatever could be a name in a script without capitals."""
    letters = set() if text.isascii() else {letter for letter in set(text) if is_uncased(letter)}
    found = set()
    for at, letter in enumerate(text) if letters else ():
        if letter in letters and not is_within_a_word(text, at):
            found |= {text[at : at + length] for length in range(2, BEGINNING + 1)}
        if len(found) >= MOST_LOOKED_UP:
            break
    return found


def without_capitals(known: Known, text: str) -> Iterator[Mention]:
    if text.isascii():
        return
    for name, sources in known.items():
        if not is_uncased(name[0]):
            continue
        at, number = text.find(name), 0
        while at >= 0 and number < MOST_OF_ONE:
            end = at + len(name)
            if not is_within_a_word(text, at) and not is_within_a_word(text, end):
                yield Mention(name, at, end, sources)
                number += 1
            at = text.find(name, end)
