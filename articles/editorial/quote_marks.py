"""Quote marks: passages of a story's text that an editor has tied to the record of a quote."""

from collections.abc import Iterable
from dataclasses import dataclass

from articles.editorial.verification import Match, match, plain_text
from articles.markup import MARK
from articles.models import Article, Quote


@dataclass(frozen=True)
class Mismatch:
    """A record, and the passage marked as its words that does not hold them."""

    quote: Quote
    words: str


def marks_in(body: str) -> list[tuple[str, str]]:
    """(slug of the record, words) for each mark of a text, in its order."""
    return [(slug, plain_text(words)) for slug, words in MARK.findall(body)]


def unknown_marks(article: Article, quotes: Iterable[Quote]) -> list[tuple[str, str]]:
    """Marks that name none of these records, which are all of the story's."""
    known = {quote.slug for quote in quotes}
    return [(slug, words) for slug, words in marks_in(article.body) if slug not in known]


def mismatched(article: Article, quotes: Iterable[Quote]) -> list[Mismatch]:
    """Records whose words do not stand in the passage marked as theirs, in the order of the records.

    House typography is no difference, and more words may be marked than were recorded. What goes on in the next
    paragraph under a mark of its own is read on. A paraphrase is the newsroom's own wording and a difference with a
    reason on record is meant, so neither is found; nor is a quote that nothing is marked for.
    """
    passages = {}
    for slug, words in marks_in(article.body):
        passages.setdefault(slug, []).append(words)
    return [
        Mismatch(quote, " ".join(passages[quote.slug]))
        for quote in quotes
        if quote.slug in passages
        and quote.kind != Quote.Kind.PARAPHRASE
        and not quote.mismatch_reason
        and not holds(passages[quote.slug], quote.text)
    ]


def holds(passages: list[str], words: str) -> bool:
    """Whether one of these passages, or all of them read on, holds the words."""
    return any(match(words, passage) != Match.MISSING for passage in [*passages, " ".join(passages)])
