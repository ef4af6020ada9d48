"""The front page: right with no story, with one, with four and with a hundred."""

import datetime as dt

from django.test import SimpleTestCase, TestCase
from django.utils import timezone

from articles.models import Article
from articles.public.front_page import opening
from tests.make import make_article, make_published, make_quote, make_section, make_source


def ago(hours):
    return timezone.now() - dt.timedelta(hours=hours)


class FrontPage(TestCase):
    def look(self):
        page = self.client.get("/")
        self.assertEqual(page.status_code, 200)
        context = page.context
        river = [
            (section.name, [story.headline for story in stories]) for section, stories in context["river"]
        ]
        lead = context["lead"]
        return lead and lead.headline, [story.headline for story in context["seconds"]], river

    def publish(self, number, section=None):
        section = section or make_section()
        return [
            make_published(f"{section.name} {n}", section=section, published_at=ago(n + 1))
            for n in range(number)
        ]

    def test_empty(self):
        make_article("Draft")
        self.assertEqual(self.look(), (None, [], []))
        self.assertContains(self.client.get("/"), "Nothing has been published yet")

    def test_one_story_leads_alone(self):
        self.publish(1, make_section("News"))
        self.assertEqual(self.look(), ("News 0", [], []))

    def test_four_stories_stand_on_top_and_none_twice(self):
        self.publish(4, make_section("News"))
        self.assertEqual(self.look(), ("News 0", ["News 1", "News 2", "News 3"], []))

    def test_a_hundred_stories_make_a_river_by_section(self):
        politics = make_section("Politics", position=2)
        self.publish(50, politics)
        for n in range(50):
            make_published(
                f"Old {n}",
                section=make_section("Culture", position=1) if n == 0 else None,
                published_at=ago(900 + n),
            )
        lead, seconds, river = self.look()
        self.assertEqual((lead, len(seconds)), ("Politics 0", 3))
        self.assertEqual(
            river,
            [("Culture", ["Old 0"]), ("Politics", ["Politics 4", "Politics 5", "Politics 6", "Politics 7"])],
        )

    def test_some_words_that_were_said_one_from_each_story(self):
        first, second = self.publish(2)
        make_quote(first, make_source("Mara"), text="Short.")
        make_quote(first, make_source("Mara"), text="The longest that fits on the page.")
        make_quote(first, make_source("Mara"), text="Far too long. " * 40)
        make_quote(second, make_source("Jo"), text="1,800 families", kind="figure")
        make_quote(second, terms="background", attribution="an insider", text="Not for the front page.")
        self.assertEqual(
            [quote.text for quote in self.client.get("/").context["quotes"]],
            ["The longest that fits on the page."],
        )

    def test_no_markup_of_the_lead_gets_out_of_its_opening(self):
        make_published(body="<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", published_at=ago(0))
        page = self.client.get("/")
        self.assertNotContains(page, "<script>alert")
        self.assertContains(page, "&lt;script&gt;alert(1)")


def words(number, last="end."):
    return " ".join(["word"] * (number - 1) + [last])


class Opening(SimpleTestCase):
    def opening(self, *paragraphs):
        return opening(Article(body="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)))

    def test_it_is_plain_text_without_headings(self):
        body = (
            "<h2>Not this</h2><p>First <em>words</em>, &amp; more.</p><ul><li>One</li></ul><p>&lt;i&gt;</p>"
        )
        self.assertEqual(opening(Article(body=body)), "First words, & more. One <i>")

    def test_as_many_whole_paragraphs_as_fit(self):
        self.assertEqual(self.opening(words(60), words(50), words(1)), f"{words(60)} {words(50)}")
        self.assertEqual(self.opening(words(60), words(51)), words(60))

    def test_of_a_first_paragraph_too_long_as_many_whole_sentences_as_fit(self):
        long = f"Short. {words(50, 'Mr. Benioff told U.S. Customs there.')} {words(80).capitalize()}"
        self.assertEqual(self.opening(long), f"Short. {words(50, 'Mr. Benioff told U.S. Customs there.')}")

    def test_it_never_breaks_off_inside_a_quotation(self):
        quotation = f"“We hear you. {words(90).capitalize()} And that is that.”"
        self.assertEqual(
            self.opening(f"She spoke there. {quotation} {words(30).capitalize()}"),
            f"She spoke there. {quotation}",
        )
        self.assertEqual(self.opening(f"She spoke there. {quotation[:-1]} {words(30)}”"), "She spoke there.")
        self.assertEqual(self.opening("Before.", "“It goes on.", f"“{words(120)}”"), "Before.")

    def test_nothing_rather_than_half_a_sentence(self):
        self.assertEqual(self.opening(words(111)), "")
        self.assertEqual(self.opening(), "")
