"""Says what a story still lacks before readers may see it."""

from dataclasses import dataclass
from enum import StrEnum

from articles.editorial.verification import verify
from articles.models import Article, Quote

LONG_HEADLINE = 90


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


def look_over(article: Article) -> list[Finding]:
    """Everything to say about the story as it is saved, what blocks first."""
    quotes = list(article.quotes.select_related("source", "approved_by").in_story_order())
    findings = [*look_at_story(article), *look_at_people(article), *look_at_quotes(article, quotes)]
    return sorted(findings, key=lambda finding: finding.weight != Weight.NEEDED)


def what_blocks(article: Article) -> list[Finding]:
    """What readers must not see the story without."""
    return [finding for finding in look_over(article) if finding.weight == Weight.NEEDED]


def look_at_story(article: Article):
    if not article.body:
        yield needed("The story has no text.", "body")
    if not article.section_id:
        yield needed("The story has no section, so no page would list it.", "section")
    if not article.deck:
        yield advised("There is no deck: lists and feeds will show the headline alone.", "deck")
    if len(article.headline) > LONG_HEADLINE:
        length = len(article.headline)
        yield advised(
            f"The headline has {length} characters; over {LONG_HEADLINE} is cut in lists.", "headline"
        )
    if article.image_id and not article.image.credit:
        yield advised("The picture has no credit.", "image")


def look_at_people(article: Article):
    if not article.bylines.exists():
        yield needed("The byline is empty.", "bylines")
    if not article.tags.exists():
        yield advised("There are no tags: few related stories will be found.", "tags")
    for request in article.reply_requests.select_related("source"):
        if request.outcome == request.Outcome.WAITING:
            yield advised(
                f"{request.source} was asked for comment and has not answered yet.", "reply_requests"
            )


def look_at_quotes(article: Article, quotes: list[Quote]):
    for row, (quote, verdict) in enumerate(zip(quotes, verify(article, quotes), strict=True)):
        if verdict.blocks:
            yield needed(
                f"The words of {quote} are not in the story. Mend one of the two, or write down on the quote "
                "why they differ.",
                "quotes",
                row,
            )
        if quote.terms == Quote.Terms.UNNAMED and not may_approve(quote.approved_by):
            yield needed(
                f"{quote} comes from an unnamed source, and no managing editor has agreed to that yet.",
                "quotes",
                row,
            )
    undated = [
        row for row, quote in enumerate(quotes) if quote.kind in Quote.Kind.verbatim() and not quote.said_on
    ]
    if undated:
        number = len(undated)
        yield advised(
            "1 quote has no date." if number == 1 else f"{number} quotes have no date.", "quotes", undated[0]
        )


def may_approve(person) -> bool:
    return person is not None and person.has_perm("articles.approve_unnamed_source")
