"""The front page: right with no story, with one, with four and with a hundred."""

import datetime as dt

from django.test import TestCase
from django.utils import timezone

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

    def test_the_opening_of_the_lead_is_plain_text(self):
        story = make_article(
            body="<h2>Not this</h2><p>First <em>words</em>, &amp; more.</p><ul><li>One</li></ul><p>&lt;i&gt; "
            + "on " * 150
            + "</p>"
        )
        self.assertTrue(opening(story).startswith("First words, & more. One <i> on on"))
        self.assertEqual((len(opening(story).split()), opening(story)[-1]), (111, "…"))
        make_published(body="<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", published_at=ago(0))
        self.assertNotContains(self.client.get("/"), "<script>alert")
