"""Known sources that the text names and nothing leads to."""

from collections.abc import Iterator

from django.db.models import Q

from articles.editorial.mentions import Mention, level, mentions_of
from articles.editorial.readiness.finding import Finding, advised, listed
from articles.editorial.readiness.saved_story import SavedStory, lines, outside_links
from articles.editorial.verification import fold, goes_on
from articles.models import Affiliation, Source

MOST_SHOWN = 6


def names(story: SavedStory) -> Iterator[Finding]:
    """Sources named outside any recorded words and any link, to whom no quote, request or tag of the story leads.

    A quote leads also to the organisation that its speaker belongs to, and to the members of a group that speaks.
    """
    mentions = mentions_of(story.known, without_recorded_words(story)) if story.known else []
    said_already = {source.pk for source, _ in story.criticised}
    first: dict[tuple[Source, ...], Mention] = {}
    for mention in mentions:
        first.setdefault(mention.sources, mention)
    linked = said_already | linked_sources(story, {source.pk for sources in first for source in sources})
    unlinked = [
        mention.name
        for sources, mention in first.items()
        if linked.isdisjoint(source.pk for source in sources)
    ]
    if unlinked:
        stand, pages = ("stands", "page") if len(unlinked) == 1 else ("stand", "pages")
        yield advised(
            f"{listed(unlinked, most=MOST_SHOWN)} {stand} in the text, but no quote, request for comment or tag "
            f"leads there: their {pages} will not list this story.",
            "quotes",
        )


def without_recorded_words(story: SavedStory) -> str:
    """The text outside links, a line for each block, less the words that records answer for."""
    blocks = lines(outside_links(story.article.body)).split("\n")
    text = level("\n".join(map(fold, blocks)))
    for words in story.recorded:
        for line in words.split("\n"):
            text = cut(fold(line), text)
    return text


def cut(words: str, text: str) -> str:
    """The text without these words, wherever they stand in it as whole words."""
    kept, at, start = [], text.find(words) if words else -1, 0
    while at >= 0:
        end = at + len(words)
        if not goes_on(text[at - 1 : at]) and not goes_on(text[end : end + 1]):
            kept.append(text[start:at])
            start = end
        at = text.find(words, end)
    return "\n".join([*kept, text[start:]])


def linked_sources(story: SavedStory, asked: set[int]) -> set[int]:
    """Which sources the story leads to; of those reached through another one, only such as are asked for."""
    linked = {quote.source_id for quote in story.quotes} | {quote.reported_by_id for quote in story.quotes}
    linked |= {request.source_id for request in story.requests}
    linked |= {source.pk for tag in story.tags for source in story.known.get(level(tag), ())}
    if asked <= linked:
        return linked
    rows = Affiliation.objects.filter(
        Q(source__in=linked, organisation__in=asked)
        | Q(source__in=linked, organisation__affiliations__organisation__in=asked)
        | Q(source__in=asked, organisation__in=linked, organisation__kind=Source.Kind.GROUP)
    )
    ways = rows.values_list("source", "organisation", "organisation__affiliations__organisation")
    return linked.union(*ways)
