"""What readers are told of corrections, on the page of a story and on the page of all there are."""

import datetime as dt
import re

import feedparser
from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Correction, Quote
from articles.public.corrections import ON_TOP
from articles.public.page import PER_PAGE
from tests.make import make_article, make_correction, make_editor, make_published, make_quote

EVENING_IN_LOS_ANGELES = dt.datetime(2018, 9, 27, 2, 30, tzinfo=dt.UTC)
SHE_LEADS = "An earlier version misstated her title.\n\nShe leads the center & runs it."


class Corrections(TestCase):
    def page(self, story):
        return self.client.get(story.get_absolute_url()).content.decode()

    def under_the_story(self, story):
        return self.page(story).partition('<section class="corrections"')[2].partition("</section>")[0]

    def on_top(self, story):
        return self.page(story).partition('<article class="story">')[2].partition("<header")[0]

    def test_each_says_its_kind_its_day_and_its_words(self):
        story = make_published()
        make_correction(story, kind="clarification", text=SHE_LEADS, made_at=EVENING_IN_LOS_ANGELES)
        self.assertInHTML(
            """<li class="notice clarification" id="correction-1">
              <p class="notice-head">
                <strong>Clarification</strong>
                <time datetime="2018-09-26T19:30:00-07:00">September 26, 2018</time>
              </p>
              <p>An earlier version misstated her title.</p>
              <p>She leads the center &amp; runs it.</p>
            </li>""",
            self.page(story),
        )

    def test_the_newest_comes_first(self):
        story = make_published()
        for hours, text in [(1, "Second"), (2, "Third"), (0, "First")]:
            make_correction(story, text=text, made_at=EVENING_IN_LOS_ANGELES + dt.timedelta(hours=hours))
        shown = self.under_the_story(story)
        self.assertEqual(sorted(["First", "Second", "Third"], key=shown.index), ["Third", "Second", "First"])

    def test_they_stand_right_under_the_text(self):
        story = make_published(body="<p>The last words.</p>")
        make_correction(story)
        between = (
            self.page(story).partition("The last words.")[2].partition('<section class="corrections"')[0]
        )
        self.assertEqual(between.split(), ["</p>", "</div>"])

    def test_a_retraction_stands_on_top_as_well(self):
        story = make_published()
        make_correction(story, text="A title was wrong.")
        make_correction(story, kind="retraction", text="None of it is true.")
        self.assertIn("None of it is true.", self.on_top(story))
        self.assertIn("Retraction", self.on_top(story))
        self.assertNotIn("A title was wrong.", self.on_top(story))
        self.assertIn("None of it is true.", self.under_the_story(story))

    def test_without_any_there_is_no_word_of_it(self):
        story = self.page(make_published()).partition("<main")[2].partition("</main>")[0]
        self.assertNotIn("correction", story.lower())
        self.assertNotIn("notice", story)

    def test_the_quote_it_is_about_is_one_step_away(self):
        story = make_published()
        make_quote(story)
        quote = make_quote(story)
        make_correction(story, quote=quote)
        self.assertIn('<a href="#quote-2">The quote it is about</a>', self.under_the_story(story))
        self.assertIn('id="quote-2"', self.page(story))

    def test_a_quote_of_another_story_is_led_to_from_nowhere(self):
        """No form lets one in; a row written past the forms may hold one."""
        story, other = make_published(), make_published()
        make_quote(story)
        make_correction(story, quote=make_quote(other))
        self.assertNotIn("<a", self.under_the_story(story))

    def test_only_the_desk_sees_those_of_a_draft(self):
        story = make_article()
        make_correction(story, text="Still to be agreed.")
        self.assertNotIn("Still to be agreed.", self.page(story))
        self.client.force_login(make_editor())
        self.assertIn("Still to be agreed.", self.under_the_story(story))

    def test_one_whose_date_lies_ahead_is_not_out_yet_and_staff_see_the_same_page(self):
        story = make_published()
        make_correction(story, text="Still to come.", made_at=timezone.now() + dt.timedelta(minutes=1))
        self.assertNotIn("Still to come.", self.page(story))
        self.client.force_login(make_editor())
        self.assertNotIn("Still to come.", self.page(story))
        Article.objects.update(status="review")
        self.assertIn("Still to come.", self.page(story))


class OnTop(TestCase):
    """A correction that readers meet before the text."""

    def before_the_text(self, story):
        page = self.client.get(story.get_absolute_url()).content.decode()
        head, _, rest = page.partition('<article class="story">')[2].partition('<div class="body">')
        return head, rest

    def test_a_short_one_stands_there_in_full_and_under_the_text_as_well(self):
        story = make_published()
        make_correction(story, text="It is 2,300 families.", on_top=True, kind="update")
        head, rest = self.before_the_text(story)
        self.assertIn("It is 2,300 families.", head)
        self.assertIn("Update", head)
        self.assertNotIn("Read the whole", head)
        self.assertIn("It is 2,300 families.", rest)

    def test_a_long_one_begins_there_and_leads_to_the_whole(self):
        story = make_published()
        make_correction(story)
        make_correction(story, text=f"{'word ' * ON_TOP}the end", on_top=True, kind="clarification")
        head, rest = self.before_the_text(story)
        self.assertIn("word word", head)
        self.assertNotIn("the end", head)
        self.assertIn('<a href="#correction-2">Read the whole clarification</a>', head)
        self.assertIn("the end", rest)
        self.assertIn('id="correction-2"', rest)

    def test_of_several_paragraphs_the_first_stands_there(self):
        story = make_published()
        make_correction(story, text=SHE_LEADS, on_top=True)
        head, _ = self.before_the_text(story)
        self.assertIn("misstated her title.", head)
        self.assertNotIn("She leads", head)
        self.assertIn("Read the whole correction", head)

    def test_others_stand_under_the_text_only(self):
        story = make_published()
        make_correction(story, text="It was Monday.")
        head, rest = self.before_the_text(story)
        self.assertNotIn("It was Monday.", head)
        self.assertIn("It was Monday.", rest)

    def test_a_retraction_stands_there_once_ticked_or_not(self):
        for on_top in [False, True]:
            story = make_published()
            make_correction(story, kind="retraction", text="None of it is true.", on_top=on_top)
            head, _ = self.before_the_text(story)
            self.assertEqual(head.count("None of it is true."), 1)


@override_settings(SITE_URL="https://news.example.org")
class AllCorrections(TestCase):
    address = "/corrections/"

    def page(self, **query):
        return self.client.get(self.address, query).content.decode()

    def main(self, **query):
        return self.page(**query).partition("<main")[2].partition("</main>")[0]

    def test_each_says_its_kind_its_day_its_words_and_leads_to_its_story(self):
        story = make_published("Bread & butter", slug="bread")
        make_correction(story, kind="clarification", text=SHE_LEADS, made_at=EVENING_IN_LOS_ANGELES)
        self.assertInHTML(
            """<section class="corrected-month" aria-labelledby="2018-09">
              <h2 id="2018-09">September 2018</h2>
              <ol><li class="notice clarification">
                <h3 class="headline"><a href="/stories/bread/#correction-1">Bread &amp; butter</a></h3>
                <p class="notice-head">
                  <strong>Clarification</strong>
                  <time datetime="2018-09-26T19:30:00-07:00">September 26, 2018</time>
                </p>
                <p>An earlier version misstated her title.</p>
                <p>She leads the center &amp; runs it.</p>
              </li></ol>
            </section>""",
            self.main(),
        )

    def test_the_newest_comes_first_under_the_month_it_was_made_in_here(self):
        first_of_october_in_london = dt.datetime(2018, 10, 1, 5, tzinfo=dt.UTC)
        for days, text in [(0, "In September"), (1, "In October"), (-40, "In August")]:
            make_correction(
                make_published(), text=text, made_at=first_of_october_in_london + dt.timedelta(days=days)
            )
        found = re.findall(r"<h2 id=\"[-\d]+\">([^<]*)|<p>(In [^<]*)</p>", self.main())
        self.assertEqual(
            ["".join(pair) for pair in found],
            ["October 2018", "In October", "September 2018", "In September", "August 2018", "In August"],
        )

    def test_a_correction_of_a_hidden_story_and_one_still_to_come_do_not_show(self):
        make_correction(make_article(), text="Of a draft.")
        make_correction(make_published(status="withdrawn"), text="Of a withdrawn one.")
        make_correction(
            make_published(embargo_until=timezone.now() + dt.timedelta(hours=1)), text="Embargoed."
        )
        make_correction(make_published(), text="Ahead.", made_at=timezone.now() + dt.timedelta(minutes=1))
        self.assertIn("Nothing has been corrected yet.", self.main())
        self.assertNotIn("<li", self.main())

    def test_the_words_of_a_quote_are_one_step_away_where_it_has_a_page(self):
        story = make_published()
        quote = make_quote(story, slug="her-words")
        make_correction(story, quote=quote)
        self.assertIn('<a href="/quotes/her-words/">The quote it is about</a>', self.main())
        Quote.objects.update(terms="background", attribution="somebody")
        self.assertNotIn("her-words", self.page())
        self.assertNotIn("The quote it is about", self.page())

    def test_a_quote_of_another_story_is_led_to_from_nowhere(self):
        make_correction(make_published(), quote=make_quote(make_article(), slug="of-a-draft"))
        self.assertNotIn("of-a-draft", self.page())

    def test_a_page_holds_as_many_as_other_lists_and_the_next_the_rest(self):
        story = make_published()
        for number in range(PER_PAGE + 1):
            make_correction(story, text=f"No. {number}.", made_at=EVENING_IN_LOS_ANGELES)
        shown = [re.findall(r"<p>(No\. \d+)\.", self.main(page=page)) for page in (1, 2)]
        expected = [f"No. {number}" for number in reversed(range(PER_PAGE + 1))]
        self.assertEqual(shown, [expected[:PER_PAGE], expected[PER_PAGE:]])
        self.assertIn('<a href="?page=2"', re.sub(r"\s+", " ", self.main()).replace('rel="next" ', ""))
        self.assertEqual(self.client.get(self.address, {"page": 3}).status_code, 404)

    def test_every_page_leads_there_and_there_leads_to_the_feeds(self):
        self.assertIn('<a href="/corrections/">Corrections</a>', self.client.get("/").content.decode())
        for kind, media in [("rss", "application/rss+xml"), ("atom", "application/atom+xml")]:
            self.assertInHTML(
                f'<link rel="alternate" type="{media}" title="Corrections" href="/corrections/{kind}/">',
                self.page(),
            )
            self.assertIn(f'<a href="/corrections/{kind}/">', self.main())

    def test_anybody_may_keep_it_and_asks_whether_it_has_changed(self):
        correction = make_correction(make_published())
        for address in [self.address, reverse("corrections_rss"), reverse("corrections_atom")]:
            with self.subTest(address=address):
                first = self.client.get(address)
                self.assertEqual(first["Cache-Control"], "public, max-age=0, must-revalidate")
                self.assertNotIn("Last-Modified", first)
                again = {"If-None-Match": first["ETag"]}
                self.assertEqual(self.client.get(address, headers=again).status_code, 304)
                Article.objects.filter(pk=correction.article_id).update(status="withdrawn")
                gone = self.client.get(address, headers=again)
                self.assertEqual(gone.status_code, 200)
                self.assertNotContains(gone, correction.text)
                Article.objects.filter(pk=correction.article_id).update(status="published")

    def test_only_reading_is_allowed(self):
        for address in [self.address, reverse("corrections_rss"), reverse("corrections_atom")]:
            self.assertEqual(self.client.post(address).status_code, 405)

    def test_feeds_hold_each_with_its_own_address_and_moment(self):
        story = make_published("Bread & butter", slug="bread")
        make_correction(story, text="A < B\n\nand & C", made_at=EVENING_IN_LOS_ANGELES)
        make_correction(
            story, kind="retraction", text="All.", made_at=EVENING_IN_LOS_ANGELES + dt.timedelta(days=1)
        )
        make_correction(make_article(), text="Of a draft.")
        for address in ["/corrections/rss/", "/corrections/atom/"]:
            with self.subTest(address=address):
                response = self.client.get(address, headers={"Host": "localhost"})
                self.assertNotContains(response, "localhost")
                feed = feedparser.parse(response.content)
                self.assertFalse(feed.bozo)
                self.assertEqual(feed.feed.title, "The Newsroom: Corrections")
                self.assertEqual(feed.feed.link, "https://news.example.org/corrections/")
                self.assertEqual(
                    [(entry.title, entry.link, entry.id) for entry in feed.entries],
                    [
                        (f"{kind}: Bread & butter", link, link)
                        for kind, link in [
                            ("Retraction", "https://news.example.org/stories/bread/#correction-2"),
                            ("Correction", "https://news.example.org/stories/bread/#correction-1"),
                        ]
                    ],
                )
                self.assertEqual(feed.entries[1].summary, "<p>A &lt; B</p>\n\n<p>and &amp; C</p>")
                self.assertEqual(feed.entries[1].published_parsed[:5], (2018, 9, 27, 2, 30))
                own = [link.href for link in feed.feed.links if link.rel == "self"]
                self.assertEqual(own, [f"https://news.example.org{address}"])

    def test_a_feed_without_any_does_not_change_by_itself(self):
        for address in ["/corrections/rss/", "/corrections/atom/"]:
            feed = feedparser.parse(self.client.get(address).content)
            self.assertEqual((feed.entries, feed.bozo), ([], False))
            self.assertEqual(feed.feed.updated_parsed[:3], (1970, 1, 1))

    def test_any_text_is_fit_for_a_feed(self):
        odd = "\x00\x0b\x1b\x85\u2028\ud800\ufffe ]]> <b> & \"'"
        make_correction(make_published(f"Headline {odd}"), text=f"Words {odd}")
        self.assertEqual(Correction.objects.count(), 1)
        for address in ["/corrections/rss/", "/corrections/atom/"]:
            self.assertFalse(feedparser.parse(self.client.get(address).content).bozo)
