import pytest

from articles.editorial.readiness import Weight, look_over
from articles.models import Quote, ReplyRequest
from tests.make import (
    make_article,
    make_author,
    make_image,
    make_quote,
    make_reply_request,
    make_source,
    make_tag,
)

pytestmark = pytest.mark.django_db


def make_complete(**values):
    return make_article(by=[make_author()], tags=[make_tag()], **values)


def advice(article):
    return [finding.text for finding in look_over(article) if finding.weight == Weight.ADVISED]


def advised_fields(article):
    return [finding.field for finding in look_over(article) if finding.weight == Weight.ADVISED]


def test_deck_tags_and_length_of_headline_are_advice():
    article = make_article("x" * 91, deck="", by=[make_author()])
    assert advised_fields(article) == ["deck", "headline", "tags"]
    assert advised_fields(make_complete(headline="x" * 90)) == []


def test_a_picture_should_have_a_credit():
    assert advised_fields(make_complete(image=make_image())) == ["image"]
    assert advised_fields(make_complete(image=make_image(credit="Photo: A"))) == []


@pytest.mark.parametrize("name", ["IMG_2034.JPG", "bridge-final.png", "DSC 0021", "img-20240101-113"])
def test_the_name_of_a_file_tells_nobody_what_the_picture_shows(name):
    [text] = advice(make_complete(image=make_image(credit="Photo: A", alt=name)))
    assert name in text


def test_an_unanswered_request_for_comment_is_mentioned():
    article = make_complete()
    make_reply_request(article, make_source("City Hall"), outcome=ReplyRequest.Outcome.WAITING)
    make_reply_request(article, make_source("The Mayor"), outcome=ReplyRequest.Outcome.DECLINED)
    assert advice(article) == ["City Hall was asked for comment and has not answered yet."]


def test_words_without_a_date_are_advice_once_with_the_first_row():
    article = make_complete(body="<p>“Here and there.” “There and here.” 3 in 4.</p>")
    make_quote(article, text="3 in 4", kind=Quote.Kind.FIGURE)
    make_quote(article, text="Here and there.")
    make_quote(article, text="There and here.")
    [finding] = look_over(article)
    assert finding.text.startswith("2 quotes have no date")
    assert (finding.field, finding.row) == ("quotes", 1)
