"""The sitemap lists every page readers can open, and every address in it opens."""

import datetime as dt
from unittest.mock import patch
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.test import TestCase, override_settings

from articles.models import Article
from articles.public.sitemaps import Pages
from tests.make import (
    make_article,
    make_author,
    make_published,
    make_quote,
    make_source,
    make_statement,
    make_tag,
)

SITE = "https://news.example.org"
FIXED = {f"{SITE}/", f"{SITE}/archive/", f"{SITE}/corrections/"}
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@override_settings(SITE_URL=SITE)
class SiteMap(TestCase):
    def listed(self, address, element):
        response = self.client.get(address, headers={"Host": "localhost"})
        self.assertEqual((response.status_code, response["Content-Type"]), (200, "application/xml"))
        self.assertEqual(response["Cache-Control"], "public, max-age=0, must-revalidate")
        self.assertNotIn("Last-Modified", response)
        tree = ElementTree.fromstring(response.content)  # noqa: S314 - our own words
        return [found.text for found in tree.iterfind(f"s:{element}/s:loc", NAMES)]

    def parts(self):
        """As a crawler asks for them: from the index, each at the address given there."""
        return [address.removeprefix(SITE) for address in self.listed("/sitemap.xml", "sitemap")]

    def locations(self):
        return [address for part in self.parts() for address in self.listed(part, "url")]

    def test_every_public_row_and_nothing_else(self):
        rows = [make_author(), make_tag(), make_source(), make_statement("Letter", slug="brief-東京")]
        story = make_published(by=[rows[0]], tags=[rows[1]])
        quote = make_quote(story, rows[2], statement=rows[3])
        hidden = make_article(by=[make_author()], tags=[make_tag()])
        make_quote(hidden, statement=make_statement())
        make_quote(story, terms="background", attribution="somebody")
        expected = {f"{SITE}{row.get_absolute_url()}" for row in [*rows, story, quote, story.section]}
        found = self.locations()
        self.assertEqual(set(found), expected | FIXED)
        self.assertEqual(len(found), len(set(found)))
        for address in found:
            self.assertEqual(self.client.get(urlsplit(address).path).status_code, 200)

    def test_the_index_names_every_part_and_every_page_of_it(self):
        for _ in range(3):
            make_quote(make_published(section=None))
        with patch.object(Pages, "limit", 2):
            self.assertEqual(
                self.parts(),
                [
                    "/sitemap-pages.xml",
                    "/sitemap-pages.xml?p=2",
                    "/sitemap-stories.xml",
                    "/sitemap-stories.xml?p=2",
                    "/sitemap-sources.xml",
                    "/sitemap-sources.xml?p=2",
                    "/sitemap-quotes.xml",
                    "/sitemap-quotes.xml?p=2",
                ],
            )
            self.assertEqual(len(self.listed("/sitemap-stories.xml", "url")), 2)
            self.assertEqual(len(set(self.locations())), len(FIXED) + 3 * 3)

    def test_odd_parts_and_numbers_of_pages_are_unknown(self):
        make_published()
        for number in ["0", "2", "x", "9" * 5000, "99999999999999999999"]:
            with self.subTest(number=number[:30]):
                page = self.client.get("/sitemap-stories.xml", {"p": number})
                self.assertEqual(page.status_code, 404)
        for kind in ["tags", "drafts", "%00", "stories/"]:
            with self.subTest(kind=kind):
                self.assertEqual(self.client.get(f"/sitemap-{kind}.xml").status_code, 404)

    def test_a_story_tells_when_it_changed_and_a_withdrawn_one_is_gone_whatever_the_date(self):
        moment = dt.datetime(2018, 9, 25, 19, tzinfo=dt.UTC)
        story = make_published(published_at=moment, revised_at=moment + dt.timedelta(hours=1))
        make_published("Older", published_at=moment - dt.timedelta(days=1))
        self.assertContains(self.client.get("/sitemap-stories.xml"), "<lastmod>2018-09-25</lastmod>")
        Article.objects.filter(pk=story.pk).update(status="withdrawn")
        since = {"If-Modified-Since": "Tue, 25 Sep 2018 20:00:00 GMT"}
        page = self.client.get("/sitemap-stories.xml", headers=since)
        self.assertNotContains(page, story.slug)

    def test_an_empty_newsroom_has_its_fixed_pages_only(self):
        make_article()
        self.assertEqual(set(self.locations()), FIXED)

    def test_crawlers_are_told_where_it_is(self):
        response = self.client.get("/robots.txt", headers={"Host": "localhost"})
        self.assertEqual(response["Content-Type"], "text/plain; charset=utf-8")
        self.assertContains(response, "Sitemap: https://news.example.org/sitemap.xml\n")
        self.assertContains(response, "Disallow: /admin/\n")
