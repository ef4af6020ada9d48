"""What a page costs: the same number of queries however much there is to show."""

import datetime as dt

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from tests.make import (
    make_affiliation,
    make_author,
    make_correction,
    make_published,
    make_quote,
    make_reply_request,
    make_section,
    make_source,
    make_statement,
    make_tag,
)

BUDGETS = {
    "article": 12,
    "front_page": 10,
    "section": 6,
    "author": 6,
    "tag": 6,
    "source": 8,
    "statement": 6,
    "quote": 9,
    "archive": 2,
    "archive_year": 7,
    "archive_month": 6,
    "corrections": 4,
    "corrections_rss": 1,
    "feed_rss": 5,
    "feed_atom": 5,
    "section_rss": 6,
    "tag_atom": 6,
    "sitemap": 7,
    "sitemap_part": 2,
}


class QueryCounts(TestCase):
    def newsroom_of(self, number):
        """Everything there are `number` of, tied to each other as closely as can be; one address of each kind."""
        reporter, tag, source, statement = make_author(), make_tag(), make_source(), make_statement()
        sections = [make_section() for _ in range(number)]
        organisation = make_source(kind="organisation")
        for n in range(number):
            story = make_published(
                section=sections[n],
                tags=[tag, *[make_tag() for _ in range(number)]],
                by=[reporter, *[make_author() for _ in range(number)]],
                published_at=timezone.now() - dt.timedelta(minutes=n + 1),
            )
            make_quote(story, source, statement=statement, reported_by=organisation)
            make_reply_request(story, organisation)
            make_correction(story, quote=story.quotes.first())
            for _ in range(number - 1):
                speaker = make_source()
                make_affiliation(speaker, organisation)
                make_quote(story, speaker, statement=make_statement(), reported_by=make_source())
                make_reply_request(story, speaker)
                make_correction(story)
            story.picks.set(Article.objects.exclude(pk=story.pk))
        day = timezone.localdate(story.published_at)
        arguments = {
            "article": [story.slug],
            "section": [story.section.slug],
            "section_rss": [story.section.slug],
            "author": [reporter.slug],
            "tag": [tag.slug],
            "tag_atom": [tag.slug],
            "source": [source.slug],
            "statement": [statement.slug],
            "sitemap_part": ["quotes"],
            "quote": [story.quotes.first().slug],
            "archive_year": [day.year],
            "archive_month": [day.year, day.month],
        }
        return {name: reverse(name, args=arguments.get(name)) for name in BUDGETS}

    def count(self, addresses):
        counts = {}
        for name, address in addresses.items():
            with CaptureQueriesContext(connection) as queries:
                self.assertEqual(self.client.get(address).status_code, 200)
            counts[name] = len(queries)
        return counts

    def test_every_page_costs_the_same_with_3_and_with_30_of_everything(self):
        few = self.count(self.newsroom_of(3))
        many = self.count(self.newsroom_of(30))
        self.assertEqual(few, many)
        self.assertEqual({name: n for name, n in many.items() if n > BUDGETS[name]}, {})
