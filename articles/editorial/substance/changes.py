"""What of a change to a story its readers have to be told: the changes of substance between two versions.

Of substance are another headline; other words, another source or another day of a quote, or a quote that is gone; and
in deck and text another name, number, amount or date where one stood before. Routine are typography, capitals, links,
tags, pictures and the spelling of all other words.

Nobody can tell by the words alone that a text says the opposite of what it said, or that something left out of it was
needed: a “not” put in, a passage added, moved or taken away is found only by the people who did it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from django.core.exceptions import SuspiciousOperation
from django.utils.formats import date_format

from articles.editorial.substance.replaced import replaced_facts
from articles.editorial.substance.text import Text, name_of
from articles.editorial.verification import plain_text
from articles.models import Quote

STORY, QUOTE = "articles.article", "articles.quote"


class Kind(StrEnum):
    HEADLINE = "headline"
    WORDS = "words of a quote"
    SOURCE = "source of a quote"
    DAY = "day of a quote"
    REMOVED = "quote taken out"
    NAME = "name"
    NUMBER = "number"


@dataclass(frozen=True)
class Change:
    """One change. `speaker` is who said a quote, as far as readers may know.

    `was` and `now` are both empty where they would tell who a source is that is not named.
    """

    kind: Kind
    was: str
    now: str
    quote_slug: str | None
    place: str
    speaker: str = ""


def changes_of_substance(
    before: Iterable[dict], after: Iterable[dict], *, names: Mapping[str, str] | None = None
) -> list[Change]:
    """What is of substance between two fragments of a story, objects of a fixture; `names` of sources by slug."""
    was, now = Version(before, names or {}), Version(after, names or {})
    found = [*headline(was, now), *quotes(was, now)]
    in_quotes = [change for change in found if change.kind == Kind.WORDS]
    for place in ("deck", "text"):
        found += [
            change
            for change in facts(was, now, place)
            if not any(tells(quote, change) for quote in in_quotes)
        ]
    hidden = (was.unnamed | now.unnamed) - (was.named & now.named)
    return [discreet(change, hidden) for change in without_repeats(found)]


class Version:
    def __init__(self, entries: Iterable[dict], names: Mapping[str, str]):
        self.story: dict = {}
        self.quotes: list[Words] = []
        for entry in entries:
            if entry.get("model") == STORY:
                self.story = entry["fields"]
            elif entry.get("model") == QUOTE:
                self.quotes.append(Words(entry["fields"], names))
        self.headline = Text(read(self.story, "headline"))
        self.deck = Text(read(self.story, "deck"))
        self.text = Text(without_markup(read(self.story, "body")))

    @cached_property
    def known_names(self) -> frozenset[str]:
        """Words that are names here for certain, also where they begin a sentence."""
        return self.deck.names | self.text.names | self.named | self.unnamed

    @cached_property
    def named(self) -> frozenset[str]:
        """Words of the names of sources that are named at least once."""
        return frozenset(word for quote in self.quotes if quote.named for word in quote.name_words)

    @cached_property
    def unnamed(self) -> frozenset[str]:
        """The same of sources that are not named at least once."""
        return frozenset(word for quote in self.quotes if not quote.named for word in quote.name_words)


class Words:
    """A quote, as far as readers may know it."""

    def __init__(self, fields: dict, names: Mapping[str, str]):
        self.slug = read(fields, "slug")
        key = fields.get("source")
        self.source = str(key[0]) if isinstance(key, list) and key else read(fields, "source")
        self.text = Text(read(fields, "text"))
        self.verbatim = (read(fields, "kind") or Quote.Kind.DIRECT) in Quote.Kind.verbatim()
        self.named = (read(fields, "terms") or Quote.Terms.ON_THE_RECORD) == Quote.Terms.ON_THE_RECORD
        self.position = read(fields, "position")
        name = names.get(self.source) or self.source.replace("-", " ").title()
        self.name_words = {
            name_of(key) for key in [*Text(name).keys, *self.source.split("-")] if len(key) > 2
        }
        self.speaker = name if self.named else read(fields, "attribution")
        self.day = day_in(fields.get("said_on")) if self.named else None


def read(fields: dict, name: str) -> str:
    return str(fields.get(name) or "")


def without_markup(body: str) -> str:
    try:
        return plain_text(body)
    except SuspiciousOperation:  # more open tags than the sanitiser ever leaves
        return body


def day_in(value) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None


# Headline
def headline(was: Version, now: Version) -> Iterator[Change]:
    if was.headline.keys != now.headline.keys:
        yield Change(Kind.HEADLINE, was.headline.text, now.headline.text, None, "headline")


# Quotes
def quotes(was: Version, now: Version) -> Iterator[Change]:
    pairs, gone = paired(was.quotes, now.quotes)
    for old, new in pairs:
        yield from quote(old, new, was, now)
    for old in gone:
        yield Change(Kind.REMOVED, old.text.text, "", None, "quote", old.speaker)


def paired(was: list[Words], now: list[Words]) -> tuple[list[tuple[Words, Words]], list[Words]]:
    """The same quote in both versions: by its slug, else by its words, else by its place and source. What is gone."""
    pairs, left, new = [], list(was), list(now)
    for same in (
        lambda quote: quote.slug,
        lambda quote: tuple(quote.text.keys),
        lambda quote: (quote.source, quote.position),
    ):
        there = {same(quote): quote for quote in reversed(new)}
        for old in list(left):
            match = there.pop(same(old), None)
            if match is not None:
                pairs.append((old, match))
                left.remove(old)
                new.remove(match)
    return pairs, left


def quote(old: Words, new: Words, was: Version, now: Version) -> Iterator[Change]:
    about = {"quote_slug": new.slug, "place": "quote", "speaker": new.speaker}
    if old.text.keys != new.text.keys:
        if old.verbatim or new.verbatim:
            yield Change(Kind.WORDS, old.text.text, new.text.text, **about)
        else:
            yield from facts_of(old.text, new.text, was.known_names | now.known_names, **about)
    # A speaker whose name readers do not see is never told from another: that would be to hint at the name.
    if old.source != new.source and (old.named or new.named):
        named = old.named and new.named
        yield Change(Kind.SOURCE, old.speaker if named else "", new.speaker if named else "", **about)
    if old.day and old.day != new.day and new.named:
        yield Change(Kind.DAY, in_print(old.day), in_print(new.day), **about)


def in_print(day: dt.date | None) -> str:
    return date_format(day, "F j, Y") if day else ""


# Deck and text
def facts(was: Version, now: Version, place: str) -> Iterator[Change]:
    yield from facts_of(
        getattr(was, place), getattr(now, place), was.known_names | now.known_names, place=place
    )


def facts_of(was: Text, now: Text, known: frozenset[str], *, place: str, **about) -> Iterator[Change]:
    names, numbers = replaced_facts(was, now, known)
    for kind, found in ((Kind.NAME, names), (Kind.NUMBER, numbers)):
        for change in found:
            yield Change(kind, change.was, change.now, place=place, **{"quote_slug": None, **about})


def tells(quote: Change, change: Change) -> bool:
    """Whether a change of the text is the change of a quote that stands in it."""
    return all(
        set(Text(words).keys) <= set(Text(of_the_quote).keys)
        for words, of_the_quote in ((change.was, quote.was), (change.now, quote.now))
    )


def discreet(change: Change, hidden: frozenset[str]) -> Change:
    """Without words that name a source which is not named, in one of the two versions."""
    words = {name_of(key) for words in (change.was, change.now) for key in Text(words).keys}
    return change if words.isdisjoint(hidden) else replace(change, was="", now="")


def without_repeats(found: Iterable[Change]) -> list[Change]:
    """What deck, text and quote say alike is told once, of the quote first."""
    once: dict[tuple, Change] = {}
    for change in found:
        both = tuple(tuple(Text(words).keys) for words in (change.was, change.now))
        key = (change.kind, *both) if change.kind in {Kind.NAME, Kind.NUMBER} else (len(once),)
        once.setdefault(key, change)
    return list(once.values())
