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

    def test_what_a_paper_said_and_what_it_reported_stand_apart_and_are_counted_apart(self):
        paper, story = make_source("The Paper", kind="publication"), make_published()
        for n in range(3):
            make_quote(story, make_source("Mara"), text=f"of others {n}", reported_by=paper)
        make_quote(make_published(published_at=ago(900)), paper, text="its own", kind="figure")
        make_quote(make_article(), paper, text="never")
        make_quote(make_article(), text="never", reported_by=paper)
        page = self.client.get(paper.get_absolute_url())
        self.assertEqual([card.text for card in page.context["said"]], ["its own"])
        self.assertEqual(
            [card.text for card in page.context["reported"]], [f"of others {n}" for n in range(3)]
        )
        for words in [
            "<span>1 quote on record</span>",
            "<span>3 quotes of others</span>",
            '<h2 id="said">What The Paper said, newest first</h2>',
            '<h2 id="reported">What others said, as The Paper reported it, newest first</h2>',
        ]:
            self.assertContains(page, words, html=True)

    def test_a_heading_stands_over_words_only(self):
        paper, mara, story = make_source("The Paper"), make_source("Mara"), make_published()
        make_quote(story, mara, reported_by=paper)
        page = self.client.get(paper.get_absolute_url())
        self.assertNotContains(page, "The Paper said")
        self.assertNotContains(page, "on record</span>")
        self.assertContains(page, "What The Paper reported, as quoted in The Newsroom.")
        page = self.client.get(mara.get_absolute_url())
        self.assertNotContains(page, "as Mara reported it")
        self.assertNotContains(page, "of others")

    def test_what_was_reported_goes_on_over_the_pages_after_what_was_said(self):
        paper, story = make_source("The Paper"), make_published()
        for n in range(22):
            make_quote(story, text=f"reported {n}", reported_by=paper)
        make_quote(story, paper, text="said")
        first, second = [self.client.get(paper.get_absolute_url(), {"page": n}) for n in [1, 2]]
        self.assertEqual(texts(first), ["said", *[f"reported {n}" for n in range(19)]])
        self.assertEqual(texts(second), ["reported 19", "reported 20", "reported 21"])
        for page in [first, second]:
            self.assertContains(page, "1 quote on record")
            self.assertContains(page, "22 quotes of others")
        self.assertNotContains(second, "The Paper said, newest first")

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
