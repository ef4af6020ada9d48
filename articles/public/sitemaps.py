"""The sitemap: every address readers can open, on the public host."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.public.page import ASK_EACH_TIME
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

    # The protocol allows 50,000 addresses a file, and all kinds share one.
    limit = 7_000

    def __init__(self, visible):
        self.visible = visible

    def items(self):
        return self.visible(timezone.now()).order_by("slug")

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc


class Stories(Pages):
    def items(self):
        stories = public_stories(timezone.now()).newest_first()
        changed = Greatest("published_at", Coalesce("revised_at", "published_at"))
        return stories.only("slug", "published_at").annotate(changed_at=changed)

    def lastmod(self, story):
        return story.changed_at


KINDS = {
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
    response = sitemap(request, KINDS)
    response["Cache-Control"] = ASK_EACH_TIME
    return response
