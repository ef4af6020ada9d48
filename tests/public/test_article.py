"""The page of a story."""

import datetime as dt
import json

from django.test import TestCase, override_settings
from django.urls import reverse

from articles.models import Article, FormerSlug
from tests.make import (
    make_article,
    make_author,
    make_correction,
    make_editor,
    make_image,
    make_published,
    make_quote,
    make_reply_request,
    make_source,
    make_statement,
    make_tag,
)

EVENING_IN_LOS_ANGELES = dt.datetime(2018, 9, 26, 2, 30, tzinfo=dt.UTC)


class Page(TestCase):
    def get(self, story):
        return self.client.get(story.get_absolute_url())

    def test_everything_the_desk_filled_in_can_be_read(self):
        story = make_published(
            "A headline & more",
            deck="The deck.",
            body="<p>The <strong>body</strong>.</p>",
            dateline="SAN FRANCISCO",
            kind="analysis",
            published_at=EVENING_IN_LOS_ANGELES,
            revised_at=EVENING_IN_LOS_ANGELES + dt.timedelta(hours=1),
            image=make_image(alt="What it shows", caption="The caption", credit="Photo: Jane Doe"),
            origin_publisher="The Coast Paper",
            origin_headline="Their headline",
            origin_link="https://example.org/there",
            credit_line="Compiled with care",
            tags=[make_tag("ships")],
            by=[make_author("Ana"), make_author("Bo"), make_author("Cy")],
        )
        story.bylines.filter(author__name="Cy").update(role="additional reporting")
        page = self.get(story)
        for words in [
            "A headline &amp; more",
            "The deck.",
            "<p>The <strong>body</strong>.</p>",
            "SAN FRANCISCO —",
            "Analysis",
            "September 25, 2018, 7:30 PM PDT",
            "September 25, 2018, 8:30 PM PDT",
            'alt="What it shows"',
            "The caption",
            "Photo: Jane Doe",
            '<a href="https://example.org/there">Their headline</a>',
            "Compiled with care",
            "ships",
            "(additional reporting)",
            story.section.name,
        ]:
            self.assertContains(page, words)
        self.assertContains(page, "Updated")

    def test_markup_in_plain_fields_stays_text(self):
        tag = "<script>alert(1)</script>"
        story = make_published(
            tag,
            deck=tag,
            dateline=tag,
            credit_line=tag,
            origin_publisher=tag,
            origin_headline=tag,
            tags=[make_tag(tag)],
            by=[make_author(tag, title=tag)],
        )
        source = make_source(tag, description=tag)
        quote = make_quote(story, source, text=tag, occasion=tag)
        make_reply_request(story, source, note=tag, asked_by=tag)
        make_correction(story, kind="retraction", text=tag)
        for row in [story, source, quote, story.authors.get(), story.tags.get()]:
            self.assertNotContains(self.client.get(row.get_absolute_url()), tag)
        self.assertNotContains(self.client.get("/"), tag)

    def test_who_was_asked_for_comment_and_what_came_of_it(self):
        story = make_published()
        make_reply_request(
            story,
            make_source("Harbor Systems"),
            asked_by="The Coast Paper",
            asked_on=dt.date(2018, 7, 19),
            outcome="declined",
            note="It referred to a post.",
        )
        self.assertContains(
            self.get(story),
            "Asked by The Coast Paper, July 19, 2018: declined to comment. It referred to a post.",
        )

    def test_sources_are_summed_up(self):
        story = make_published()
        person = make_source()
        for source in [person, person, make_source(kind="group"), make_source(kind="document")]:
            make_quote(story, source)
        self.assertContains(self.get(story), "This story quotes 2 named sources and 1 document.")
        make_quote(story, make_source(kind="publication"))
        self.assertContains(self.get(story), "quotes 2 named sources, 1 document and 1 publication.")
        self.assertNotContains(self.get(make_published()), "This story quotes")

    def test_related_stories_state_their_reason_and_link_it(self):
        source, one = make_source("Jonathan Ryan"), make_published()
        other = make_published("The other story")
        make_quote(one, source)
        make_quote(other, source)
        self.assertContains(self.get(one), "The other story")
        reason = f'<li>both quote <a href="{source.get_absolute_url()}">Jonathan Ryan</a></li>'
        self.assertContains(self.get(one), reason, html=True)

    def test_a_pick_is_a_label_and_takes_no_reasons_place(self):
        tag, source, letter = make_tag("Border"), make_source("Jonathan Ryan"), make_statement("The letter")
        one, other = make_published(tags=[tag]), make_published("The other story", tags=[tag])
        for story in [one, other]:
            make_quote(story, source)
            make_quote(story, statement=letter)
        self.assertNotContains(self.get(one), "Picked by the editors")
        one.picks.add(other)
        page = self.get(one)
        self.assertContains(page, "Picked by the editors", 1)
        for before, row, name in [
            ("the same letter is quoted in both:", letter, "The letter"),
            ("both quote", source, "Jonathan Ryan"),
            ("also about", tag, "Border"),
        ]:
            reason = f'<li>{before} <a href="{row.get_absolute_url()}">{name}</a></li>'
            self.assertContains(page, reason, html=True)

    def test_many_speakers_are_folded_after_the_first_and_can_still_be_read(self):
        story = make_published()
        for n in range(8):
            make_quote(story, make_source(f"Speaker {n}"), text=f"Words of {n}.")
        self.assertNotContains(self.get(story), "<details")
        ninth = make_source("Speaker 8")
        make_quote(story, ninth, text="Words of 8.")
        make_quote(story, ninth, text="More words of 8.")
        page = self.get(story)
        at_once, folded = page.content.decode().split("<details")
        self.assertIn("<summary>3 more speakers, 4 quotes</summary>", folded)
        for n in range(9):
            self.assertEqual((f"Words of {n}." in at_once, f"Words of {n}." in folded), (n < 6, n >= 6))
        self.assertIn("More words of 8.", folded)

    def test_what_leads_on_comes_after_the_body_and_before_everything_about_it(self):
        tag, source = make_tag("Border"), make_source("Mara")
        one = make_published(body="<p>The last words.</p>", tags=[tag])
        make_published("Leads on", tags=[tag])
        make_quote(one, source)
        page = self.get(one).content.decode()
        order = ["The last words.", "Related, and why", "This story quotes", "Who said what in this story"]
        self.assertEqual(sorted(order, key=page.index), order)

    def test_a_draft_of_bare_bones_can_be_previewed(self):
        self.client.force_login(make_editor())
        story = make_article("Bare", deck="", body="", section=None)
        self.assertContains(self.get(story), "Bare")


class Addresses(TestCase):
    def test_an_old_address_leads_to_the_present_one(self):
        story = make_published()
        FormerSlug.objects.create(article=story, slug="old")
        response = self.client.get(reverse("article", args=["old"]))
        self.assertRedirects(response, story.get_absolute_url(), 301)
        self.assertEqual(response["Cache-Control"], "public, max-age=0, must-revalidate")

    def test_a_story_at_an_address_goes_before_one_that_left_it(self):
        FormerSlug.objects.create(article=make_published(), slug="contested")
        make_published("Has it now", slug="contested")
        self.assertContains(self.client.get("/stories/contested/"), "Has it now")

    def test_slugs_of_any_script(self):
        story = make_published("Müller in München", slug="müller-東京-привет")
        self.assertContains(self.client.get(story.get_absolute_url()), "Müller in München")
        canonical = f'<link rel="canonical" href="http://localhost:8000{story.get_absolute_url()}">'
        self.assertContains(self.client.get(story.get_absolute_url()), canonical, html=True)

    def test_odd_addresses_are_unknown(self):
        for odd in [
            "%00",
            "a%00b",
            "%FF",
            "..%2f..%2fetc",
            "a b",
            "x" * 121,
            "%F0%9F%98%80",
            "a.b",
            "%ED%A0%80",
        ]:
            with self.subTest(odd=odd):
                self.assertEqual(self.client.get(f"/stories/{odd}/").status_code, 404)

    @override_settings(SITE_URL="https://news.example.org")
    def test_the_canonical_address_is_on_the_public_site_or_where_the_desk_says(self):
        story = make_published(slug="here")
        self.assertContains(
            self.client.get("/stories/here/?utm_source=x"),
            '<link rel="canonical" href="https://news.example.org/stories/here/">',
        )
        Article.objects.filter(pk=story.pk).update(canonical_link="https://example.org/first")
        page = self.client.get("/stories/here/")
        self.assertContains(page, '<link rel="canonical" href="https://example.org/first">')
        self.assertContains(page, '<meta property="og:url" content="https://news.example.org/stories/here/">')

    def test_only_reading_is_allowed(self):
        self.assertEqual(self.client.post(make_published().get_absolute_url()).status_code, 405)
        self.assertEqual(self.client.head(make_published().get_absolute_url()).status_code, 200)

    def test_a_page_that_did_not_change_is_not_sent_twice(self):
        story = make_published()
        first = self.client.get(story.get_absolute_url())
        again = self.client.get(story.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
        self.assertEqual((again.status_code, again.content), (304, b""))
        Article.objects.filter(pk=story.pk).update(deck="Changed")
        changed = self.client.get(story.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
        self.assertContains(changed, "Changed")


@override_settings(SITE_URL="https://news.example.org")
class StructuredData(TestCase):
    def data(self, story):
        page = self.client.get(story.get_absolute_url()).content.decode()
        script = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
        self.assertFalse(set("<>&") & set(script))
        return json.loads(script)

    def test_it_says_what_the_page_says(self):
        author, tag = make_author("Ana"), make_tag("ships")
        story = make_published(
            "News", deck="Deck", published_at=EVENING_IN_LOS_ANGELES, by=[author], tags=[tag]
        )
        self.assertEqual(
            self.data(story),
            {
                "@context": "https://schema.org",
                "@type": "NewsArticle",
                "headline": "News",
                "description": "Deck",
                "articleSection": story.section.name,
                "url": f"https://news.example.org/stories/{story.slug}/",
                "mainEntityOfPage": f"https://news.example.org/stories/{story.slug}/",
                "isAccessibleForFree": True,
                "publisher": {
                    "@type": "NewsMediaOrganization",
                    "name": "The Newsroom",
                    "url": "https://news.example.org/",
                },
                "author": [
                    {
                        "@type": "Person",
                        "name": "Ana",
                        "url": f"https://news.example.org/authors/{author.slug}/",
                    }
                ],
                "keywords": ["ships"],
                "datePublished": "2018-09-25T19:30:00-07:00",
                "dateModified": "2018-09-25T19:30:00-07:00",
            },
        )

    def test_corrections_are_told_newest_first_with_their_day(self):
        story = make_published(slug="strike")
        self.assertNotIn("correction", self.data(story))
        for hours, kind in enumerate(["correction", "retraction"]):
            moment = EVENING_IN_LOS_ANGELES + dt.timedelta(hours=hours)
            make_correction(story, kind=kind, text=f"A {kind}.", made_at=moment)
        self.assertEqual(
            self.data(story)["correction"],
            [
                {
                    "@type": "CorrectionComment",
                    "name": "Retraction",
                    "text": "A retraction.",
                    "datePublished": "2018-09-25T20:30:00-07:00",
                    "url": "https://news.example.org/stories/strike/#correction-2",
                },
                {
                    "@type": "CorrectionComment",
                    "name": "Correction",
                    "text": "A correction.",
                    "datePublished": "2018-09-25T19:30:00-07:00",
                    "url": "https://news.example.org/stories/strike/#correction-1",
                },
            ],
        )

    def test_a_desk_that_signs_is_no_person(self):
        story = make_published(by=[make_author("Ana"), make_author("The night desk", kind="desk")])
        self.assertEqual(
            [(author["name"], author["@type"]) for author in self.data(story)["author"]],
            [("Ana", "Person"), ("The night desk", "Organization")],
        )
        kinds = [
            ("Ana", '<meta property="og:type" content="profile">'),
            ("The night desk", '<meta property="og:type" content="website">'),
        ]
        for name, kind in kinds:
            page = self.client.get(story.authors.get(name=name).get_absolute_url())
            self.assertContains(page, kind)

    def test_no_headline_ends_the_script(self):
        headline = "</script><script>alert(1)</script> & <!-- \u2028"
        self.assertEqual(
            self.data(make_published(headline))["headline"], "</script><script>alert(1)</script> & <!--"
        )
