"""Says what a story still lacks before readers may see it, and what its editors should think of once more.

One idea, one file; each check is a function that takes a SavedStory and yields findings. What blocks is asked on
each save and knows only the story's own rows. What is advised may look further, in a number of queries that does not
grow with the story.
"""

from articles.editorial.readiness import criticised, form, marks, twins, unlinked, unrecorded
from articles.editorial.readiness.essentials import ESSENTIALS
from articles.editorial.readiness.finding import Finding, Weight, advised, needed
from articles.editorial.readiness.saved_story import SavedStory
from articles.models import Article

__all__ = ["Finding", "Weight", "advised", "look_over", "needed", "what_blocks"]

ADVICE = [
    form.deck,
    form.length_of_headline,
    twins.headline,
    twins.address,
    form.pictures,
    form.tags,
    criticised.people_and_organisations,
    form.unanswered_requests,
    unrecorded.quotations,
    marks.wrong_words,
    marks.no_record,
    form.days_of_quotes,
    unlinked.names,
]


def look_over(article: Article) -> list[Finding]:
    """Everything to say about the story as it is saved, what blocks first."""
    story = SavedStory(article)
    return [finding for check in [*ESSENTIALS, *ADVICE] for finding in check(story)]


def what_blocks(article: Article) -> list[Finding]:
    """What readers must not see the story without."""
    story = SavedStory(article)
    return [finding for check in ESSENTIALS for finding in check(story)]
