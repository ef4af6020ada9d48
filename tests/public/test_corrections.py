"""What readers are told of a story's corrections."""

import datetime as dt

from django.test import TestCase

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
        page = self.page(make_published())
        self.assertNotIn("correction", page.lower())
        self.assertNotIn("notice", page)

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
