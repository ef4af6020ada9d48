import pytest

from articles.editorial.readiness import Weight, look_over
from articles.models import Quote, ReplyRequest
from tests.make import (
    make_article,
    make_author,
    make_image,
    make_managing_editor,
    make_quote,
    make_reply_request,
    make_source,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db


def make_complete(**values):
    return make_article(by=[make_author()], tags=[make_tag()], **values)


def fields(article, weight):
    return [finding.field for finding in look_over(article) if finding.weight == weight]


def test_a_complete_story_lacks_nothing():
    assert look_over(make_complete()) == []


def test_without_text_section_or_byline_a_story_must_not_go_out():
    article = make_article(body="", section=None, tags=[make_tag()])
    assert set(fields(article, Weight.NEEDED)) == {"body", "section", "bylines"}


def test_deck_tags_and_length_of_headline_are_advice():
    article = make_article("x" * 91, deck="", by=[make_author()])
    assert fields(article, Weight.NEEDED) == []
    assert set(fields(article, Weight.ADVISED)) == {"deck", "headline", "tags"}


def test_a_picture_should_have_a_credit():
    assert fields(make_complete(image=make_image()), Weight.ADVISED) == ["image"]
    assert fields(make_complete(image=make_image(credit="Photo: A")), Weight.ADVISED) == []


def test_an_unanswered_request_for_comment_is_mentioned():
    article = make_complete()
    make_reply_request(article, make_source("City Hall"), outcome=ReplyRequest.Outcome.WAITING)
    assert [finding.text for finding in look_over(article)] == [
        "City Hall was asked for comment and has not answered yet."
    ]


def test_an_unnamed_source_needs_somebody_who_may_agree_to_it():
    article = make_complete(body="<p>“Words.”</p>")
    quote = make_quote(
        article,
        text="Words.",
        terms=Quote.Terms.UNNAMED,
        attribution="an aide",
        unnamed_reason="Fears for the job.",
    )
    assert fields(article, Weight.NEEDED) == ["quotes"]
    Quote.objects.filter(pk=quote.pk).update(approved_by=make_user())
    assert fields(article, Weight.NEEDED) == ["quotes"]
    Quote.objects.filter(pk=quote.pk).update(approved_by=make_managing_editor())
    assert fields(article, Weight.NEEDED) == []


def test_words_without_a_date_are_advice_and_words_not_in_the_story_block():
    article = make_complete(body="<p>“Here.”</p>")
    make_quote(article, text="Here.")
    make_quote(article, text="Not here.")
    assert fields(article, Weight.NEEDED) == ["quotes"]
    assert [(f.text, f.row) for f in look_over(article) if f.weight == Weight.ADVISED] == [
        ("2 quotes have no date.", 0)
    ]
    assert [f.row for f in look_over(article) if f.weight == Weight.NEEDED] == [1]


def test_what_blocks_comes_first():
    article = make_article(deck="", section=None)
    weights = [finding.weight for finding in look_over(article)]
    assert weights == [Weight.NEEDED, Weight.NEEDED, Weight.ADVISED, Weight.ADVISED]
