"""What the body editor asks for to show pictures and to find one."""

import pytest
from django.urls import reverse

from tests.make import (
    make_article,
    make_illustration,
    make_image,
    make_published,
    make_user,
)

pytestmark = pytest.mark.django_db

CARDS = "/admin/articles/image/cards/"


@pytest.fixture
def looker(client):
    user = make_user(may=["view_image"])
    client.force_login(user)
    return user


def slugs(response):
    return [card["slug"] for card in response.json()["cards"]]


def test_a_card_holds_what_readers_see_of_a_picture(client, looker):
    image = make_image(
        slug="кот", title="Cat", alt="A cat", caption="<b>It</b> sits", credit="Jo", width=4, height=3
    )
    make_image()
    response = client.get(reverse("admin:articles_image_cards"), {"slug": "кот"})
    [card] = response.json()["cards"]
    assert card == {
        "slug": "кот", "title": "Cat", "alt": "A cat", "caption": "<b>It</b> sits", "credit": "Jo",
        "address": image.file.url, "width": 4, "height": 3,
    }  # fmt: skip
    assert response["Content-Type"] == "application/json"
    assert "no-store" in response["Cache-Control"]


def test_an_unknown_picture_has_no_card(client, looker):
    make_image()
    assert slugs(client.get(CARDS, {"slug": "nowhere"})) == []


def test_the_newest_pictures_come_first_and_only_a_few(client, looker):
    made = [make_image().slug for _ in range(25)]
    response = client.get(CARDS)
    assert slugs(response) == made[:0:-1]
    assert response.json()["more"] is True


def test_a_search_reads_what_is_known_of_a_picture(client, looker):
    for name in ("title", "alt", "caption", "credit"):
        make_image(slug=f"by-{name}", **{name: "the harbor at night"})
    make_image(title="Harbor by day")
    response = client.get(CARDS, {"q": "night HARBOR"})
    assert slugs(response) == ["by-credit", "by-caption", "by-alt", "by-title"]
    assert response.json()["more"] is False


def test_what_was_just_uploaded_is_found_by_its_key(client, looker):
    image = make_image()
    make_image()
    assert slugs(client.get(CARDS, {"pk": image.pk})) == [image.slug]


@pytest.mark.parametrize("odd", ["x", "0", "-1", "1.5", "9" * 40, "²", "None"])
def test_an_odd_key_finds_nothing(client, looker, odd):
    make_image()
    assert slugs(client.get(CARDS, {"pk": odd})) == []


def test_a_very_long_search_is_cut(client, looker):
    make_image(title="harbor")
    assert slugs(client.get(CARDS, {"q": "harbor " * 5000})) != []


@pytest.mark.parametrize("address", [CARDS, f"{CARDS}?slug=cage"])
def test_only_who_may_see_pictures_gets_an_answer(client, address):
    make_image(slug="cage")
    assert client.get(address).status_code == 302, "a stranger is led to the login"
    client.force_login(make_user(may=["view_article", "change_article"]))
    assert client.get(address).status_code == 403
    client.force_login(make_user(may=["view_image"], staff=False))
    assert client.get(address).status_code == 302


def test_nothing_can_be_sent_there(client, looker):
    assert client.post(CARDS).status_code == 405


def test_the_list_counts_each_story_that_shows_a_picture_once(client, looker):
    opens, stands, both, _ = (make_image(title=title) for title in "abcd")
    make_published(image=opens)
    make_article(image=opens)
    make_illustration(image=stands)
    story = make_article(image=both)
    make_illustration(story, both)
    make_illustration(story, stands)
    make_illustration(image=both)
    rows = client.get("/admin/articles/image/").context["cl"].result_list
    assert {row.title: row.used for row in rows} == {"a": 2, "b": 2, "c": 2, "d": 0}
