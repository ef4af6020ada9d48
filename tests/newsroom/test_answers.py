"""What every answer carries, given by the middlewares of a site that runs."""

import pytest
from django.urls import reverse

from newsroom import settings as of_the_site
from tests.make import make_image, make_kept_image, make_managing_editor, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(client, settings, tmp_path):
    """A client that gets static files too, which the settings of the tests leave to nobody."""
    (tmp_path / "site.css").write_text("body { color: black }")
    settings.STATIC_ROOT = tmp_path
    settings.MIDDLEWARE = of_the_site.MIDDLEWARE
    return client


def is_armoured(answer):
    """Whether no page may frame it, no browser guess what it is, and nothing but ours run in it."""
    return (
        "default-src 'none'" in answer.headers.get("Content-Security-Policy", "")
        and answer.headers.get("X-Frame-Options") == "DENY"
        and answer.headers.get("X-Content-Type-Options") == "nosniff"
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/nothing/", 404), ("/%00", 404), ("/?page=%00", 400), ("/archive", 301), ("/static/site.css", 200),
     ("/static/nothing.css", 404), ("/media/nothing.png", 404), ("/admin/", 302), ("/admin/login/", 200),
     ("/robots.txt", 200), ("/feeds/rss/", 200)],
)  # fmt: skip
def test_every_answer_is_armoured(site, path, status):
    answer = site.get(path)
    assert (answer.status_code, is_armoured(answer)) == (status, True)


def test_so_are_a_picture_and_the_desk(site):
    picture = make_kept_image()
    make_published(image=picture)
    site.force_login(make_managing_editor())
    for path in (reverse("media", args=[picture.file.name]), "/admin/", "/admin/articles/article/add/"):
        answer = site.get(path)
        assert (path, answer.status_code, is_armoured(answer)) == (path, 200, True)


def test_so_is_the_refusal_of_a_method(site):
    answer = site.post("/")
    assert (answer.status_code, is_armoured(answer)) == (405, True)


def test_so_is_the_way_to_https(site, settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = site.get("/")
    assert (answer.status_code, is_armoured(answer)) == (301, True)


@pytest.mark.parametrize("https", [False, True])
@pytest.mark.parametrize("path", ["/", "/admin/", "/static/nothing.css"])
def test_so_is_the_refusal_of_somebody_elses_host(site, settings, path, https):
    settings.SECURE_SSL_REDIRECT = https
    answer = site.get(path, headers={"host": "elsewhere.example"})
    assert (answer.status_code, is_armoured(answer)) == (400, True)


def stumbling(get_response):
    def middleware(request):
        raise RuntimeError("something nobody thought of")

    return middleware


def test_so_is_an_error(site, settings):
    site.raise_request_exception = False
    settings.MIDDLEWARE = [*of_the_site.MIDDLEWARE, f"{__name__}.stumbling"]
    answer = site.get("/")
    assert (answer.status_code, is_armoured(answer)) == (500, True)


@pytest.mark.parametrize(
    "path",
    [
        "/stories/not-yet/",
        "/nothing/",
        "/archive/1999/",
        "/sections/nothing/?page=99",
        "/?page=%00",
        "/media/x.png",
    ],
)
def test_nobody_keeps_a_refusal_past_the_moment_it_is_true(site, path):
    answer = site.get(path)
    assert answer.status_code >= 400
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_picture_that_is_not_out_yet_is_not_kept_as_unknown(site):
    picture = make_image(file="images/later.png")
    assert site.get(reverse("media", args=[picture.file.name])).headers["Cache-Control"] == "no-store"


def test_a_page_says_itself_how_long_it_is_kept(site):
    assert site.get("/").headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_story_with_many_long_quotes_is_taken_in(site):
    form = {f"quotes-{number}-text": "x" * 1000 for number in range(5000)}
    assert site.post("/admin/login/", form).status_code == 200
