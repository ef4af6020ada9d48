"""Whether the same story might be there twice."""

import datetime as dt
import re
from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone

from articles.editorial.readiness.finding import Finding, advised, excerpt
from articles.editorial.readiness.saved_story import SavedStory
from articles.models import Article

LONG_AGO = dt.timedelta(days=365)
MOST_COMPARED = 10

#: Numbers that are put behind an address because it was taken. A year is part of the words.
APPENDED = range(2, 100)
NUMBERED = re.compile(r"(.+)-([2-9]|[1-9][0-9])")


def headline(story: SavedStory) -> Iterator[Finding]:
    """A story of the last year, or one still to come, with the same headline. Columns keep theirs for years."""
    recent = Q(status__in=Article.Status.going_out(), published_at__gte=timezone.now() - LONG_AGO)
    to_come = Q(status__in=[Article.Status.DRAFT, Article.Status.IN_REVIEW])
    same = others(story).filter(recent | to_come, headline=story.article.headline)
    slugs = sorted(same.values_list("slug", flat=True)[:MOST_COMPARED])
    if slugs:
        yield advised(
            f"Another story has this headline ({slugs[0]}): nobody can tell the two apart in lists.",
            "headline",
        )


def address(story: SavedStory) -> Iterator[Finding]:
    """A story whose address is the same but for the number that one of the two was given."""
    slug = story.article.slug
    numbered = NUMBERED.fullmatch(slug)
    almost = [*([numbered[1]] if numbered else []), *(f"{slug}-{number}" for number in APPENDED)]
    found = sorted(others(story).filter(slug__in=almost).values_list("slug", "headline"))
    if found:
        other, words = found[0]
        yield advised(
            f"A story with almost this address exists: {excerpt(words)} ({other}). If it is another story, "
            "tell the two apart by words.",
            "slug",
        )


def others(story: SavedStory):
    return Article.objects.outside_the_bin().exclude(pk=story.article.pk)
