import datetime as dt
from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.models import Article, FormerSlug
from tests.make import (
    make_article,
    make_author,
    make_byline,
    make_former_slug,
    make_image,
    make_published,
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


def every_state_of_a_story():
    """Every status, date and embargo that the database lets stand together."""
    moments = [None, BEFORE, AT, AFTER]
    for status, published_at, embargo_until in product(Article.Status, moments, moments):
        if published_at or status not in Article.Status.going_out():
            yield {"status": status, "published_at": published_at, "embargo_until": embargo_until}


class TestPublic:
    """The one definition, in its two spellings."""

    @pytest.mark.parametrize("at", [BEFORE, AT, AFTER])
    def test_is_the_same_in_memory_and_in_the_database(self, at):
        articles = [make_article(**state) for state in every_state_of_a_story()]
        assert len(articles) == 4 * 4 * 4 + 2 * 3 * 4
        public = set(Article.objects.published(at))
        assert public == {article for article in articles if article.is_public(at)}
        assert public == {article for article in Article.objects.all() if article.is_public(at)}

    def test_is_a_story_going_out_whose_time_has_come_and_whose_embargo_is_over(self):
        articles = [make_article(**state) for state in every_state_of_a_story()]
        assert {(a.status, a.published_at, a.embargo_until) for a in articles if a.is_public(AT)} == set(
            product(["scheduled", "published"], [BEFORE, AT], [None, BEFORE, AT])
        )

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
