"""Says what a story still lacks before readers may see it."""

from dataclasses import dataclass
from enum import StrEnum

from articles.editorial.verification import verify
from articles.models import Article, Quote

LONG_HEADLINE = 90


class Weight(StrEnum):
    MUST = "must"
    SHOULD = "should"


@dataclass(frozen=True)
class Finding:
    """One thing that is missing (`must`: it blocks publishing) or unwise (`should`), and the field to mend it in."""

    weight: Weight
    text: str
    field: str


def must(text: str, field: str) -> Finding:
    return Finding(Weight.MUST, text, field)


def should(text: str, field: str) -> Finding:
    return Finding(Weight.SHOULD, text, field)


def look_over(article: Article) -> list[Finding]:
    """Everything to say about the story as it is saved, what blocks first."""
    quotes = list(article.quotes.select_related("source", "approved_by").in_story_order())
    findings = [*look_at_story(article), *look_at_people(article)]
    for quote in quotes:
        findings += look_at_quote(quote)
    for verdict in verify(article, quotes):
        if verdict.blocks:
            findings.append(
                must(
                    f"The words of {verdict.quote} do not stand in the story. Mend one of the two, or write "
                    "down on the quote why they differ.",
                    "quotes",
                )
            )
    return sorted(findings, key=lambda finding: finding.weight != Weight.MUST)


def look_at_story(article: Article):
    if not article.body:
        yield must("The story has no text.", "body")
    if not article.section_id:
        yield must("The story has no section, so no page would list it.", "section")
    if not article.deck:
        yield should("There is no deck: lists and feeds will show the headline alone.", "deck")
    if len(article.headline) > LONG_HEADLINE:
        yield should(
            f"The headline has {len(article.headline)} characters; over {LONG_HEADLINE} is cut in lists.",
            "headline",
        )
    if article.image_id and not article.image.credit:
        yield should("The picture has no credit.", "image")


def look_at_people(article: Article):
    if not article.bylines.exists():
        yield must("Nobody stands in the byline.", "bylines")
    if not article.tags.exists():
        yield should("There are no tags: few related stories will be found.", "tags")
    for request in article.reply_requests.select_related("source"):
        if request.outcome == request.Outcome.WAITING:
            yield should(
                f"{request.source} was asked for comment and has not answered yet.", "reply_requests"
            )


def look_at_quote(quote: Quote):
    if quote.terms == Quote.Terms.UNNAMED and not may_approve(quote.approved_by):
        yield must(
            f"{quote} comes from an unnamed source, and no managing editor has agreed to that yet.", "quotes"
        )
    if quote.kind in Quote.Kind.verbatim() and not quote.said_on:
        yield should(f"{quote} has no date.", "quotes")


def may_approve(person) -> bool:
    return person is not None and person.has_perm("articles.approve_unnamed_source")
