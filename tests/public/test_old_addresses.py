"""Addresses over a story's life: renamed, published, withdrawn, scheduled anew, in any order. Where an address leads is at most one
step away, is there for readers, and tells nothing of what is not."""

import datetime as dt
from contextlib import suppress

from django.test import Client
from django.urls import get_resolver, resolve, reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.editorial.addresses import keep_old_address, who_has
from articles.editorial.workflow import STEPS, StepRefused, take_step
from articles.models import Article
from articles.public.urls import urlpatterns
from tests.make import an_hour_ago, make_article, make_author, make_section, make_user
from tests.public.every_address import everything_about

SLUGS = ["flood", "high-water", "valley", "rss"]
WAYS = [name for name, step in STEPS.items() if not step.for_its_author]
#: What happens by itself or in the form: the hour of a scheduled story comes, it ends, it is put under an embargo.
TIMES = {
    "its hour comes": {"published_at": -1},
    "it ends": {"withdraw_at": -1},
    "embargo": {"embargo_until": 1},
    "no embargo": {"embargo_until": None},
}
acts = st.sampled_from(
    [("rename", slug) for slug in SLUGS]
    + [("step", name) for name in WAYS]
    + [("time", name) for name in TIMES]
)
histories = st.lists(st.tuples(st.integers(0, 2), acts), min_size=4, max_size=20)


class AfterAnyHistory(TestCase):
    @classmethod
    def setUpTestData(cls):
        section, author, out = (
            make_section(),
            make_author(),
            {"status": "published", "published_at": an_hour_ago()},
        )
        cls.editor = make_user(is_superuser=True)
        cls.stories = [make_article(f"Canary{n}", section=section, by=[author], **out) for n in range(3)]

    @settings(max_examples=25)
    @given(histories)
    def test_every_address_leads_to_a_public_story_in_one_step_or_nowhere(self, history):
        known = {}  # address -> the story readers saw there
        self.note(known)
        for number, (act, what) in history:
            article = Article.objects.filter(pk=self.stories[number].pk).first()
            if article:
                getattr(self, act)(article, what)
                self.note(known)
        unknown = everything_about(Client().get("/stories/never-heard-of/"))
        public = {article.slug: article for article in Article.objects.published()}
        for slug in {*SLUGS, *known}:
            page = Client().get(f"/stories/{slug}/")
            owner = Article.objects.filter(pk=known.get(slug)).first()
            if slug in public:
                self.assertContains(page, public[slug].headline)
            elif owner and owner.is_public():
                self.assertRedirects(page, owner.get_absolute_url(), 301, 200)
            else:
                self.assertEqual(everything_about(page), unknown)

    def rename(self, article, slug):
        """As the form of a story does it."""
        was = article.slug
        if not who_has(slug, apart_from=article):
            article.slug = slug
            article.save()
            keep_old_address(article, was=was)

    def step(self, article, name):
        with suppress(StepRefused):
            take_step(article, name, by=self.editor, goes_out_at=timezone.now() + dt.timedelta(days=1))

    def time(self, article, name):
        if name == "its hour comes" and article.status != "scheduled":
            return
        [(field, days)] = TIMES[name].items()
        moment = days and timezone.now() + dt.timedelta(days=days)
        Article.objects.filter(pk=article.pk).update(**{field: moment})

    def note(self, known):
        """Where readers saw a story, they may come back to."""
        for article in Article.objects.published():
            known[article.slug] = article.pk


def slug_routes():
    return [pattern.name for pattern in urlpatterns if "<name:" in str(pattern.pattern)]


def words_of_the_urlconf(patterns=None):
    """Every word that stands in an address of the site."""
    words = set()
    for pattern in patterns or get_resolver().url_patterns:
        words |= {part for part in str(pattern.pattern).split("/") if part and not set(part) & set("<(^?$")}
        words |= words_of_the_urlconf(pattern.url_patterns) if hasattr(pattern, "url_patterns") else set()
    return words


class ReservedWords(TestCase):
    def test_a_slug_that_is_a_word_of_an_address_leads_to_its_own_page_and_hides_no_other(self):
        words = {word for word in words_of_the_urlconf() if word.replace("-", "").isalnum()}
        self.assertLess({"admin", "rss", "atom", "stories", "archive", "feeds", "media", "add"}, words)
        for word in words:
            for name in slug_routes():
                with self.subTest(word=word, route=name):
                    found = resolve(reverse(name, args=[word]))
                    self.assertEqual((found.view_name, list(found.kwargs.values())), (name, [word]))

    def test_pages_there_is_one_of_are_found_whatever_rows_are_called(self):
        for pattern in urlpatterns:
            if "<" not in str(pattern.pattern):
                self.assertEqual(resolve(reverse(pattern.name)).view_name, pattern.name)
