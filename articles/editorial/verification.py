"""Holds quote records against the words of their story."""

import html
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.utils.html import strip_tags

from articles.models import Article, Quote

BLOCK_END = re.compile(r"</(?:p|h2|h3|li|blockquote)>|<br\s*/?>|<hr\s*/?>")

#: Marks that differ by house style only, not in what was said.
TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛‹›′`", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u00ad": "",
        "\u200b": "",
    }
)


class Match(StrEnum):
    """How a record's words stand in the story."""

    EXACT = "exact"
    TYPOGRAPHIC = "typographic"
    MISSING = "missing"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True)
class Verdict:
    """What was found about one quote. `excused`: the difference is on record with a reason."""

    quote: Quote
    match: Match
    excused: bool

    @property
    def blocks(self) -> bool:
        return self.match == Match.MISSING and not self.excused


def plain_text(body: str) -> str:
    """A story's words as a reader sees them: no tags, entities resolved, a line for each block."""
    return html.unescape(strip_tags(BLOCK_END.sub("\n", body))).strip()


def fold(words: str) -> str:
    """Words without the differences that house style makes: quote marks, dashes, spaces, ellipses."""
    folded = " ".join(words.translate(TYPOGRAPHY).split())
    return re.sub(r" ?- ?", "-", re.sub(r"\s?\.\s?\.\s?\.", "...", folded))


class Story:
    """The plain text of a story, made ready once for all its quotes: a long one takes a while to fold."""

    def __init__(self, words: str):
        self.words = " ".join(words.split())

    @cached_property
    def folded(self) -> str:
        return fold(self.words)

    def match(self, words: str) -> Match:
        """Whether the words stand in it, letter by letter or in the house's typography."""
        if stands_in(" ".join(words.split()), self.words):
            return Match.EXACT
        return Match.TYPOGRAPHIC if stands_in(fold(words), self.folded) else Match.MISSING


def match(words: str, story: str) -> Match:
    """`Story.match` for a single quote."""
    return Story(story).match(words)


def stands_in(words: str, story: str) -> bool:
    """Whether the words stand there as whole words: “art” does not stand in “start”."""
    at = story.find(words)  # a regular expression that begins with a look behind takes ten times as long
    while at >= 0:
        if not goes_on(story[at - 1 : at]) and not goes_on(story[at + len(words) : at + len(words) + 1]):
            return True
        at = story.find(words, at + 1)
    return False


def goes_on(character: str) -> bool:
    return character.isalnum() or character == "_"


def verify(article: Article, quotes: list[Quote]) -> list[Verdict]:
    """One verdict for each quote, in order. A paraphrase is the newsroom's own wording and is not checked."""
    story = Story(plain_text(article.body))
    return [
        Verdict(
            quote,
            Match.NOT_CHECKED if quote.kind == Quote.Kind.PARAPHRASE else story.match(quote.text),
            bool(quote.mismatch_reason),
        )
        for quote in quotes
    ]
