import pytest

from articles.models import ReplyRequest
from tests.make import make_reply_request, make_source
from tests.models.refusals import Refusal, each

pytestmark = pytest.mark.django_db

REFUSALS = [
    Refusal("reply_outcome_is_known", make_reply_request, {"outcome": "shrugged"}),
    Refusal(
        "reply_request_is_counted_once",
        make_reply_request,
        lambda other: {"article": other.article, "source": other.source},
    ),
]


@pytest.mark.parametrize(("refusal", "way"), each(REFUSALS))
def test_the_database_refuses(refusal, way):
    refusal.try_by(way)


def test_reads_as_who_was_asked_and_what_came_of_it():
    request = make_reply_request(source=make_source("City Hall"), outcome=ReplyRequest.Outcome.DECLINED)
    assert str(request) == "City Hall: declined to comment"


def test_the_same_source_can_be_asked_again():
    first = make_reply_request()
    second = make_reply_request(first.article, first.source, number=2)
    assert list(ReplyRequest.objects.all()) == [first, second]


def test_falls_with_its_story():
    make_reply_request().article.delete()
    assert not ReplyRequest.objects.exists()
