"""The sitemap: every address readers can open, on the public host; an index, and parts of one kind each."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.core.paginator import Paginator
from django.db.models.functions import Coalesce, Greatest
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import clock
from articles.public.page import ASK_EACH_TIME, absolute
from articles.public.visible import (
    public_quotes,
    public_stories,
    sections_in_print,
    visible_authors,
    visible_sources,
    visible_statements,
    visible_tags,
)


class Pages(Sitemap):
    """Pages of one kind: those that `visible` finds at this moment, in the order of their addresses."""

    # The protocol allows 50,000 addresses a file; a file that long takes seconds to make.
    limit = 10_000

    def __init__(self, visible):
        self.visible = visible

    def items(self):
        return self.visible(clock.now()).order_by("slug")

    @property
    def paginator(self):
        """A kind without pages has no part of its own: the protocol knows no empty file."""
        return Paginator(self.items(), self.limit, allow_empty_first_page=False)

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc


class Fixed(Pages):
    """Pages there is one of, whatever is in print."""

    def __init__(self, *names):
        self.names = names

    def items(self):
        return [reverse(name) for name in self.names]

    def location(self, address):
        return address


class Stories(Pages):
    def items(self):
        stories = public_stories(clock.now()).newest_first()
        changed = Greatest("published_at", Coalesce("revised_at", "published_at"))
        return stories.only("slug", "published_at").annotate(changed_at=changed)

    def lastmod(self, story):
        return story.changed_at


KINDS = {
    "pages": Fixed("front_page", "archive", "corrections"),
    "stories": Stories(public_stories),
    "sections": Pages(sections_in_print),
    "tags": Pages(visible_tags),
    "sources": Pages(visible_sources),
    "authors": Pages(visible_authors),
    "quotes": Pages(public_quotes),
    "statements": Pages(visible_statements),
}


@require_safe
def site_map(request):
    """The index: where each part is."""
    parts = [
        {"location": absolute(reverse("sitemap_part", args=[kind]) + (f"?p={number}" if number > 1 else ""))}
        for kind, pages in KINDS.items()
        for number in pages.paginator.page_range
    ]
    response = render(request, "sitemap_index.xml", {"sitemaps": parts}, content_type="application/xml")
    response["Cache-Control"] = ASK_EACH_TIME
    return response


@require_safe
def site_map_part(request, kind):
    response = sitemap(request, KINDS, section=kind)
    # As in feeds: the date of the newest story goes back when that story is withdrawn.
    del response["Last-Modified"]
    response["Cache-Control"] = ASK_EACH_TIME
    return response
