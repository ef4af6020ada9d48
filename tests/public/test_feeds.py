"""Feeds: read by real readers, well-formed whatever the text, on the public host."""

import datetime as dt
from xml.etree import ElementTree

import feedparser
from django.test import TestCase, override_settings
from django.urls import reverse

from articles.models import Article
from tests.make import make_author, make_published, make_section, make_tag

ODD = "\x00\x01\x08\x0b\x1b\x7f\x85\u200b\u2028\ud800\ufffe\U0001ffff ]]> <b> & \"'"
MOMENT = dt.datetime(2018, 9, 26, 2, 30, tzinfo=dt.UTC)


def addresses(section, tag):
    return [
        reverse("feed_rss"),
        reverse("feed_atom"),
        reverse("section_rss", args=[section.slug]),
        reverse("section_atom", args=[section.slug]),
        reverse("tag_rss", args=[tag.slug]),
        reverse("tag_atom", args=[tag.slug]),
    ]


@override_settings(SITE_URL="https://news.example.org")
class Feeds(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.section = make_section(f"Section {ODD}", description=f"About {ODD}")
        cls.tag = make_tag(f"Tag {ODD}")
        cls.story = make_published(
            f"Headline {ODD}",
            deck=f"Deck {ODD}",
            section=cls.section,
            tags=[cls.tag],
            by=[make_author(f"Ana {ODD}"), make_author("Bo")],
            published_at=MOMENT,
            revised_at=MOMENT + dt.timedelta(hours=1),
        )
        cls.elsewhere = make_published("Elsewhere")

    def test_every_feed_is_well_formed_and_read_by_readers(self):
        for address in addresses(self.section, self.tag):
            with self.subTest(address=address):
                response = self.client.get(address)
                ElementTree.fromstring(response.content)  # noqa: S314 - our own words
                feed = feedparser.parse(
                    response.content, response_headers={"content-type": response["Content-Type"]}
                )
                self.assertFalse(feed.bozo)
                entry = feed.entries[-1]
                self.assertEqual(entry.link, f"https://news.example.org/stories/{self.story.slug}/")
                self.assertIn("Headline", entry.title)
                self.assertIn("Deck", entry.summary)
                self.assertEqual(entry.published_parsed[:5], (2018, 9, 26, 2, 30))
                self.assertIn("Ana", entry.author)
                self.assertEqual(len(entry.tags), 1)
                own = [link.href for link in feed.feed.links if link.rel == "self"]
                self.assertEqual(own, [f"https://news.example.org{address}"])

    def test_atom_tells_when_a_story_was_revised(self):
        feed = feedparser.parse(self.client.get(reverse("section_atom", args=[self.section.slug])).content)
        self.assertEqual(feed.entries[0].updated_parsed[:5], (2018, 9, 26, 3, 30))

    def test_a_plain_ampersand_is_escaped_once(self):
        Article.objects.filter(pk=self.elsewhere.pk).update(headline="Bread & butter", deck="Salt & pepper")
        for address in [reverse("feed_rss"), reverse("feed_atom")]:
            entry = feedparser.parse(self.client.get(address).content).entries[0]
            self.assertEqual(entry.title, "Bread & butter")
            self.assertEqual(entry.summary, "Salt &amp; pepper")  # an HTML text

    def test_a_feed_holds_its_own_stories_only(self):
        for address in addresses(self.section, self.tag)[2:]:
            self.assertNotContains(self.client.get(address), "Elsewhere")

    def test_no_host_but_the_public_one(self):
        for address in addresses(self.section, self.tag):
            response = self.client.get(address, headers={"Host": "localhost"})
            self.assertNotContains(response, "localhost")

    def test_the_fingerprint_of_the_content_decides_whether_it_changed(self):
        address = reverse("feed_rss")
        first = self.client.get(address)
        self.assertNotIn("Last-Modified", first)
        self.assertEqual(self.client.get(address, headers={"If-None-Match": first["ETag"]}).status_code, 304)
        Article.objects.filter(pk=self.elsewhere.pk).update(status="withdrawn")
        self.assertEqual(self.client.get(address, headers={"If-None-Match": first["ETag"]}).status_code, 200)

    def test_unknown_sections_and_tags_have_no_feed(self):
        unused = make_tag()
        for name, slug in [("section_rss", "nowhere"), ("tag_rss", "nowhere"), ("tag_atom", unused.slug)]:
            self.assertEqual(self.client.get(reverse(name, args=[slug])).status_code, 404)

    def test_an_empty_section_has_an_empty_feed_that_does_not_change_by_itself(self):
        section = make_section()
        for name in ["section_rss", "section_atom"]:
            feed = feedparser.parse(self.client.get(reverse(name, args=[section.slug])).content)
            self.assertEqual((feed.entries, feed.bozo), ([], False))
            self.assertEqual(feed.feed.updated_parsed[:3], (1970, 1, 1))

    def test_only_reading_is_allowed(self):
        self.assertEqual(self.client.post(reverse("feed_rss")).status_code, 405)
