"""The text of a story on its page: pictures where they stand, and words that lead to who said them."""

import datetime as dt
import html
import secrets

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Quote
from articles.public.body import Passage, pieces
from tests.make import (
    make_article,
    make_editor,
    make_illustration,
    make_image,
    make_kept_image,
    make_published,
    make_quote,
    make_source,
)
from tests.test_cleaning import Reader
from tests.test_markup import paragraphs


def marked(slug, words):
    return f'<span data-quote="{slug}">{words}</span>'


def picture(slug):
    return f'<figure data-image="{slug}"></figure>'


class Page(TestCase):
    def page(self, story):
        return html.unescape(self.client.get(story.get_absolute_url()).content.decode())

    def test_a_picture_stands_where_the_text_says_with_what_its_record_says(self):
        story = make_published(body=f"<p>One.</p>{picture('cage')}<p>Two.</p>")
        image = make_image(
            slug="cage", alt="A cage & a crowd", caption="It rolls.", credit="Photo: Jo", width=4
        )
        make_illustration(story, image)
        page = self.page(story)
        self.assertNotIn("data-image", page)
        order = ["<p>One.</p>", f'src="{image.file.url}"', 'alt="A cage & a crowd"', 'width="4"', 'loading="lazy"',
                 "It rolls.", '<span class="credit">Photo: Jo</span>', "<p>Two.</p>"]  # fmt: skip
        places = [page.index(words) for words in order]
        self.assertEqual(places, sorted(places))

    def test_what_the_record_says_is_what_readers_see_at_once(self):
        story = make_published(body=picture("cage") + "<p>x</p>")
        image = make_image(slug="cage", caption="Before")
        make_illustration(story, image)
        image.caption = "<b>After</b>"
        image.save()
        self.assertContains(self.client.get(story.get_absolute_url()), "&lt;b&gt;After&lt;/b&gt;")

    def test_a_picture_that_is_not_there_is_not_shown(self):
        make_image(slug="not-noted", alt="Something else")
        story = make_published(body=f"<p>One.</p>{picture('nowhere')}{picture('not-noted')}<p>Two.</p>")
        page = self.page(story)
        for words in ("nowhere", "not-noted", "<img", "<figure"):
            self.assertNotIn(words, page)
        self.assertLess(page.index("One."), page.index("Two."))

    def test_words_lead_to_their_record_and_the_record_to_its_words(self):
        story = make_published(body=f"<p>She said {marked('drew-look', '“They <em>had</em> to look.”')}</p>")
        make_quote(story)
        make_quote(story, make_source("Jelani Drew"), slug="drew-look", text="They had to look.")
        page = self.page(story)
        self.assertIn('<a class="said" id="passage-2" href="#quote-2">“They <em>had</em> to look.”</a>', page)
        self.assertIn('<a href="#passage-2"', page)
        self.assertNotIn("#passage-1", page)
        self.assertNotIn("data-quote", page)

    def test_readers_come_back_to_the_first_of_several_passages(self):
        story = make_published(body=f"<p>{marked('a', 'One')}</p>{picture('x')}<p>{marked('a', 'two')}</p>")
        make_quote(story, slug="a")
        page = self.page(story)
        self.assertIn('<a class="said" id="passage-1" href="#quote-1">One</a>', page)
        self.assertIn('<a class="said" href="#quote-1">two</a>', page)

    def test_words_that_hold_a_link_are_no_link_themselves(self):
        link = '<a href="/x/">there</a>'
        story = make_published(body=f"<p>{marked('a', f'See {link}')}</p>")
        make_quote(story, slug="a")
        self.assertIn(
            '<p><span class="said" id="passage-1">See <a href="/x/">there</a></span></p>', self.page(story)
        )

    def test_marks_for_no_quote_of_this_story_are_mere_words(self):
        make_quote(make_published(), slug="of-another-story")
        story = make_published(body=f"<p>{marked('of-another-story', 'One')} {marked('gone', 'two')}.</p>")
        page = self.page(story)
        self.assertIn("<p>One two.</p>", page)
        self.assertNotIn("of-another-story", page)

    def test_a_slug_never_tells_who_is_not_named(self):
        for terms in (Quote.Terms.UNNAMED, Quote.Terms.BACKGROUND):
            name = f"canary{secrets.token_hex(6)}"
            story = make_published(body=f"<p>{marked(f'{name}-we-knew', 'We knew')}, somebody said.</p>")
            make_quote(
                story,
                make_source(name),
                slug=f"{name}-we-knew",
                terms=terms,
                attribution="a clerk",
                unnamed_reason="-",
            )
            page = self.page(story)
            self.assertNotIn(name, page)
            self.assertIn('<a class="said" id="passage-1" href="#quote-1">We knew</a>', page)

    def test_the_pictures_are_told_to_search_engines(self):
        story = make_published(image=make_image(), body=picture("a") + "<p>x</p>")
        image = make_image(slug="a")
        make_illustration(story, image)
        page = self.page(story)
        addresses = ", ".join(f'"http://localhost:8000{one.file.url}"' for one in (story.image, image))
        self.assertIn(f'"image": [{addresses}]', page)

    def test_pictures_cost_one_query_however_many_and_none_where_there_are_none(self):
        def cost(number):
            story = make_published(
                body="<p>x</p>" + "".join(picture(f"p{number}-{n}") for n in range(number))
            )
            for n in range(number):
                make_illustration(story, make_image(slug=f"p{number}-{n}"))
            with CaptureQueriesContext(connection) as queries:
                self.page(story)
            return len(queries)

        none = cost(0)
        self.assertEqual([cost(number) - none for number in (1, 12)], [1, 1])


class Media(TestCase):
    """A picture in a text is public when its story is."""

    def status(self, image):
        return self.client.get(reverse("media", args=[image.file.name])).status_code

    def test_served_with_its_public_story(self):
        image = make_kept_image()
        make_illustration(make_published(), image)
        make_illustration(make_article(), image)
        self.assertEqual(self.status(image), 200)

    def test_not_served_while_its_story_is_hidden(self):
        tomorrow = timezone.now() + dt.timedelta(days=1)
        for status in ("draft", "review", "scheduled", "published", "withdrawn", "binned"):
            with self.subTest(status=status):
                image = make_kept_image()
                story = make_article(
                    status=status, published_at=tomorrow, body=picture(image.slug) + "<p>x</p>"
                )
                make_illustration(story, image)
                self.assertEqual(self.status(image), 404)

    def test_the_desk_sees_it_before(self):
        image = make_kept_image()
        make_illustration(make_article(), image)
        self.client.force_login(make_editor())
        self.assertEqual(self.status(image), 200)

    def test_asking_costs_the_same_however_many_stories_show_it(self):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                self.assertEqual(self.status(image), 200)
            return len(queries)

        image = make_kept_image()
        make_illustration(make_published(), image)
        once = cost()
        for _ in range(5):
            make_illustration(make_published(), image)
        self.assertEqual(cost(), once)


@settings(max_examples=200)
@given(paragraphs(), st.sets(st.sampled_from(["a", "b-2", "ü_ñ"])))
def test_whatever_is_marked_every_word_stays_and_every_tag_is_closed(body, known):
    passages = {slug: Passage(f"passage-{slug}", f"quote-{slug}") for slug in known}
    shown = "".join(piece.text for piece in pieces(body, passages=passages, images={}))
    before, after = Reader(body), Reader(shown)
    assert after.text == before.text
    assert shown.count("<") == 2 * len(after.tags)
    assert {tag for tag, _ in after.tags} <= {"p", "a", "span"}
    anchors = [values["id"] for _, values in after.tags if "id" in values]
    marked = {values["data-quote"] for tag, values in before.tags if tag == "span"}
    assert sorted(anchors) == sorted(f"passage-{slug}" for slug in known & marked)
    assert "data-" not in shown
