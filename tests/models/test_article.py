import datetime as dt
from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, FormerSlug
from tests.make import (
    make_article,
    make_author,
    make_byline,
    make_former_slug,
    make_image,
    make_published,
    make_section,
    make_tag,
    make_user,
)
from tests.models.refusals import Refusal, each

pytestmark = pytest.mark.django_db

AT = dt.datetime(2018, 9, 25, 12, tzinfo=dt.UTC)
BEFORE, AFTER = AT - dt.timedelta(milliseconds=1), AT + dt.timedelta(milliseconds=1)

REFUSALS = [
    Refusal("article_has_a_headline", make_article, {"headline": " "}),
    Refusal("article_has_a_slug", make_article, {"slug": ""}),
    Refusal("article_kind_is_known", make_article, {"kind": "gossip"}),
    Refusal("article_status_is_known", make_article, {"status": "lost"}),
    Refusal("published_article_has_a_date", make_article, {"status": Article.Status.PUBLISHED}),
    Refusal("article_version_counts_up", make_article, {"version": 0}),
    Refusal("former_slug_has_a_slug", make_former_slug, {"slug": ""}),
]


@pytest.mark.parametrize(("refusal", "way"), each(REFUSALS))
def test_the_database_refuses(refusal, way):
    refusal.try_by(way)


def test_a_scheduled_story_needs_its_moment_too():
    Refusal("published_article_has_a_date", make_article, {"status": Article.Status.SCHEDULED}).try_by(
        "update"
    )


def test_a_story_reads_as_its_headline_and_has_a_page():
    article = make_article("Talks fail", slug="talks-fail")
    assert str(article) == "Talks fail"
    assert article.get_absolute_url() == "/stories/talks-fail/"


def test_an_old_address_reads_as_its_slug_and_falls_with_its_story():
    former = make_former_slug(slug="talks-go-on")
    assert str(former) == "talks-go-on"
    former.article.delete()
    assert not FormerSlug.objects.exists()


MOMENTS = [None, BEFORE, AT, AFTER]


def every_state_of_a_story():
    """Every status, date, embargo and end that the database lets stand together."""
    for status, published_at, embargo_until, withdraw_at in product(
        Article.Status, MOMENTS, MOMENTS, MOMENTS
    ):
        if published_at or status not in Article.Status.going_out():
            yield {
                "status": status,
                "published_at": published_at,
                "embargo_until": embargo_until,
                "withdraw_at": withdraw_at,
            }


class TestPublic:
    """The one definition, in its two spellings."""

    def test_is_the_same_in_memory_and_in_the_database_and_is_what_it_says(self):
        section = make_section()
        articles = [make_article(section=section, **state) for state in every_state_of_a_story()]
        assert len(articles) == (4 * 4 * 4 + 2 * 3 * 4) * 4
        for at in (BEFORE, AT, AFTER):
            public = set(Article.objects.published(at))
            assert public == {article for article in articles if article.is_public(at)}
            assert public == {article for article in Article.objects.all() if article.is_public(at)}
            assert public == {
                article
                for article in articles
                if article.status in {"scheduled", "published"}
                and article.published_at <= at
                and (article.embargo_until is None or article.embargo_until <= at)
                and (article.withdraw_at is None or at < article.withdraw_at)
            }

    @given(
        out=st.sampled_from(MOMENTS[1:]),
        embargo=st.sampled_from(MOMENTS),
        off=st.sampled_from(MOMENTS),
        later=st.integers(0, 6),
    )
    def test_a_story_is_public_from_the_moment_it_goes_out_until_the_moment_it_goes_off(
        self, out, embargo, off, later
    ):
        article = Article(status="scheduled", published_at=out, embargo_until=embargo, withdraw_at=off)
        at = BEFORE + dt.timedelta(milliseconds=later) / 2
        goes_out = article.goes_out_at()
        assert article.is_public(at) == (goes_out is not None and goes_out <= at and not (off and off <= at))
        assert goes_out in {None, max(out, embargo or out)}
        assert (goes_out is None) == (off is not None and off <= max(out, embargo or out))

    def test_a_story_that_is_over_before_it_goes_out_never_does(self):
        article = Article(status="scheduled", published_at=AT, withdraw_at=AT)
        assert article.goes_out_at() is None

    def test_means_now_unless_told_otherwise(self):
        past = make_published()
        make_published(published_at=timezone.now() + dt.timedelta(hours=1))
        assert list(Article.objects.published()) == [
            article for article in Article.objects.all() if article.is_public()
        ]
        assert list(Article.objects.published()) == [past]

    def test_chains_with_other_conditions(self):
        tag = make_tag()
        make_published()
        tagged = make_published(tags=[tag])
        make_article(tags=[tag])
        assert list(Article.objects.filter(tags=tag).published().newest_first()) == [tagged]


class TestOrder:
    def test_newest_first_goes_by_date_and_ends_in_the_key(self):
        old = make_published(published_at=BEFORE)
        first, second = make_published(published_at=AT), make_published(published_at=AT)
        assert list(Article.objects.newest_first()) == [second, first, old]

    def test_outside_the_bin_leaves_out_what_was_thrown_away(self):
        kept = [
            make_article(status=status, published_at=AT) for status in Article.Status if status != "binned"
        ]
        make_article(status=Article.Status.BINNED)
        assert set(Article.objects.outside_the_bin()) == set(kept)

    def test_cards_take_as_many_queries_for_many_stories_as_for_one(self, django_assert_num_queries):
        for _ in range(3):
            make_published(by=[make_author(), make_author()], image=make_image())
        with django_assert_num_queries(3):
            for article in Article.objects.for_cards():
                assert article.section.name
                assert article.image.alt
                assert [byline.author.name for byline in article.bylines.all()]


class TestTies:
    def test_a_story_takes_its_byline_along_and_leaves_author_section_and_tags(self):
        tag = make_tag()
        byline = make_byline(make_article(tags=[tag]))
        byline.article.delete()
        for kept in (byline.author, byline.article.section, tag):
            kept.refresh_from_db()
        assert not tag.tagged_items.exists()

    def test_a_story_stays_when_the_account_that_started_it_goes(self):
        article = make_article(created_by=make_user())
        article.created_by.delete()
        article.refresh_from_db()
        assert article.created_by is None

    def test_a_pick_leads_one_way(self):
        picking, picked = make_article(), make_article()
        picking.picks.add(picked)
        assert list(picked.picks.all()) == []
        assert list(picked.picked_by.all()) == [picking]

    def test_a_section_with_stories_cannot_be_deleted_behind_the_newsrooms_back_either(self):
        article = make_article()
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM articles_section WHERE id = %s", [article.section_id])
            connection.check_constraints()
