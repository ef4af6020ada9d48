"""The text of a story as its page shows it.

Stored markup is never rewritten. It is taken apart at its quote marks and pictures, which nothing else in it can be
taken for (see articles/markup.py); the pieces between them are given out as they are stored. A mark leads to the card
of its quote by the card's place on the page: the slug of a quote can name a source that readers must not know. What
names no quote of the story is mere words again, and a picture that is not there is not shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.editorial.illustrations import pictures_in
from articles.markup import MARK, PICTURE
from articles.models import Image
from articles.public.quote_cards import anchor_of


@dataclass(frozen=True)
class Piece:
    """A stretch of text, or a picture."""

    text: SafeString | None = None
    image: Image | None = None


@dataclass(frozen=True)
class Passage:
    """Words marked as a quote's: the anchor readers come back to, and that of its card."""

    anchor: str
    card: str


def pictures_of(story) -> dict[str, Image]:
    """The pictures in a story's text by slug; without a query where there are none."""
    if not pictures_in(story.body):
        return {}
    return {row.image.slug: row.image for row in story.illustrations.select_related("image")}


def passages_of(story, quotes) -> dict[str, Passage]:
    """By the quote's slug, for those that something in the story's text is marked for."""
    marked = {slug for slug, _ in MARK.findall(story.body)}
    return {
        quote.slug: Passage(f"passage-{quote.position}", anchor_of(quote))
        for quote in quotes
        if quote.slug in marked
    }


def pieces(body: str, *, passages: Mapping[str, Passage], images: Mapping[str, Image]) -> list[Piece]:
    """What stands under each other in a story's text, in its order."""
    texts, slugs = PICTURE.split(body)[::2], PICTURE.findall(body)
    unmet = dict(passages)
    found = []
    for text, slug in zip(texts, [*slugs, None], strict=True):
        if text:
            found.append(Piece(text=with_marks(text, passages, unmet)))
        if slug in images:
            found.append(Piece(image=images[slug]))
    return found


def with_marks(text: str, passages: Mapping[str, Passage], unmet: dict[str, Passage]) -> SafeString:
    """A stretch of text whose marks lead to the cards of their quotes. Readers come back to the first of several."""
    parts = MARK.split(text)
    out = [parts[0]]
    for slug, words, after in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        out += [marked(words, passages.get(slug), is_first=unmet.pop(slug, None) is not None), after]
    # Stored clean by its field type and never changed since; the only text on the site not escaped.
    return mark_safe("".join(out))  # noqa: S308


def marked(words: str, passage: Passage | None, *, is_first: bool) -> str:
    if passage is None:
        return words
    anchor = format_html(' id="{}"', passage.anchor) if is_first else ""
    words = mark_safe(words)  # noqa: S308 - as stored
    if "<a" in words:  # links do not stand in each other
        return format_html('<span class="said"{}>{}</span>', anchor, words)
    return format_html('<a class="said"{} href="#{}">{}</a>', anchor, passage.card, words)
