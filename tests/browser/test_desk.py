"""The desk in a real browser: nobody is kept out, the policy holds, nothing typed is lost."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from tests.admin.forms import save
from tests.browser.hands import field, in_the_text, log_in
from tests.make import (
    make_article,
    make_author,
    make_correction,
    make_published,
    make_quote,
    make_reply_request,
    make_source,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story():
    make_user("chief", is_superuser=True, first_name="Ana", last_name="Ruiz")
    tags = [make_tag("U.S. Immigration and Customs Enforcement and its many contractors"), make_tag()]
    article = make_article("A cage rolls through the city", by=[make_author()], tags=tags)
    quote = make_quote(article, make_source("Jelani Drew"), text="They had to look.")
    make_correction(article, quote=quote)
    make_reply_request(article, note="No answer came, though the question was put twice in one week.")
    return article


@pytest.fixture
def stories(story):
    """A story in each state that the form shows in another way, with versions, a draft and a secret link."""
    client = Client()
    client.force_login(User.objects.get(username="chief"))
    body = "<p>They had to look.</p>"
    live, with_draft = (
        make_published(f"Readers see {words}", by=[make_author()], body=body) for words in "ab"
    )
    for article in (story, with_draft):
        save(client, article, deck="A deck that says more than it did " * 3)
        save(client, article, body=f"{body}<p>{'without-an-end-' * 12}</p>")
    make_article("Out tomorrow", status="scheduled", published_at=timezone.now() + dt.timedelta(days=1))
    make_article("To be read", status="review")
    link = {"meant_for": "the lawyers", "shows": "follows", "days": "3"}
    client.post(reverse("admin:articles_article_share", args=[story.pk]), link)
    return {"draft": story, "live": live, "with draft": with_draft}


def pages_of_the_desk(stories) -> list[str]:
    def about(article, *names):
        return [reverse(f"admin:articles_article_{name}", args=[article.pk]) for name in names]

    draft, with_draft = stories["draft"], stories["with draft"]
    old, new = draft.revisions.order_by("version", "pk")[:2]
    return [
        reverse("admin:index"),
        reverse("admin:calendar"),
        reverse("admin:articles_article_changelist"),
        reverse("admin:articles_quote_changelist"),
        *about(stories["live"], "change"),
        *about(draft, "change", "history", "preview"),
        *about(with_draft, "change", "history", "discard_draft", "preview"),
        reverse("admin:articles_article_revision", args=[draft.pk, new.key]),
        reverse("admin:articles_article_compare", args=[draft.pk, old.key, new.key]),
    ]


def test_no_page_of_the_desk_keeps_anybody_out(page, barriers_in_every_view, stories):
    log_in(page, "chief")
    for address in pages_of_the_desk(stories):
        page.goto(address)
        if address.endswith("change/"):
            page.get_by_role("textbox", name="Body").wait_for()
        assert barriers_in_every_view(page) == [], address


def test_the_five_things_done_most_take_a_press_or_two(page, stories):
    log_in(page, "chief")
    page.goto("/admin/")
    page.get_by_role("region", name="Changes readers do not see yet").get_by_role("link").first.click()
    page.get_by_role("textbox", name="Body").wait_for()
    assert page.get_by_role("button", name="Save draft").is_visible()
    assert page.get_by_role("button", name="Publish changes").is_visible()
    page.locator(".panel-count a").first.click()
    assert page.locator("#panel-findings").is_visible()
    page.locator("#panel-findings li a").first.click()
    assert page.locator(":target").is_visible()


def test_a_story_is_found_from_the_first_page_and_no_column_of_the_list_is_cut_off(page, stories):
    log_in(page, "chief")
    page.goto("/admin/")
    page.get_by_role("searchbox", name="Find a story").fill("cage rolls")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Stories", level=1).wait_for()
    headlines = page.locator("#result_list .field-headline")
    assert headlines.all_inner_texts() == ["A cage rolls through the city"]
    for width in (768, 1024, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        cut = page.evaluate(
            "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('.results'))"
        )
        assert cut <= 0, width


def test_a_quote_is_one_line_that_opens_its_fields(page, story):
    make_quote(
        story, make_source("Protesters at the gate"), text="A long line of words " * 6, said_on="2018-09-25"
    )
    log_in(page, "chief")
    page.goto(f"/admin/articles/article/{story.pk}/change/")
    rows = page.locator(".quote-row.has_original")
    for width in (768, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        heights = [rows.nth(number).bounding_box()["height"] for number in range(2)]
        assert heights[0] == heights[1] < 48, width
    assert "Protesters at the gate, 25 September 2018" in rows.nth(1).inner_text()
    assert page.locator("#id_quotes-1-text").is_hidden()
    rows.nth(1).locator("summary").first.click()
    assert page.locator("#id_quotes-1-text").is_visible()
    assert page.locator("#id_quotes-0-text").is_hidden()


def test_a_story_is_written_with_the_keyboard_alone(page, story):
    log_in(page, "chief")
    page.goto("/admin/articles/article/add/")
    field(page, "Headline").focus()
    page.keyboard.type("Typed")
    page.keyboard.press("Tab")
    page.keyboard.type("The deck")
    in_the_text(page)
    page.keyboard.type("First paragraph.")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("Second.")
    page.get_by_role("button", name="Save", exact=True).focus()
    page.keyboard.press("Enter")
    page.locator(".messagelist .success").wait_for()
    article = Article.objects.get(headline="Typed")
    assert (article.deck, article.status) == ("The deck", "draft")
    assert article.body == "<p>First paragraph.</p><p><strong>Second.</strong></p>"


def test_the_form_says_beside_the_field_what_is_wrong(page, story):
    log_in(page, "chief")
    page.goto(f"/admin/articles/article/{story.pk}/change/")
    field(page, "Headline").fill("")
    field(page, "Deck").fill("Typed, not lost")
    page.get_by_role("button", name="Save", exact=True).click()
    assert "This field is required" in page.locator(".field-headline").inner_text()
    assert field(page, "Deck").input_value() == "Typed, not lost"
