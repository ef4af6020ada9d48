"""Who said what: pages of quotes, statements and sources."""

import datetime as dt

from django.test import TestCase
from django.utils import timezone

from tests.make import (
    make_affiliation,
    make_alias,
    make_article,
    make_published,
    make_quote,
    make_source,
    make_statement,
)


def ago(days):
    return timezone.now() - dt.timedelta(days=days)


def texts(page):
    return [quote.text for quote in page.context["quotes"]]


class QuotePage(TestCase):
    def test_it_shows_the_words_who_said_them_and_where_they_lead(self):
        speaker, letter = make_source("Mara"), make_statement("The letter")
        make_affiliation(speaker, make_source("Harbor"), title="chief")
        old, new = make_published("The older story", published_at=ago(9)), make_published("The newer story")
        quote = make_quote(
            new, speaker, text="A cut.", statement=letter, occasion="a letter", link="https://example.org/x"
        )
        make_quote(old, speaker, text="Another cut.", statement=letter)
        make_quote(old, speaker, text="Something else.")
        page = self.client.get(quote.get_absolute_url())
        for words in [
            "“A cut.”",
            "Mara",
            "chief, Harbor",
            "a letter",
            "https://example.org/x",
            "The newer story",
            "The letter",
        ]:
            self.assertContains(page, words)
        self.assertEqual([card.text for card in page.context["cuts"]], ["Another cut."])
        self.assertEqual([card.text for card in page.context["more"]], ["Something else."])

    def test_an_unknown_quote(self):
        self.assertEqual(self.client.get("/quotes/nothing/").status_code, 404)

    def test_a_quote_of_a_draft(self):
        self.assertEqual(self.client.get(make_quote(make_article()).get_absolute_url()).status_code, 404)


class StatementPage(TestCase):
    def test_every_public_cut_the_earliest_first(self):
        letter = make_statement("The letter")
        for text, days in [("second", 2), ("first", 9), ("third", 1)]:
            make_quote(make_published(published_at=ago(days)), text=text, statement=letter)
        make_quote(make_article(), text="draft", statement=letter)
        make_quote(
            make_published(), text="unnamed", statement=letter, terms="background", attribution="somebody"
        )
        self.assertEqual(texts(self.client.get(letter.get_absolute_url())), ["first", "second", "third"])

    def test_a_statement_nobody_quotes_in_public_has_no_page(self):
        letter = make_statement()
        make_quote(make_article(), statement=letter)
        self.assertEqual(self.client.get(letter.get_absolute_url()).status_code, 404)


class SourcePage(TestCase):
    def test_everything_said_newest_first_with_the_title_held_that_day(self):
        mara, harbor = make_source("Mara", description="Runs Harbor."), make_source("Harbor")
        make_alias(mara, "M. Benning")
        make_affiliation(mara, harbor, title="chief", ended_on=dt.date(2018, 8, 6))
        make_affiliation(mara, harbor, title="co-chief", started_on=dt.date(2018, 8, 7))
        old, new = make_published("Old story", published_at=ago(9)), make_published("New story")
        make_quote(old, mara, text="earlier", said_on=dt.date(2018, 8, 1))
        make_quote(new, mara, text="later", said_on=dt.date(2018, 9, 1))
        make_quote(make_article("Hidden story"), mara, text="never")
        page = self.client.get(mara.get_absolute_url())
        self.assertEqual(texts(page), ["later", "earlier"])
        self.assertEqual([card.titles[0].title for card in page.context["quotes"]], ["co-chief", "chief"])
        for words in ["M. Benning", "Runs Harbor.", "Old story", "New story", "2 quotes"]:
            self.assertContains(page, words)
        self.assertNotContains(page, "Hidden story")

    def test_a_title_not_yet_held_at_any_public_quote_is_not_announced(self):
        mara = make_source("Mara")
        make_affiliation(mara, make_source("Harbor"), title="next chair", started_on=dt.date(2099, 1, 1))
        make_quote(make_published(), mara)
        harbor = mara.affiliations.get().organisation
        make_quote(make_published(), harbor)
        self.assertNotContains(self.client.get(mara.get_absolute_url()), "next chair")
        self.assertNotContains(self.client.get(harbor.get_absolute_url()), "next chair")

    def test_an_organisation_lists_the_people_quoted_from_it(self):
        harbor, mara, silent = make_source("Harbor"), make_source("Mara"), make_source("Silent Sam")
        make_affiliation(mara, harbor, title="chief")
        make_affiliation(silent, harbor, title="clerk")
        story = make_published()
        make_quote(story, harbor)
        make_quote(story, mara)
        make_quote(make_article(), silent)
        page = self.client.get(harbor.get_absolute_url())
        self.assertContains(page, "Mara")
        self.assertNotContains(page, "Silent Sam")

    def test_a_source_without_public_words_has_no_page(self):
        source = make_source()
        make_quote(make_article(), source)
        self.assertEqual(self.client.get(source.get_absolute_url()).status_code, 404)

    def test_long_records_are_paged(self):
        source, story = make_source(), make_published()
        for n in range(25):
            make_quote(story, source, text=f"{n}")
        self.assertEqual(len(texts(self.client.get(source.get_absolute_url()))), 20)
        self.assertEqual(
            texts(self.client.get(source.get_absolute_url(), {"page": 2})), [f"{n}" for n in range(20, 25)]
        )
        self.assertEqual(self.client.get(source.get_absolute_url(), {"page": 3}).status_code, 404)
