"""What readers must not see a story without. Asked on each save, so none of this looks anything up elsewhere, but for a
picture that seems to be gone."""

from collections.abc import Iterator

from django.contrib.auth import get_user_model

from articles.editorial.illustrations import missing_pictures, pictures_in
from articles.editorial.readiness.finding import Finding, needed
from articles.editorial.readiness.saved_story import SavedStory
from articles.models import Quote


def text(story: SavedStory) -> Iterator[Finding]:
    if not story.article.body:
        yield needed("The story has no text.", "body")


def section(story: SavedStory) -> Iterator[Finding]:
    if not story.article.section_id:
        yield needed("The story has no section, so no page would list it.", "section")


def byline(story: SavedStory) -> Iterator[Finding]:
    if not story.article.bylines.exists():
        yield needed("The byline is empty.", "bylines")


def alternative_text(story: SavedStory) -> Iterator[Finding]:
    for image, field in story.pictures:
        if not any(map(str.isalnum, image.alt)):
            yield needed(f"Nothing tells readers who cannot see it what the picture “{image}” shows.", field)


def pictures_of_the_text(story: SavedStory) -> Iterator[Finding]:
    """Readers see a picture where a row notes it for the story. Where all are noted, nothing more is asked."""
    noted = {image.slug for image, field in story.pictures if field == "body"}
    not_shown = [slug for slug in pictures_in(story.article.body) if slug not in noted]
    gone = missing_pictures(story.article.body) if not_shown else []
    for slug in not_shown:
        if slug in gone:
            yield needed(
                f"The text has a place for the picture “{slug}”, but there is no such picture. Readers would see "
                "nothing there: choose another one, or take it out of the text.",
                "body",
            )
        else:
            yield needed(
                f"The picture “{slug}” stands in the text, but was never brought in with the story, so readers would "
                "not see it. Saving the story brings it in.",
                "body",
            )


def words_of_quotes(story: SavedStory) -> Iterator[Finding]:
    for row, verdict in enumerate(story.verdicts):
        if verdict.blocks:
            yield needed(
                f"The words of {verdict.quote} are not in the story. Mend one of the two, or write down on the "
                "quote why they differ.",
                "quotes",
                row,
            )


def unnamed_sources(story: SavedStory) -> Iterator[Finding]:
    unnamed = [(row, quote) for row, quote in enumerate(story.quotes) if quote.terms == Quote.Terms.UNNAMED]
    agreed = who_may_agree({quote.approved_by_id for _, quote in unnamed} - {None})
    for row, quote in unnamed:
        if quote.approved_by_id not in agreed:
            yield needed(
                f"{quote} comes from an unnamed source, and no managing editor has agreed to that yet.",
                "quotes",
                row,
            )


def who_may_agree(people: set[int]) -> set[int]:
    """Those among these people who may agree to not naming a source, in one query."""
    if not people:
        return set()
    may = get_user_model().objects.with_perm(
        "articles.approve_unnamed_source", backend="django.contrib.auth.backends.ModelBackend"
    )
    return set(may.filter(pk__in=people).values_list("pk", flat=True))


ESSENTIALS = [text, section, byline, alternative_text, pictures_of_the_text, words_of_quotes, unnamed_sources]
