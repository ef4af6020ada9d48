"""Every address of the public site, taken from the URLconf, filled in for one story and all that belongs to it."""

from dataclasses import dataclass, field

from django.urls import reverse

from articles.models import Article, Author, Image, Quote, Section, Source, Statement, Tag
from articles.public.sitemaps import KINDS
from articles.public.urls import urlpatterns

#: Pages there is one of.
FIXED = [
    "front_page",
    "archive",
    "corrections",
    "corrections_rss",
    "corrections_atom",
    "feed_rss",
    "feed_atom",
    "sitemap",
    "robots",
    "icon",
]
#: For the desk and for whoever holds a secret link; to everybody else unknown addresses (see test_preview).
FOR_SOME = {"preview_story", "preview_version", "preview_shared"}


@dataclass
class World:
    """A story and what only it leads to; the test chooses what of it is shared with other stories."""

    article: Article
    section: Section
    author: Author
    source: Source
    statement: Statement
    tag: Tag
    quote: Quote
    image: Image
    year: int
    month: int
    former_slugs: list[str] = field(default_factory=list)

    def addresses(self):
        """Address by name of the route. A route that is not listed here fails the test that compares."""
        by_slug = {
            "section": self.section,
            "section_rss": self.section,
            "section_atom": self.section,
            "author": self.author,
            "source": self.source,
            "statement": self.statement,
            "tag": self.tag,
            "tag_rss": self.tag,
            "tag_atom": self.tag,
            "quote": self.quote,
        }
        return {
            **{name: [reverse(name)] for name in FIXED},
            **{name: [reverse(name, args=[row.slug])] for name, row in by_slug.items()},
            "sitemap_part": [reverse("sitemap_part", args=[kind]) for kind in KINDS],
            "article": [reverse("article", args=[slug]) for slug in [self.article.slug, *self.former_slugs]],
            "archive_year": [reverse("archive_year", args=[self.year])],
            "archive_month": [reverse("archive_month", args=[self.year, self.month])],
            "media": [reverse("media", args=[self.image.file.name])],
        }

    def every_address(self):
        return [address for addresses in self.addresses().values() for address in addresses]


def names_in_urlconf():
    """The routes that everybody may ask for something."""
    names = {pattern.name for pattern in urlpatterns}
    assert names >= FOR_SOME
    return names - FOR_SOME


def content(response):
    """The bytes of a response, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def everything_about(response):
    return response.status_code, sorted(response.headers.items()), content(response)
