"""RSS and Atom: for everything, for a section, for a tag, and for corrections. Addresses are on the public host."""

import datetime as dt

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import escape, linebreaks
from django.views.decorators.http import require_safe

from articles.models import Section, clock
from articles.public.corrections import elsewhere, with_their_stories
from articles.public.page import ASK_EACH_TIME, absolute
from articles.public.visible import public_corrections, public_stories, visible_tags

IN_A_FEED = 30
LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Steady:
    """A feed without stories is the same whenever it is asked for; by itself it would be as old as the question."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else LONG_AGO


class Rss(Steady, Rss201rev2Feed):
    suffix = "rss"


class Atom(Steady, Atom1Feed):
    suffix = "atom"


class OfThePaper(Feed):
    """What every feed has in common: `address` and the type give the name of its route."""

    def __init__(self, feed_type):
        self.feed_type = feed_type

    def __call__(self, request, *args, **kwargs):
        response = super().__call__(request, *args, **kwargs)
        # The date of the newest story goes back when that story is withdrawn: whoever asked by date would
        # be told that nothing has changed. The fingerprint of the content knows better.
        del response["Last-Modified"]
        response["Cache-Control"] = ASK_EACH_TIME
        return response

    def feed_url(self, about):
        return absolute(
            reverse(f"{self.address}_{self.feed_type.suffix}", args=[about.slug] if about else [])
        )

    def subtitle(self, about):
        return self.description(about)


class Stories(OfThePaper):
    """The newest stories of the whole paper."""

    address = "feed"

    def get_object(self, request):
        return None

    def title(self, about):
        return f"{settings.SITE_NAME}: {about}" if about else settings.SITE_NAME

    def link(self, about):
        return absolute(about.get_absolute_url() if about else "/")

    def description(self, about):
        return (about.description if about else "") or f"The newest stories of {self.title(about)}."

    def stories(self, about, at):
        return public_stories(at)

    def items(self, about):
        stories = self.stories(about, clock.now()).newest_first().for_cards()
        return stories.prefetch_related("tagged_items__tag")[:IN_A_FEED]

    def item_title(self, story):
        return story.headline

    def item_description(self, story):
        return escape(story.deck)

    def item_link(self, story):
        return absolute(story.get_absolute_url())

    def item_author_name(self, story):
        return ", ".join(row.author.name for row in story.bylines.all())

    def item_pubdate(self, story):
        return timezone.localtime(story.published_at)

    def item_updateddate(self, story):
        return timezone.localtime(max(story.published_at, story.revised_at or story.published_at))

    def item_categories(self, story):
        return [row.tag.name for row in story.tagged_items.all()]


class SectionStories(Stories):
    address = "section"

    def get_object(self, request, slug):
        return get_object_or_404(Section, slug=slug)

    def stories(self, about, at):
        return public_stories(at).filter(section=about)


class TagStories(Stories):
    address = "tag"

    def get_object(self, request, slug):
        return get_object_or_404(visible_tags(clock.now()), slug=slug)

    def stories(self, about, at):
        return public_stories(at).filter(tagged_items__tag=about)


class Corrections(OfThePaper):
    """The newest corrections of public stories."""

    address = "corrections"

    def title(self):
        return f"{settings.SITE_NAME}: Corrections"

    def author_name(self):
        return settings.SITE_NAME

    def link(self):
        return absolute(reverse("corrections"))

    def description(self, about):
        return f"What stories of {settings.SITE_NAME} got wrong or left open, and what is right."

    def items(self):
        rows = with_their_stories(public_corrections(clock.now()))[:IN_A_FEED]
        return [elsewhere(row) for row in rows]

    def item_title(self, notice):
        return f"{notice.label}: {notice.story.text}"

    def item_description(self, notice):
        return linebreaks(notice.text, autoescape=True)

    def item_link(self, notice):
        return absolute(notice.story.address)

    def item_pubdate(self, notice):
        return timezone.localtime(notice.made_at)

    item_updateddate = item_pubdate


def feed(about, feed_type):
    """The view of one feed."""
    return require_safe(about(feed_type))
