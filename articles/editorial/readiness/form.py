"""What the form of a story could still say."""

import re
from collections.abc import Iterator

from articles.editorial.readiness.finding import Finding, advised
from articles.editorial.readiness.saved_story import SavedStory
from articles.models import Quote, ReplyRequest

LONG_HEADLINE = 90
FILE_NAME = re.compile(
    r"\S+\.(jpe?g|png|webp|gif|tiff?)|(img|dsc|dscn|screenshot)[-_ ]?\d[-_\d]*", re.IGNORECASE
)


def deck(story: SavedStory) -> Iterator[Finding]:
    if not story.article.deck:
        yield advised("There is no deck: lists and feeds will show the headline alone.", "deck")


def length_of_headline(story: SavedStory) -> Iterator[Finding]:
    length = len(story.article.headline)
    if length > LONG_HEADLINE:
        yield advised(
            f"The headline has {length} characters; over {LONG_HEADLINE} is cut in lists.", "headline"
        )


def tags(story: SavedStory) -> Iterator[Finding]:
    if not story.tags:
        yield advised("There are no tags: few related stories will be found.", "tags")


def pictures(story: SavedStory) -> Iterator[Finding]:
    for image, field in story.pictures:
        if not image.credit:
            yield advised(f"The picture “{image}” has no credit: readers cannot see whose it is.", field)
        if FILE_NAME.fullmatch(image.alt):
            yield advised(
                f"The text for readers who cannot see the picture “{image}” is the name of a file: {image.alt}.",
                field,
            )


def days_of_quotes(story: SavedStory) -> Iterator[Finding]:
    undated = [
        row
        for row, quote in enumerate(story.quotes)
        if quote.kind in Quote.Kind.verbatim() and not quote.said_on
    ]
    if undated:
        number = len(undated)
        have = "1 quote has no date" if number == 1 else f"{number} quotes have no date"
        yield advised(
            f"{have}: readers see the title that the speaker held when the story ran.", "quotes", undated[0]
        )


def unanswered_requests(story: SavedStory) -> Iterator[Finding]:
    for request in story.requests:
        if request.outcome == ReplyRequest.Outcome.WAITING:
            yield advised(
                f"{request.source} was asked for comment and has not answered yet.", "reply_requests"
            )
