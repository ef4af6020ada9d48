import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from articles.editorial.readiness import Weight, look_over, what_blocks
from articles.models import Article, Quote, Source
from tests.drawn_values import value_of
from tests.hostile_markup import HOSTILE
from tests.make import (
    make_affiliation,
    make_article,
    make_author,
    make_image,
    make_managing_editor,
    make_quote,
    make_reply_request,
    make_source,
    make_tag,
    make_tagged_article,
)

pytestmark = pytest.mark.django_db

BODY = "<p>Ada Byron and City Hall lied about “{0} words to be found”, said Ben Ode. “Not recorded {0} at all.”</p>"


def make_full(number):
    """A story with that many of everything."""
    article = make_article(by=[make_author()], tags=[make_tag()], image=make_image(), body=BODY.format(0))
    for each in range(number):
        source = make_source(f"Ada {each} Byron")
        make_affiliation(source)
        terms = (
            {"terms": Quote.Terms.UNNAMED, "attribution": "an aide", "unnamed_reason": "Fear."}
            if each % 2
            else {}
        )
        make_quote(
            article, source, text=f"{each} words to be found", approved_by=make_managing_editor(), **terms
        )
        make_reply_request(article)
        make_tagged_article(article)
        make_source(f"City Hall {each}")
    article.body = "".join(map(BODY.format, range(number)))
    article.save()
    return Article.objects.get(pk=article.pk)


def number_of_queries(ask, article):
    with CaptureQueriesContext(connection) as queries:
        ask(article)
    return len(queries)


def test_the_number_of_queries_does_not_grow_with_the_story():
    for name in ("Ada Byron", "City Hall", "Ben Ode"):
        make_source(name)
    few, many = make_full(2), make_full(30)
    assert number_of_queries(look_over, few) == number_of_queries(look_over, many) == 12
    few, many = Article.objects.get(pk=few.pk), Article.objects.get(pk=many.pk)
    assert number_of_queries(what_blocks, few) == number_of_queries(what_blocks, many) == 5


def test_what_blocks_comes_first_and_is_the_same_by_itself():
    article = make_article(deck="", section=None)
    weights = [finding.weight for finding in look_over(article)]
    assert weights == [Weight.NEEDED, Weight.NEEDED, Weight.ADVISED, Weight.ADVISED]
    assert what_blocks(article) == look_over(article)[:2]


def test_the_order_is_the_same_each_time():
    article = make_full(5)
    assert len({tuple(look_over(Article.objects.get(pk=article.pk))) for _ in range(5)}) == 1


def values(model, name):
    return value_of(model._meta.get_field(name))


BODIES = values(Article, "body") | st.lists(st.sampled_from(HOSTILE), max_size=3).map("".join)
QUOTES = st.tuples(values(Source, "name"), values(Quote, "text"), values(Quote, "kind"))


@given(values(Article, "headline"), values(Article, "deck"), BODIES, st.lists(QUOTES, max_size=3))
def test_any_story_can_be_looked_over(headline, deck, body, quotes):
    article = make_article(headline, deck=deck, body=body, tags=[make_tag()])
    for name, words, kind in quotes:
        quote = make_quote(article, make_source(name), text=words, kind=kind)
        make_reply_request(article, quote.source)
    article.refresh_from_db()
    findings = look_over(article)
    assert findings == look_over(article)
    assert all(finding.text and finding.field for finding in findings)
    assert {finding.row for finding in findings} <= {None, *range(len(quotes))}
