import pytest

from articles.editorial.readiness import look_over
from articles.models import Quote
from tests.make import make_article, make_author, make_quote, make_tag

pytestmark = pytest.mark.django_db


def make_complete(body):
    return make_article(body=body, by=[make_author()], tags=[make_tag()])


def marks(article):
    return [(f.field, f.row, f.text) for f in look_over(article) if "is marked as" in f.text]


def test_a_mark_around_other_words_than_its_record_is_told_with_the_row():
    article = make_complete('<p><span data-quote="b">Some words</span> and other words</p>')
    make_quote(article, slug="a", text="Some words")
    make_quote(article, slug="b", text="other words")
    [(field, row, text)] = marks(article)
    assert (field, row) == ("quotes", 1)
    assert text.startswith("“Some words” is marked as the quote “other words”")


def test_words_that_stand_nowhere_block_and_are_not_told_twice():
    article = make_complete('<p><span data-quote="a">Some words</span></p>')
    make_quote(article, slug="a", text="Not these")
    assert marks(article) == []
    assert any(finding.row == 0 and finding.weight == "needed" for finding in look_over(article))


def test_a_mark_without_its_record_is_told():
    article = make_complete('<p><span data-quote="gone">Some words</span></p>')
    make_quote(slug="gone", text="Some words")
    [(field, row, text)] = marks(article)
    assert (field, row) == ("body", None)
    assert "“Some words”" in text


def test_a_mark_around_its_words_is_as_it_should_be():
    article = make_complete('<p>“<span data-quote="a">Some words of hers</span>”</p>')
    make_quote(article, slug="a", text="Some words of hers", kind=Quote.Kind.DIRECT)
    assert marks(article) == []
