"""Quote marks in the text that lead to the wrong words, or nowhere."""

from collections.abc import Iterator
from itertools import islice

from articles.editorial.quote_marks import mismatched, unknown_marks
from articles.editorial.readiness.finding import Finding, advised, excerpt
from articles.editorial.readiness.saved_story import SavedStory

MOST_SHOWN = 5


def wrong_words(story: SavedStory) -> Iterator[Finding]:
    """Where the record's words do not stand in the story at all, that is said already, and it blocks."""
    blocking = {verdict.quote.pk for verdict in story.verdicts if verdict.blocks}
    rows = {quote.pk: row for row, quote in enumerate(story.quotes)}
    for mismatch in mismatched(story.article, story.quotes):
        if mismatch.quote.pk not in blocking:
            yield advised(
                f"{excerpt(mismatch.words)} is marked as the quote {mismatch.quote}, which says something else: "
                "readers who follow the mark meet other words.",
                "quotes",
                rows[mismatch.quote.pk],
            )


def no_record(story: SavedStory) -> Iterator[Finding]:
    for _, words in islice(unknown_marks(story.article, story.quotes), MOST_SHOWN):
        yield advised(
            f"{excerpt(words)} is marked as a quote that this story does not have: readers see the words, but not "
            "who said them.",
            "body",
        )
