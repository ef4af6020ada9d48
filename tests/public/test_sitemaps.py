"""The sitemap lists every page readers can open, and every address in it opens."""

from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.test import TestCase, override_settings

from tests.make import (
    make_article,
    make_author,
    make_published,
    make_quote,
    make_source,
    make_statement,
    make_tag,
)

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@override_settings(SITE_URL="https://news.example.org")
class SiteMap(TestCase):
    def locations(self):
        response = self.client.get("/sitemap.xml", headers={"Host": "localhost"})
        self.assertNotIn("Last-Modified", response)
        tree = ElementTree.fromstring(response.content)  # noqa: S314 - our own words
        return [element.text for element in tree.iterfind("s:url/s:loc", NAMES)]

    def test_every_public_row_and_nothing_else(self):
        rows = [make_author(), make_tag(), make_source(), make_statement("Letter", slug="brief-東京")]
        story = make_published(by=[rows[0]], tags=[rows[1]])
        quote = make_quote(story, rows[2], statement=rows[3])
        hidden = make_article(by=[make_author()], tags=[make_tag()])
        make_quote(hidden, statement=make_statement())
        make_quote(story, terms="background", attribution="somebody")
        expected = {
            f"https://news.example.org{row.get_absolute_url()}"
            for row in [*rows, story, quote, story.section]
        }
        found = self.locations()
        self.assertEqual(set(found), expected)
        self.assertEqual(len(found), len(expected))
        for address in found:
            self.assertEqual(self.client.get(urlsplit(address).path).status_code, 200)

    def test_odd_numbers_of_pages_are_unknown(self):
        make_published()
        for number in ["0", "2", "x", "9" * 5000, "99999999999999999999", "\x00"]:
            with self.subTest(number=number[:30]):
                self.assertEqual(self.client.get("/sitemap.xml", {"p": number}).status_code, 404)

    def test_an_empty_newsroom_has_an_empty_sitemap(self):
        self.assertEqual(self.locations(), [])

    def test_crawlers_are_told_where_it_is(self):
        response = self.client.get("/robots.txt", headers={"Host": "localhost"})
        self.assertEqual(response["Content-Type"], "text/plain; charset=utf-8")
        self.assertContains(response, "Sitemap: https://news.example.org/sitemap.xml\n")
        self.assertContains(response, "Disallow: /admin/\n")
