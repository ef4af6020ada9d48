"""Quotes as readers may see them: who spoke, in which capacity that day, and never who may not be named."""

import datetime as dt
import json
import secrets

from django.test import TestCase

from articles.models import Quote
from articles.public.quote_cards import Name, by_speaker, card_rows, cards
from tests.make import (
    an_hour_ago,
    make_affiliation,
    make_alias,
    make_article,
    make_image,
    make_published,
    make_quote,
    make_reply_request,
    make_source,
    make_statement,
    make_tag,
)
from tests.public.every_address import World, content


def cards_of(article):
    return cards(
        card_rows(Quote.objects.filter(article=article).in_story_order(), an_hour_ago()), an_hour_ago()
    )


class Names(TestCase):
    def test_a_name_is_printed_as_a_link_and_safe(self):
        self.assertEqual(str(Name("A & <b>", "/x/?a&b")), '<a href="/x/?a&amp;b">A &amp; &lt;b&gt;</a>')

    def test_without_an_address_it_is_mere_words(self):
        self.assertEqual(str(Name("A & <b>")), "A &amp; &lt;b&gt;")

    def test_an_organisation_is_linked_only_if_it_has_a_page(self):
        organisation = make_source("Harbor Systems")
        speaker = make_source("Mara")
        make_affiliation(speaker, organisation, title="chief")
        story = make_published()
        make_quote(story, speaker)
        self.assertEqual(str(cards_of(story)[0].titles[0]), "chief, Harbor Systems")
        make_quote(make_article(), organisation)
        self.assertEqual(str(cards_of(story)[0].titles[0]), "chief, Harbor Systems")
        make_quote(story, organisation)
        self.assertIn(organisation.get_absolute_url(), str(cards_of(story)[0].titles[0]))

    def test_a_paper_that_reported_it_is_linked_to_its_page(self):
        paper = make_source("The Paper")
        story = make_published()
        make_quote(story, reported_by=paper)
        self.assertEqual(cards_of(story)[0].reporter, Name("The Paper", paper.get_absolute_url()))

    def test_nobody_is_said_to_have_had_it_first(self):
        story = make_published()
        make_quote(story, make_source("Mara"), reported_by=make_source("The Paper"))
        for address in [story.get_absolute_url(), story.quotes.get().get_absolute_url()]:
            page = " ".join(self.client.get(address).content.decode().split())
            self.assertIn("<span>reported by <a ", page)
            self.assertNotIn("first reported", page)


class Titles(TestCase):
    def setUp(self):
        self.speaker, self.company = make_source("Mara"), make_source("Harbor", kind="organisation")
        self.story = make_published(published_at=dt.datetime(2018, 9, 25, 19, tzinfo=dt.UTC))

    def titles(self, **values):
        Quote.objects.all().delete()
        make_quote(self.story, self.speaker, **values)
        return [title.title for title in cards_of(self.story)[0].titles]

    def test_the_title_held_on_the_day_it_was_said(self):
        make_affiliation(self.speaker, self.company, title="chief", ended_on=dt.date(2018, 8, 6))
        make_affiliation(self.speaker, self.company, title="co-chief", started_on=dt.date(2018, 8, 7))
        self.assertEqual(self.titles(said_on=dt.date(2018, 8, 6)), ["chief"])
        self.assertEqual(self.titles(said_on=dt.date(2018, 8, 7)), ["co-chief"])

    def test_the_day_of_print_if_nobody_knows_when_it_was_said(self):
        make_affiliation(self.speaker, self.company, title="chief", ended_on=dt.date(2018, 9, 24))
        make_affiliation(self.speaker, self.company, title="co-chief", started_on=dt.date(2018, 9, 25))
        self.assertEqual(self.titles(), ["co-chief"])

    def test_of_titles_without_bounds_the_one_reported_nearest_to_the_day(self):
        make_affiliation(self.speaker, self.company, title="chief", known_on=dt.date(2018, 7, 1))
        make_affiliation(self.speaker, self.company, title="co-chief", known_on=dt.date(2018, 9, 25))
        self.assertEqual(self.titles(said_on=dt.date(2018, 7, 20)), ["chief"])
        self.assertEqual(self.titles(said_on=dt.date(2018, 9, 20)), ["co-chief"])

    def test_one_title_for_each_organisation(self):
        make_affiliation(self.speaker, self.company, title="chief")
        make_affiliation(self.speaker, make_source("Alliance"), title="chair")
        self.assertEqual(self.titles(), ["chair", "chief"])

    def test_no_title_that_was_not_held(self):
        make_affiliation(self.speaker, self.company, title="chief", started_on=dt.date(2019, 1, 1))
        self.assertEqual(self.titles(), [])


class Speakers(TestCase):
    def test_words_are_gathered_by_speaker_in_the_order_they_first_speak(self):
        mara, jo, story = make_source("Mara"), make_source("Jo"), make_published()
        for speaker, text in [(mara, "a"), (jo, "b"), (mara, "c")]:
            make_quote(story, speaker, text=text)
        gathered = [
            (speaker.name.text, [quote.text for quote in speaker.quotes])
            for speaker in by_speaker(cards_of(story))
        ]
        self.assertEqual(gathered, [("Mara", ["a", "c"]), ("Jo", ["b"])])

    def test_an_unnamed_speaker_is_never_gathered_with_the_same_source_by_name(self):
        mara, story = make_source("Mara"), make_published()
        make_quote(story, mara)
        make_quote(story, mara, terms="background", attribution="an insider")
        self.assertEqual(
            [speaker.name.text for speaker in by_speaker(cards_of(story))], ["Mara", "an insider"]
        )
        self.assertEqual([speaker.named for speaker in by_speaker(cards_of(story))], [True, False])


class NotForAttribution(TestCase):
    """A source that is not named: readers see the attribution and the reason, and nothing leads further."""

    def canary(self):
        self.canaries.append(f"canary{secrets.token_hex(6)}")
        return self.canaries[-1]

    def setUp(self):
        self.canaries = []
        word = self.canary
        self.source = make_source(word(), slug=word(), description=word())
        make_alias(self.source, word())
        make_affiliation(self.source, make_source(word(), slug=word()), title=word())
        self.named = make_source("A named source")
        self.tag, self.statement = make_tag(), make_statement(word(), slug=word(), description=word())
        self.image = make_image()
        self.story = make_published("Told in confidence", tags=[self.tag], image=self.image)
        self.quote = make_quote(
            self.story,
            self.source,
            text="It is worse than they say.",
            slug=word(),
            occasion=word(),
            said_on=dt.date(1971, 3, 4),
            link=f"https://{word()}.example/",
            statement=self.statement,
            reported_by=make_source(word(), slug=word()),
            terms=Quote.Terms.UNNAMED,
            attribution="a person close to the talks",
            unnamed_reason="fears for the job",
        )
        make_reply_request(self.story, self.source, note=word(), asked_by=word())
        make_quote(self.story, self.named)
        self.other = make_published("On the record", tags=[self.tag])

    def pages(self):
        published = self.story.published_at
        world = World(
            self.story,
            self.story.section,
            self.story.section,
            self.source,
            self.statement,
            self.tag,
            self.quote,
            self.image,
            published.year,
            published.month,
        )
        addresses = [*world.every_address(), self.other.get_absolute_url(), self.named.get_absolute_url()]
        return {address: self.client.get(address) for address in addresses}

    def test_the_story_says_how_and_why(self):
        page = self.client.get(self.story.get_absolute_url())
        self.assertContains(page, "It is worse than they say.")
        self.assertContains(page, "a person close to the talks")
        self.assertContains(page, "fears for the job")
        self.assertContains(page, "This story quotes 1 named source.")

    def test_no_byte_about_the_source_gets_out(self):
        for terms in [Quote.Terms.UNNAMED, Quote.Terms.BACKGROUND]:
            Quote.objects.filter(pk=self.quote.pk).update(terms=terms)
            for address, response in self.pages().items():
                text = content(response).decode(errors="replace")
                for word in self.canaries:
                    with self.subTest(terms=terms, address=address):
                        self.assertNotIn(word, text)
                self.assertNotIn("1971", text)

    def test_neither_source_nor_quote_nor_statement_has_a_page(self):
        for row in [self.source, self.quote, self.statement]:
            self.assertEqual(self.client.get(row.get_absolute_url()).status_code, 404)

    def test_once_on_the_record_all_of_it_can_be_read(self):
        Quote.objects.filter(pk=self.quote.pk).update(terms=Quote.Terms.ON_THE_RECORD)
        text = b"".join(content(page) for page in self.pages().values()).decode(errors="replace")
        organisation = self.source.affiliations.get().organisation
        self.assertEqual([word for word in self.canaries if word not in text], [organisation.slug])

    def test_being_named_elsewhere_ties_the_two_stories_together_nowhere(self):
        self.tag.delete()
        make_quote(self.other, self.source, statement=self.statement)
        here = self.client.get(self.story.get_absolute_url()).content.decode()
        self.assertEqual([word for word in self.canaries if word in here], [])
        for row in [self.source, self.statement]:
            page = self.client.get(row.get_absolute_url())
            self.assertContains(page, "On the record")
            self.assertNotContains(page, "Told in confidence")
            self.assertNotContains(page, "It is worse than they say.")
        self.assertNotContains(self.client.get(self.other.get_absolute_url()), "Told in confidence")

    def test_structured_data_does_not_speak_of_it(self):
        page = self.client.get(self.story.get_absolute_url()).content.decode()
        data = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
        self.assertEqual(json.loads(data)["headline"], "Told in confidence")
        self.assertNotIn("canary", data)
