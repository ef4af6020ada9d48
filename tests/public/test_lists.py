"""Pages that list stories, and the numbers of their pages."""

import datetime as dt

from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from tests.make import (
    make_article,
    make_author,
    make_published,
    make_section,
    make_tag,
    make_tag_synonym,
)
from tests.public.every_address import everything_about


def headlines(page):
    return [story.headline for story in page.context["listed"]]


class Lists(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.section, cls.tag, cls.author = make_section(), make_tag("ships"), make_author("Ana")
        for n in range(45):
            make_published(
                f"Story {n:02}",
                section=cls.section,
                tags=[cls.tag],
                by=[cls.author],
                published_at=timezone.now() - dt.timedelta(hours=n + 1),
            )
        make_published("Elsewhere")

    def pages(self):
        return [row.get_absolute_url() for row in [self.section, self.tag, self.author]]

    def test_newest_first_twenty_to_a_page(self):
        for address in self.pages():
            with self.subTest(address=address):
                self.assertEqual(headlines(self.client.get(address)), [f"Story {n:02}" for n in range(20)])
                last = self.client.get(address, {"page": 3})
                self.assertEqual(headlines(last), [f"Story {n:02}" for n in range(40, 45)])

    def test_an_unknown_or_odd_page_number_is_an_unknown_address(self):
        odd = [
            "0",
            "4",
            "-1",
            "1.0",
            "x",
            "",
            " 1",
            "01",
            "٣",
            "99999999999999999999",
            "1e1",
            "3,",
            "9" * 5000,
        ]
        for address in self.pages():
            for number in odd:
                with self.subTest(address=address, number=number[:30]):
                    self.assertEqual(self.client.get(address, {"page": number}).status_code, 404)

    @override_settings(SITE_URL="https://news.example.org")
    def test_every_page_of_a_list_has_one_address(self):
        for number, suffix in [("1", ""), ("2", "?page=2")]:
            page = self.client.get(self.section.get_absolute_url(), {"page": number, "utm": "x"})
            self.assertContains(
                page,
                f'<link rel="canonical" href="https://news.example.org{self.section.get_absolute_url()}{suffix}">',
            )

    def test_feeds_can_be_discovered(self):
        for row, name in [(self.section, "section"), (self.tag, "tag")]:
            page = self.client.get(row.get_absolute_url())
            for kind in ["rss", "atom"]:
                self.assertContains(page, reverse(f"{name}_{kind}", args=[row.slug]))

    def test_an_empty_section_says_so(self):
        self.assertContains(
            self.client.get(make_section().get_absolute_url()), "Nothing has been published here"
        )

    def test_a_section_with_hidden_stories_only_is_byte_for_byte_an_empty_one(self):
        section = make_section()
        addresses = [
            reverse(name, args=[section.slug]) for name in ["section", "section_rss", "section_atom"]
        ]
        addresses += [f"{section.get_absolute_url()}?page=2", reverse("sitemap_part", args=["sections"]), "/"]
        empty = [everything_about(self.client.get(address)) for address in addresses]
        tomorrow = timezone.now() + dt.timedelta(days=1)
        make_article(section=section, tags=[self.tag], by=[self.author])
        make_published(section=section, published_at=tomorrow)
        make_published(section=section, embargo_until=tomorrow)
        make_published(section=section, status="withdrawn")
        for _ in range(25):
            make_article(section=section, status="review")
        self.assertEqual([everything_about(self.client.get(address)) for address in addresses], empty)

    def test_a_menu_of_sections_with_something_to_read(self):
        empty = make_section("Never filled")
        make_article(section=empty)
        self.assertNotContains(self.client.get("/archive/"), "Never filled")

    def test_authors_and_tags_without_public_stories_have_no_page(self):
        author, tag = make_author(), make_tag()
        make_article(by=[author], tags=[tag])
        for row in [author, tag]:
            self.assertEqual(self.client.get(row.get_absolute_url()).status_code, 404)

    def test_another_word_for_a_tag_leads_to_the_tag(self):
        make_tag_synonym(self.tag, "Große Boote")
        response = self.client.get(reverse("tag", args=["große-boote"]))
        self.assertRedirects(response, self.tag.get_absolute_url(), 301)
        self.assertEqual(self.client.get(reverse("tag", args=["boote"])).status_code, 404)
