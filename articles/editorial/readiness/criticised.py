"""Whoever the story accuses of something should have been asked."""

from collections.abc import Iterator

from articles.editorial.readiness.finding import Finding, advised, excerpt
from articles.editorial.readiness.saved_story import SavedStory

MOST_SHOWN = 5


def people_and_organisations(story: SavedStory) -> Iterator[Finding]:
    for source, sentence in story.criticised[:MOST_SHOWN]:
        yield advised(
            f"{excerpt(sentence)}: this seems to accuse {source}, who is neither quoted here nor asked for comment. "
            "Readers will want to know what they say to it.",
            "reply_requests",
        )
