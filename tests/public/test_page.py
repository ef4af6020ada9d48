"""What holds for every page: its one address, its place in the menu, how it writes a date."""

import datetime as dt
import re

from django.test import TestCase, override_settings
from django.utils.html import strip_tags

from articles.models import Quote
from tests.make import (
    make_article,
    make_author,
    make_correction,
    make_editor,
    make_published,
    make_quote,
    make_reply_request,
    make_section,
    make_source,
    make_statement,
    make_tag,
)

SITE = "https://news.example.org"
DAY = dt.date(2018, 9, 25)
NOON = dt.datetime(2018, 9, 25, 19, tzinfo=dt.UTC)  # in Los Angeles

#: 25 September; Sept. 25; 2018-09-25; 9/25/2018; 19:00 or 12:00 without AM or PM.
ANOTHER_STYLE = re.compile(
    r"\b[0-3]?\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*,? \d{4}"
    r"|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.? \d"
    r"|\d{4}-\d\d|\d/\d+/\d|\d\d:\d\d(?! [AP]M)"
)


def make_everything():
    """A story and the rows readers can reach from it."""
    author, tag, source, statement = make_author(), make_tag(), make_source(), make_statement()
    story = make_published(
        by=[author], tags=[tag], published_at=NOON, revised_at=NOON, section=make_section("Work")
    )
    quote = make_quote(story, source, statement=statement, said_on=DAY, reported_by=make_source())
    make_reply_request(story, source, asked_on=DAY)
    make_correction(story, made_at=NOON, quote=quote)
    return [story, story.section, author, tag, source, statement, quote]


def canonical(page):
    return re.findall(r'<link rel="canonical" href="([^"]*)">', page.content.decode())


@override_settings(SITE_URL=SITE)
class OneAddress(TestCase):
    def test_no_parameter_makes_a_second_page_out_of_one(self):
        rows = make_everything()
        for path in [
            "/",
            "/archive/",
            "/archive/2018/",
            "/archive/2018/09/",
            "/corrections/",
            *[r.get_absolute_url() for r in rows],
        ]:
            for query in [
                "",
                "?page=1",
                "?page=1&page=1",
                "?utm_source=x&page=1",
                "?p=2",
                "?Page=2",
                "?page%5B%5D=2",
            ]:
                with self.subTest(path=path, query=query):
                    self.assertEqual(canonical(self.client.get(path + query)), [SITE + path])

    def test_odd_numbers_change_nothing_on_pages_without_pages_and_are_unknown_elsewhere(self):
        story, section, *_ = make_everything()
        for query in ["?page=0", "?page=2", "?page=-1", "?page=x", "?page="]:
            for path in ["/", "/archive/", story.get_absolute_url()]:
                with self.subTest(path=path, query=query):
                    page = self.client.get(path + query)
                    self.assertEqual((page.status_code, canonical(page)), (200, [SITE + path]))
            for path in [section.get_absolute_url(), "/corrections/"]:
                with self.subTest(path=path, query=query):
                    page = self.client.get(path + query)
                    self.assertEqual((page.status_code, canonical(page)), (404, []))

    def test_a_slug_in_capitals_is_the_same_page(self):
        for row in make_everything():
            path = row.get_absolute_url()
            head, slug = path.rstrip("/").rsplit("/", 1)
            with self.subTest(path=path):
                page = self.client.get(f"{head}/{slug.upper()}/")
                self.assertEqual((page.status_code, canonical(page)), (200, [SITE + path]))


class Menu(TestCase):
    def test_it_marks_the_page_one_is_on(self):
        _, section, *others = make_everything()
        marked = re.compile(r'href="([^"]*)"\s+aria-current="page"')
        for path, expected in [
            (section.get_absolute_url(), [section.get_absolute_url()]),
            ("/archive/", ["/archive/"]),
            ("/corrections/", []),
            ("/", []),
            *[(row.get_absolute_url(), []) for row in others],
        ]:
            with self.subTest(path=path):
                self.assertEqual(marked.findall(self.client.get(path).content.decode()), expected)


class Dates(TestCase):
    def words(self, address):
        page = self.client.get(address).content.decode()
        return " ".join(strip_tags(re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)).split())

    def test_every_page_writes_a_day_in_the_same_style(self):
        rows = make_everything()
        addresses = [
            "/",
            *[row.get_absolute_url() for row in rows],
            "/corrections/",
            "/archive/",
            "/archive/2018/",
            "/archive/2018/09/",
        ]
        for address in addresses:
            with self.subTest(address=address):
                self.assertEqual(ANOTHER_STYLE.findall(self.words(address)), [])
        for address in addresses[:9]:
            self.assertIn("September 25, 2018", self.words(address))
        self.assertIn("September 25, 2018, 12:00 PM PDT", self.words(addresses[1]))

    def test_so_does_the_desks_preview(self):
        self.client.force_login(make_editor())
        story = make_article(embargo_until=NOON)
        make_quote(story, said_on=DAY)
        for address in [story.get_absolute_url(), Quote.objects.get().get_absolute_url()]:
            words = self.words(address)
            self.assertIn("under embargo until September 25, 2018, 12:00 PM PDT; only", words)
            self.assertEqual(ANOTHER_STYLE.findall(words), [])
