"""Characters that no browser sends get an answer, not an error of the database."""

import pytest
from django.conf import settings

from tests.make import make_managing_editor, make_published

pytestmark = pytest.mark.django_db

PAGES = ["/", "/archive/", "/stories/x/", "/sitemap.xml", "/feeds/rss/", "/nothing/", "/admin/login/"]
OF_THE_DESK = [
    "/admin/",
    "/admin/articles/article/",
    "/admin/articles/source/",
    "/admin/articles/article/add/",
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("query", ["page=%00", "%00", "q=a%00b", "%00=1", "page=1&x=%2500%00", "next=/%00/"])
def test_a_query_that_holds_nothing_anybody_could_type_is_answered_with_400(client, page, query):
    answer = client.get(f"{page}?{query}")
    assert answer.status_code == 400
    assert b"makes no sense to us" in answer.content


@pytest.mark.parametrize("page", OF_THE_DESK)
@pytest.mark.parametrize(
    "query", ["q=%00", "headline=%00", "status__exact=%00", "_changelist_filters=%00", "o=%00"]
)
def test_so_is_one_of_the_desk(client, page, query):
    client.force_login(make_managing_editor())
    assert client.get(f"{page}?{query}").status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/%00", "/stories/%00/", "/stories/a%00b/", "/sources/%00/", "/archive/%00/", "/media/%00.png", "/tags/%00/rss/",
     "/admin/%00/", "/admin/articles/article/%00/change/", "/admin/articles/article/1%00/history/"],
)  # fmt: skip
def test_a_path_that_holds_it_is_an_unknown_address(client, path):
    client.force_login(make_managing_editor())
    answer = client.get(path)
    assert answer.status_code == 404
    assert b"There is nothing at this address" in answer.content


def test_the_characters_that_spell_it_are_no_error(client):
    assert client.get("/page=%2500").status_code == 404
    assert client.get("/?page=%2500").status_code == 200


@pytest.mark.parametrize(
    "value", [r'"\000aaaaaaaaaaa"', r'"\000aaaa"', r'"\012"', r'"a\177"', "\x01", '"\\000"']
)
@pytest.mark.parametrize("name", [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages", "x"])
def test_a_cookie_nobody_set_counts_as_none(client, name, value):
    story = make_published()
    for page in ("/", story.get_absolute_url(), "/admin/login/"):
        assert client.get(page, headers={"cookie": f"{name}={value}"}).status_code == 200


def test_the_cookies_beside_it_stay(client):
    client.force_login(make_managing_editor())
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = f'x="\\000"; {settings.SESSION_COOKIE_NAME}={session}'
    assert client.get("/admin/", headers={"cookie": cookies}).status_code == 200


def test_a_form_that_holds_it_is_refused_beside_the_field(client):
    answer = client.post("/admin/login/", {"username": "a\0b", "password": "a\0b"})
    assert answer.status_code == 200
    assert b"Null characters are not allowed" in answer.content
