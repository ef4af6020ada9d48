"""A story in any state but published is never visible: not on a page, in a feed, a count or an answer to
“has this changed?”. Random words stand in everything that belongs to the story; none may ever get out."""

import datetime as dt
import secrets
from itertools import product
from unittest.mock import patch

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.editorial.workflow import take_step
from articles.models import Article, FormerSlug, Quote
from tests.make import (
    make_affiliation,
    make_alias,
    make_article,
    make_author,
    make_correction,
    make_editor,
    make_kept_image,
    make_managing_editor,
    make_published,
    make_quote,
    make_reply_request,
    make_section,
    make_source,
    make_statement,
    make_tag,
    make_tag_synonym,
    make_user,
)
from tests.public.every_address import World, content, everything_about, names_in_urlconf

DAY = dt.timedelta(days=1)
NOW = dt.datetime(2018, 9, 25, 19, 0, tzinfo=dt.UTC)
STATES = [
    *product(Article.Status, ["past", "future"], ["none", "past", "future"], ["none"]),
    *product(Article.Status.going_out(), ["past", "future"], ["none", "past"], ["over", "future"]),
]
MOMENTS = {"none": None, "past": NOW - DAY, "over": NOW - DAY / 2, "future": NOW + DAY}


def readers_may_see(status, published, embargo, off):
    return (
        status in {"published", "scheduled"} and published == "past" and embargo != "future" and off != "over"
    )


FAR_OFF = "Fri, 01 Jan 2100 00:00:00 GMT"


def canary():
    return f"canary{secrets.token_hex(6)}"


def make_hidden_world(neighbour):
    """A story full of canaries; it shares a section, tag, author, source and statement with a public one."""
    word = canary
    section = neighbour.section
    author, source, statement, tag = (
        make_author(word(), slug=word(), title=word(), bio=word()),
        make_source(word(), slug=word(), description=word(), website=f"https://{word()}.example/"),
        make_statement(word(), slug=word(), description=word()),
        make_tag(word(), slug=word(), description=word()),
    )
    make_alias(source, word())
    make_tag_synonym(tag, word())
    organisation = make_source(word(), slug=word(), kind="organisation")
    make_affiliation(source, organisation, title=word())
    image = make_kept_image(title=word(), slug=word(), alt=word(), caption=word(), credit=word())
    article = make_article(
        word(),
        slug=word(),
        deck=word(),
        body=f"<p>{word()}</p>",
        section=section,
        dateline=word(),
        image=image,
        origin_publisher=word(),
        origin_headline=word(),
        origin_link=f"https://{word()}.example/",
        credit_line=word(),
        tags=[tag, *neighbour.tags.all()],
        by=[author, *neighbour.authors.all()],
    )
    FormerSlug.objects.create(article=article, slug=word())
    shared = neighbour.quotes.get()
    quote = make_quote(
        article,
        source,
        text=word(),
        slug=word(),
        occasion=word(),
        statement=statement,
        reported_by=make_source(word(), slug=word(), kind="publication"),
        link=f"https://{word()}.example/",
    )
    make_quote(article, shared.source, text=word(), slug=word(), statement=shared.statement)
    make_quote(
        article, source, text=word(), slug=word(), terms="unnamed", attribution=word(), unnamed_reason=word()
    )
    make_reply_request(article, source, asked_by=word(), note=word())
    make_correction(article, text=word(), quote=quote, made_at=NOW - DAY)
    make_correction(article, text=word(), on_top=True, made_at=NOW - DAY)
    make_correction(article, text=word(), kind="retraction", made_at=NOW - DAY)
    neighbour.picks.add(article)
    article.picks.add(neighbour)
    return World(
        article,
        section,
        author,
        source,
        statement,
        tag,
        quote,
        image,
        2018,
        9,
        [FormerSlug.objects.get(article=article).slug],
    )


def make_public_world():
    """A story readers may see, in the month of the hidden one."""
    author, tag, source, statement = make_author(), make_tag(), make_source(), make_statement()
    image = make_kept_image()
    article = make_published(
        "The public story",
        published_at=NOW - 3 * DAY,
        section=make_section(),
        tags=[tag],
        by=[author],
        image=image,
    )
    quote = make_quote(article, source, text="Public words.", statement=statement)
    FormerSlug.objects.create(article=article, slug="an-older-address")
    return World(
        article, article.section, author, source, statement, tag, quote, image, 2018, 9, ["an-older-address"]
    )


class Visibility(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.public = make_public_world()

    def setUp(self):
        clock = patch("django.utils.timezone.now", return_value=NOW)
        self.clock = clock.start()
        self.addCleanup(clock.stop)

    def bring_in_the_hidden_world(self):
        with patch(f"{__name__}.canary", self.remember_canary):
            self.hidden = make_hidden_world(self.public.article)

    def remember_canary(self):
        word = f"canary{secrets.token_hex(6)}"
        self.canaries = [*getattr(self, "canaries", []), word]
        return word

    def put_in_state(self, status, published, embargo, off="none"):
        Article.objects.filter(pk=self.hidden.article.pk).update(
            status=status,
            published_at=MOMENTS[published],
            embargo_until=MOMENTS[embargo],
            withdraw_at=MOMENTS[off],
        )

    def look_at(self, world):
        return {address: everything_about(self.client.get(address)) for address in world.every_address()}

    def test_every_route_has_a_case(self):
        self.assertEqual(set(self.public.addresses()), names_in_urlconf())

    def test_the_site_is_byte_for_byte_the_same_as_without_the_hidden_story(self):
        without = self.look_at(self.public)
        self.assertEqual({status for status, _, _ in without.values()}, {200, 301})
        self.bring_in_the_hidden_world()
        for state in STATES:
            if readers_may_see(*state):
                continue
            with self.subTest(state=state):
                self.put_in_state(*state)
                self.assertEqual(self.look_at(self.public), without)

    def test_no_address_of_a_hidden_story_differs_from_an_unknown_one(self):
        self.bring_in_the_hidden_world()
        hidden = {
            address
            for name, addresses in self.hidden.addresses().items()
            for address in addresses
            if addresses != self.public.addresses()[name]
        }
        self.assertEqual(len(hidden), 10)
        for state in STATES:
            if readers_may_see(*state):
                continue
            self.put_in_state(*state)
            for address in sorted(hidden):
                with self.subTest(state=state, address=address):
                    head, _, tail = address.rstrip("/").rpartition("/")
                    if address.endswith(("/rss/", "/atom/")):
                        unknown = f"{head.rpartition('/')[0]}/unheard-of/{tail}/"
                    elif address.endswith(".png"):
                        unknown = f"{head}/unheard-of.png"
                    else:
                        unknown = f"{head}/unheard-of/"
                    seen = everything_about(self.client.get(address))
                    self.assertEqual(seen[0], 404)
                    self.assertEqual(seen, everything_about(self.client.get(unknown)))

    def test_another_word_for_a_tag_of_a_hidden_story_leads_nowhere(self):
        self.bring_in_the_hidden_world()
        synonym = self.hidden.tag.synonyms.get()
        self.assertEqual(self.client.get(reverse("tag", args=[synonym.name])).status_code, 404)
        self.put_in_state("published", "past", "none")
        self.assertRedirects(
            self.client.get(reverse("tag", args=[synonym.name])), self.hidden.tag.get_absolute_url(), 301
        )

    def test_once_public_every_canary_can_be_read_somewhere(self):
        """Without this, the tests above could pass because nothing is ever shown."""
        self.bring_in_the_hidden_world()
        never_shown = {
            self.hidden.image.slug,  # pictures have no page
            self.hidden.image.title,
            self.hidden.article.quotes.get(terms="unnamed").slug,  # could give the source away
            *self.hidden.tag.synonyms.values_list("name", flat=True),  # only resolves
            *self.hidden.former_slugs,
            self.hidden.source.affiliations.get().organisation.slug,  # said nothing, so it has no page
        }
        for state in filter(lambda state: readers_may_see(*state), STATES):
            self.put_in_state(*state)
            text = b"".join(body for _, _, body in self.look_at(self.hidden).values()).decode(
                errors="replace"
            )
            for word in self.canaries:
                with self.subTest(state=state, word=word, place=self.canaries.index(word)):
                    self.assertEqual(word in text, word not in never_shown)

    def test_having_seen_it_once_does_not_help_after_withdrawal(self):
        self.bring_in_the_hidden_world()
        for gone in [
            ("withdrawn", "past", "none", "none"),
            ("binned", "past", "none", "none"),
            ("published", "past", "future", "none"),
            ("published", "past", "none", "over"),
        ]:
            self.put_in_state("published", "past", "none")
            seen = self.see_it_all()
            self.put_in_state(*gone)
            with self.subTest(gone=gone):
                self.nothing_is_left_of_it(seen)

    def test_a_story_is_gone_at_its_own_moment_without_anybodys_doing(self):
        self.bring_in_the_hidden_world()
        self.put_in_state("scheduled", "past", "none", "future")
        self.clock.return_value = MOMENTS["future"] - dt.timedelta(milliseconds=1)
        seen = self.see_it_all()
        self.clock.return_value = MOMENTS["future"]
        self.nothing_is_left_of_it(seen)

    def test_a_story_is_gone_once_somebody_has_pressed_withdraw(self):
        self.bring_in_the_hidden_world()
        self.put_in_state("published", "past", "none")
        seen = self.see_it_all()
        take_step(self.hidden.article, "withdraw", by=make_managing_editor())
        self.nothing_is_left_of_it(seen)

    def see_it_all(self):
        return {
            address: everything_about(self.client.get(address)) for address in self.hidden.every_address()
        }

    def nothing_is_left_of_it(self, seen):
        """Not for somebody either who has a copy and asks whether it is still good."""
        same_without_it = {
            reverse("robots"),
            reverse("icon"),
            reverse("sitemap"),
            reverse("sitemap_part", args=["pages"]),
            reverse("sitemap_part", args=["sections"]),  # the other story is in the same section
        }
        for address, (status, headers, text) in seen.items():
            self.assertIn(status, {200, 301})
            if address in same_without_it:
                self.assertEqual(content(self.client.get(address)), text)
                continue
            kept = dict(headers)
            for headers in [
                {"If-None-Match": f'"other", {kept.get("ETag", "*")}'},
                {"If-None-Match": kept.get("ETag", "*"), "If-Modified-Since": FAR_OFF},
                {"If-Modified-Since": kept.get("Last-Modified", "Tue, 25 Sep 2018 19:00:00 GMT")},
                {"If-Modified-Since": FAR_OFF},
            ]:
                with self.subTest(address=address, headers=headers):
                    after = self.client.get(address, headers=headers)
                    self.assertIn(after.status_code, {200, 404})
                    shown = content(after).decode(errors="replace")
                    self.assertEqual([word for word in self.canaries if word in shown], [])

    def test_a_picture_of_a_hidden_story_is_served_to_the_desk_only(self):
        self.bring_in_the_hidden_world()
        address = reverse("media", args=[self.hidden.image.file.name])
        self.assertEqual(self.client.get(address).status_code, 404)
        self.client.force_login(make_editor())
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response["Cache-Control"], "private, no-store")
        content(response)


class Preview(TestCase):
    """Staff see a story at its public address before readers do."""

    @classmethod
    def setUpTestData(cls):
        cls.story = make_article("Not yet out", published_at=NOW)
        cls.words = make_quote(cls.story)

    def test_staff_see_it_under_a_banner_and_nobody_keeps_a_copy(self):
        self.client.force_login(make_editor())
        for status in Article.Status:
            if status in Article.Status.going_out():
                continue
            Article.objects.update(status=status)
            for address in [self.story.get_absolute_url(), self.words.get_absolute_url()]:
                with self.subTest(status=status, address=address):
                    response = self.client.get(address)
                    self.assertContains(response, "Not yet out")
                    self.assertContains(response, f"This story is {status.label}")
                    self.assertContains(
                        response, reverse("admin:articles_article_change", args=[self.story.pk])
                    )
                    self.assertContains(response, '<meta name="robots" content="noindex')
                    self.assertIn("noindex", response["X-Robots-Tag"])
                    self.assertEqual(response["Cache-Control"], "private, no-store")
                    self.assertIn("Cookie", response["Vary"])
                    self.assertNotIn("ETag", response)

    def test_of_a_story_that_is_over_the_banner_says_until_when_it_was_out(self):
        self.client.force_login(make_editor())
        Article.objects.update(status="published", published_at=NOW - DAY, withdraw_at=NOW)
        response = self.client.get(self.story.get_absolute_url())
        self.assertContains(response, "Readers see it until September 25, 2018, 12:00 PM PDT at most.")

    def test_nobody_else_sees_it(self):
        for user in [
            make_user(may=[]),
            make_user(may=["view_article"], staff=False),
            make_user(may=["change_article"]),
        ]:
            self.client.force_login(user)
            self.assertEqual(self.client.get(self.story.get_absolute_url()).status_code, 404)

    def test_a_public_story_is_the_same_page_for_staff_and_readers(self):
        Article.objects.update(status="published")
        anonymous = everything_about(self.client.get(self.story.get_absolute_url()))
        self.client.force_login(make_editor())
        self.assertEqual(everything_about(self.client.get(self.story.get_absolute_url())), anonymous)
        self.assertNotIn(b"Not public", anonymous[2])
        headers = dict(anonymous[1])
        self.assertEqual(headers["Cache-Control"], "public, max-age=0, must-revalidate")
        self.assertEqual(headers["Vary"], "Cookie")  # the same address once showed staff a preview


class Anonymous(TestCase):
    def test_readers_get_no_cookie_and_cost_no_look_into_sessions_or_accounts(self):
        world = make_public_world()
        for address in [*world.every_address(), "/stories/unheard-of/"]:
            with self.subTest(address=address):
                with CaptureQueriesContext(connection) as queries:
                    response = self.client.get(address)
                asked = " ".join(query["sql"] for query in queries)
                self.assertNotIn("auth_user", asked)
                self.assertNotIn("django_session", asked)
                self.assertEqual(dict(response.cookies), {})

    def test_what_a_request_claims_the_host_is_stands_on_no_page(self):
        world = make_public_world()
        Quote.objects.update(link="https://example.org/")
        for address in world.every_address():
            with self.subTest(address=address):
                response = self.client.get(address, headers={"Host": "127.0.0.1"})
                self.assertNotIn(b"127.0.0.1", content(response))
                self.assertNotIn("127.0.0.1", response.get("Location", ""))
