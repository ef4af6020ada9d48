import pytest
from django.db.models import ProtectedError

from articles.models import Author, Byline
from tests.make import make_article, make_author, make_byline, make_user
from tests.models.refusals import Refusal, each

pytestmark = pytest.mark.django_db

REFUSALS = [
    Refusal("author_has_a_name", make_author, {"name": ""}),
    Refusal("author_has_a_slug", make_author, {"slug": ""}),
    Refusal("author_kind_is_known", make_author, {"kind": "machine"}),
    Refusal(
        "byline_names_an_author_once",
        make_byline,
        lambda other: {"article": other.article, "author": other.author, "position": 7},
    ),
    Refusal(
        "byline_position_is_taken_once",
        make_byline,
        lambda other: {"article": other.article, "position": other.position},
    ),
]


@pytest.mark.parametrize(("refusal", "way"), each(REFUSALS))
def test_the_database_refuses(refusal, way):
    refusal.try_by(way)


def test_an_author_reads_as_the_name_and_has_a_page():
    author = make_author("Ana Ruiz", slug="ana-ruiz")
    assert str(author) == "Ana Ruiz"
    assert author.get_absolute_url() == "/authors/ana-ruiz/"


def test_an_author_is_a_person_unless_the_desk_says_otherwise():
    assert make_author().kind == Author.Kind.PERSON
    assert Author.objects.get(pk=make_author(kind=Author.Kind.DESK).pk).kind == "desk"


def test_a_byline_reads_as_the_name_and_the_role_if_there_is_one():
    author = make_author("Ana Ruiz")
    assert str(make_byline(author=author)) == "Ana Ruiz"
    assert str(make_byline(author=author, role="additional reporting")) == "Ana Ruiz (additional reporting)"


def test_the_byline_keeps_the_order_of_names():
    zoe, ana = make_author("Zoe"), make_author("Ana")
    article = make_article(by=[zoe, ana])
    assert [byline.author for byline in article.bylines.all()] == [zoe, ana]


def test_an_author_with_a_byline_cannot_be_deleted():
    byline = make_byline()
    with pytest.raises(ProtectedError):
        byline.author.delete()


def test_a_byline_falls_with_its_story_and_the_author_stays():
    byline = make_byline()
    byline.article.delete()
    assert not Byline.objects.exists()
    assert Author.objects.get() == byline.author


def test_an_author_stays_when_the_account_goes():
    author = make_author(user=make_user())
    author.user.delete()
    author.refresh_from_db()
    assert author.user is None
