import datetime as dt

import pytest
from django.utils import timezone

from articles.editorial.readiness import look_over
from articles.models import Article
from tests.make import make_article, make_author, make_published, make_tag

pytestmark = pytest.mark.django_db


def make_complete(headline=None, **values):
    return make_article(headline, by=[make_author()], tags=[make_tag()], **values)


def findings(article):
    return {finding.field: finding.text for finding in look_over(article)}


def test_another_story_with_the_same_headline_is_named():
    make_published("Bridge closed", slug="bridge")
    assert "(bridge)" in findings(make_complete("Bridge closed", slug="the-bridge"))["headline"]


def test_a_column_may_keep_its_headline_over_the_years_and_a_binned_story_counts_no_more():
    make_published("Letters", published_at=timezone.now() - dt.timedelta(days=400))
    make_article("Letters", status=Article.Status.BINNED)
    assert findings(make_complete("Letters")) == {}


@pytest.mark.parametrize(
    ("mine", "other"), [("bridge-2", "bridge"), ("bridge", "bridge-2"), ("bridge", "bridge-17")]
)
def test_a_story_whose_address_differs_by_an_appended_number_is_named(mine, other):
    make_article("An old bridge", slug=other)
    text = findings(make_complete(slug=mine))["slug"]
    assert "A story with almost this address exists: “An old bridge”" in text
    assert f"({other})" in text


@pytest.mark.parametrize(
    ("mine", "other"),
    [
        ("budget-2018", "budget-2019"),
        ("budget-2018", "budget"),
        ("bridge", "bridges"),
        ("bridge-2", "bridge-3"),
        ("bridge-1", "bridge"),
    ],
)
def test_other_addresses_are_told_apart_by_words(mine, other):
    make_article(slug=other)
    assert findings(make_complete(slug=mine)) == {}
