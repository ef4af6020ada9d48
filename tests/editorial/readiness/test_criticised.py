import pytest

from articles.editorial.readiness import look_over
from articles.models import Source
from tests.make import (
    make_article,
    make_author,
    make_quote,
    make_reply_request,
    make_source,
    make_tag,
)

pytestmark = pytest.mark.django_db


def make_complete(body="<p>Nothing.</p>", **values):
    return make_article(body=body, by=[make_author()], **{"tags": [make_tag()], **values})


def accused(article):
    return [finding.text for finding in look_over(article) if finding.field == "reply_requests"]


@pytest.mark.parametrize(
    "values",
    [
        {"headline": "City Hall accused of neglect"},
        {"deck": "Neighbours blame City Hall."},
        {"body": "<p>It rained.</p><p>City Hall lied about it.</p>"},
    ],
)
def test_somebody_accused_who_was_not_asked_is_told_with_the_sentence(values):
    make_source("City Hall", kind=Source.Kind.ORGANISATION)
    [text] = accused(make_complete(**values))
    assert "City Hall" in text.split("”")[0]
    assert "this seems to accuse City Hall" in text


def test_a_person_whom_only_a_tag_names_in_full_is_known_by_the_last_name():
    make_source("Ada Byron")
    body = "<p>Byron lied about it.</p>"
    assert accused(make_complete(body)) == []
    assert len(accused(make_complete(body, tags=[make_tag("Ada Byron")]))) == 1


def test_whoever_is_quoted_or_was_asked_had_a_say():
    hall = make_source("City Hall", kind=Source.Kind.ORGANISATION)
    asked, quoted, reported = (make_complete("<p>City Hall lied.</p>") for _ in range(3))
    make_reply_request(asked, hall, outcome="declined")
    make_quote(quoted, hall, text="lied")
    make_quote(reported, reported_by=hall, text="lied")
    assert [len(accused(article)) for article in (asked, quoted, reported)] == [0, 0, 1]


def test_a_document_cannot_answer():
    make_source("Annual Report", kind=Source.Kind.DOCUMENT)
    assert accused(make_complete("<p>The Annual Report lied.</p>")) == []


def test_somebody_accused_more_than_once_is_told_once():
    make_source("Ada Byron")
    assert len(accused(make_complete("<p>Ada Byron lied. Ada Byron cheated.</p>"))) == 1
