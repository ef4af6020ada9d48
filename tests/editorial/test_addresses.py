import datetime as dt
from random import Random
from urllib.parse import unquote

import pytest
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.text import slugify
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.editorial.addresses import free_slug, keep_old_address, quote_slug, who_has
from articles.models import Article, FormerSlug, Quote
from tests.make import an_hour_ago, make_article, make_quote, make_source, make_status_change


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("Protest at Dreamforce", "protest-at-dreamforce"),
        ("Διαμαρτυρία στο Σαν Φρανσίσκο", "διαμαρτυρία-στο-σαν-φρανσίσκο"),
        ("抗議活動", "抗議活動"),
        ("ＦＵＬＬ width", "full-width"),
        ("!!!", "story"),
        ("word " * 60, "-".join(["word"] * 16)),
    ],
)
def test_a_headline_of_any_script_gives_a_slug(headline, slug):
    assert free_slug(Article, headline) == slug


class SlugsOfAnyHeadline(TestCase):
    @given(st.text(min_size=1, max_size=200))
    def test_are_never_empty_and_fit_the_column(self, headline):
        slug = free_slug(Article, headline)
        assert slug
        assert len(slug) <= 120


#: Words of newspapers in the scripts of most readers, and what else a headline can be made of.
WORDS = """
flood mayor strike élection grève größe żółć ñandú İstanbul ışık ǆungla ﬁre ＡＩ № ½ Ⅳ
наводнение мэр выборы Ελλάδα απεργία Հայաստան საქართველო ישראל בחירות مصر انتخابات ایران چای
भारत चुनाव বাংলাদেশ தமிழ் ไทย ລາວ မြန်မာ ខ្មែរ ኢትዮጵያ 日本 選挙 ストライキ 中国 大选 대한민국 선거 ⵣⴰⴳⴰⵣ ᏣᎳᎩ
5G 2018 100% “¿qué?” — … 🔥 👩‍👩‍👧 🇺🇦 cafe\u0301 a\u0308 \u202eright-to-left\u202c zero\u200bwidth l’été rock'n'roll C++ &amp; <b>
""".split()  # noqa: SIM905 - a list of them would be four times as long


@pytest.mark.django_db
def test_a_thousand_headlines_of_all_scripts_give_a_thousand_addresses():
    random = Random(29)  # noqa: S311 - the same each time
    headlines = [" ".join(random.choices(WORDS, k=random.randint(1, 4))) for _ in range(990)]
    headlines += ["!!!", "…", "🔥🔥", "\u200b", "—", "' '", "　", "\u202e", "&", "%%"]
    assert len(set(headlines)) < len(headlines)
    for headline in headlines:
        slug = free_slug(Article, headline)
        Article.objects.create(headline="One of a thousand", slug=slug)
        assert slug
        assert Article.objects.get(slug=slug).slug == slug
        assert resolve(unquote(reverse("article", args=[slug]))).kwargs == {"slug": slug}
        assert slugify(slug, allow_unicode=True) == slug
    assert Article.objects.count() == len(headlines)


@pytest.mark.django_db
def test_a_taken_slug_gets_a_number():
    make_article(slug="flood")
    make_article(slug="flood-2")
    assert free_slug(Article, "Flood") == "flood-3"


@pytest.mark.django_db
def test_a_story_may_keep_its_own_slug():
    article = make_article(slug="flood")
    assert free_slug(Article, "Flood", apart_from=article) == "flood"


@pytest.mark.django_db
def test_an_old_address_of_another_story_stays_taken():
    FormerSlug.objects.create(article=make_article(), slug="flood")
    assert free_slug(Article, "Flood") == "flood-2"


@pytest.mark.django_db
def test_a_quotes_address_says_who_and_the_first_words():
    quote = make_quote(
        source=make_source("Jelani Drew"), text="They had to look, and that was the goal of it."
    )
    assert quote_slug(quote) == "jelani-drew-they-had-to-look-and-that"


@pytest.mark.django_db
def test_the_address_of_an_unnamed_sources_quote_does_not_name_it():
    quote = make_quote(
        source=make_source("Jelani Drew"),
        text="They knew.",
        terms=Quote.Terms.UNNAMED,
        attribution="an aide",
        unnamed_reason="Fear.",
    )
    assert quote_slug(quote) == "unnamed-they-knew"


@pytest.mark.django_db
def test_an_address_readers_knew_leads_to_the_new_one():
    article = make_article(slug="new", status="published", published_at=an_hour_ago())
    keep_old_address(article, was="old")
    assert FormerSlug.objects.get().slug == "old"


@pytest.mark.django_db
def test_an_address_readers_never_saw_is_not_kept():
    keep_old_address(make_article(slug="new"), was="old")
    assert not FormerSlug.objects.exists()


@pytest.mark.django_db
def test_going_back_to_an_old_address_takes_it_from_the_list():
    article = make_article(slug="first", status="published", published_at=an_hour_ago())
    FormerSlug.objects.create(article=article, slug="first")
    keep_old_address(article, was="second")
    assert [former.slug for former in FormerSlug.objects.all()] == ["second"]


@pytest.mark.django_db
def test_the_address_of_a_story_that_only_waits_for_its_hour_is_not_kept():
    tomorrow = timezone.now() + dt.timedelta(days=1)
    keep_old_address(make_article(slug="new", status="scheduled", published_at=tomorrow), was="old")
    assert not FormerSlug.objects.exists()


@pytest.mark.django_db
def test_an_address_readers_knew_is_kept_when_the_story_is_scheduled_once_more():
    tomorrow = timezone.now() + dt.timedelta(days=1)
    article = make_article(slug="new", status="scheduled", published_at=tomorrow)
    make_status_change(article, from_status="published", to_status="withdrawn")
    keep_old_address(article, was="old")
    assert FormerSlug.objects.get().slug == "old"


@pytest.mark.django_db
def test_a_taken_address_is_refused_with_the_story_that_has_or_had_it():
    mine = make_article("Mine", slug="mine")
    other = make_article("Flood in the valley", slug="flood")
    FormerSlug.objects.create(article=other, slug="high-water")
    assert "“Flood in the valley” has this address" in who_has("flood", apart_from=mine)
    assert "still leads readers to “Flood in the valley”" in who_has("high-water", apart_from=mine)
    assert (
        who_has("mine", apart_from=mine)
        == who_has("new", apart_from=mine)
        == who_has("high-water", apart_from=other)
        == ""
    )
