"""A secret link: the story before readers have it, for somebody without an account, until it is revoked."""

import pytest

from articles.models import Article
from tests.browser.hands import form_of, log_in
from tests.make import make_article, make_author, make_quote, make_source, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story():
    make_user("ana", is_superuser=True, first_name="Ana", last_name="Ruiz")
    article = make_article(
        "A cage rolls through the city", slug="cage", by=[make_author()], deck="The first deck."
    )
    make_quote(article, make_source("Jelani Drew"), text="They had to look")
    return article


def make_link(page, *, meant_for, shows):
    page.get_by_label("For whom:").fill(meant_for)
    page.get_by_label("It shows:").select_option(label=shows)
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Copy this link now; it is not shown again")
    link.wait_for()
    assert link.evaluate("(box) => box === document.activeElement")
    return "/preview/" + link.input_value().split("/preview/")[1]


def change_deck(page, story, words):
    page.goto(form_of(story))
    page.get_by_role("textbox", name="Body").wait_for()
    page.get_by_label("Deck:", exact=True).fill(words)
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist .success").wait_for()


def test_links_are_opened_without_an_account_and_revoked(open_page, page, story, complaints):
    log_in(page, "ana")
    page.goto(form_of(story))
    page.get_by_role("link", name="Preview").click()
    following = make_link(page, meant_for="the lawyers", shows="the story as it is edited")
    pinned = make_link(page, meant_for="Jelani Drew", shows="the story as it is now, for good")
    change_deck(page, story, "The second deck.")

    guest = open_page()
    for address, deck in ((following, "The second deck."), (pinned, "The first deck.")):
        answer = guest.goto(address)
        assert answer.status == 200
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "no-store" in answer.headers["cache-control"]
        assert deck in guest.get_by_role("main").inner_text()
        assert guest.locator("meta[name=robots]").get_attribute("content").startswith("noindex")
    assert guest.goto("/stories/cage/").status == 404
    assert guest.goto(f"/preview/stories/{story.pk}/").status == 404
    assert Article.objects.get().status == "draft"

    page.goto(f"/admin/articles/article/{story.pk}/preview/")
    page.get_by_role("row", name="the lawyers").get_by_role("button", name="Revoke").click()
    page.locator(".messagelist .success").wait_for()
    assert page.get_by_role("row", name="the lawyers").count() == 0
    assert guest.goto(following).status == 404
    assert guest.goto(pinned).status == 200
    assert [line for line in complaints if "404" not in line] == []
    complaints.clear()


def test_the_whole_story_fits_both_frames(page, story):
    log_in(page, "ana")
    page.goto(f"/admin/articles/article/{story.pk}/preview/")
    widths = {}
    for width in ("phone", "desktop"):
        frame = page.locator(f"iframe[title='The story on a {width}']")
        frame.content_frame.get_by_role("main").wait_for()
        widths[width] = frame.content_frame.locator("html").evaluate("(page) => page.clientWidth")
        room, shown = frame.locator("..").bounding_box(), frame.bounding_box()
        assert shown["width"] <= room["width"] + 1
    assert 360 <= widths["phone"] <= 390
    assert widths["desktop"] >= 1265  # 1280 without the bar to scroll by
