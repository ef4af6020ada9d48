import datetime as dt
from itertools import product

import pytest

from articles.editorial.workflow import in_words, standing, standing_as
from articles.models import Article, ArticleStatus
from tests.editorial.workflow.stories import EARLIER, HOUR, NOW, SOON, make_ready
from tests.make import make_article, make_section

pytestmark = pytest.mark.django_db

TICK = dt.timedelta(milliseconds=1)


def test_a_scheduled_story_stands_as_published_once_its_time_has_come_and_as_withdrawn_once_it_is_over():
    article = make_ready(status="scheduled", published_at=SOON, withdraw_at=SOON + HOUR)
    stood = [standing(article, at) for at in (SOON - TICK, SOON, SOON + HOUR - TICK, SOON + HOUR)]
    assert stood == ["scheduled", "published", "published", "withdrawn"]


def test_a_draft_whose_moments_have_passed_is_a_draft():
    article = make_article(published_at=EARLIER, withdraw_at=EARLIER)
    assert standing(article, NOW) == "draft"


def test_is_the_same_in_memory_and_in_the_database():
    moments = [None, NOW - TICK, NOW, NOW + TICK]
    section = make_section()
    articles = [
        make_article(section=section, status=status, published_at=out, embargo_until=embargo, withdraw_at=off)
        for status, out, embargo, off in product(ArticleStatus, moments, moments, moments)
        if out or status not in ArticleStatus.going_out()
    ]
    for status in ArticleStatus:
        found = set(Article.objects.filter(standing_as(status, NOW)))
        assert found == {article for article in articles if standing(article, NOW) == status}, status


def test_every_story_stands_in_one_state():
    conditions = [standing_as(status, NOW) for status in ArticleStatus]
    for off in (None, EARLIER, SOON):
        article = make_article(status="published", published_at=EARLIER - HOUR, withdraw_at=off)
        assert [Article.objects.filter(c, pk=article.pk).count() for c in conditions].count(1) == 1


def test_an_embargo_is_said_where_the_story_stands():
    embargoed = make_ready(status="published", published_at=EARLIER, embargo_until=SOON)
    assert in_words(embargoed, NOW) == "published, under embargo until 1 March 2026, 05:00 PST"
    assert in_words(embargoed, SOON) == "published"
    assert in_words(make_ready(status="scheduled", published_at=SOON), NOW) == "scheduled"


def test_the_end_of_a_story_is_said_while_readers_see_it_and_after():
    article = make_ready(status="published", published_at=EARLIER, withdraw_at=SOON)
    assert in_words(article, NOW) == "published, until 1 March 2026, 05:00 PST"
    assert in_words(article, SOON) == "withdrawn by itself on 1 March 2026, 05:00 PST"


def test_a_story_withdrawn_by_hand_says_no_more_than_that():
    article = make_ready(status="withdrawn", published_at=EARLIER, withdraw_at=EARLIER)
    assert in_words(article, NOW) == "withdrawn"
