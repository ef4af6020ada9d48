"""The desk in a real browser: nobody is kept out, the policy holds, nothing typed is lost."""

import pytest

from articles.models import Article
from tests.browser.test_journey import log_in
from tests.make import (
    make_article,
    make_author,
    make_correction,
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_first_page_list_form_and_history_keep_nobody_out(open_page, barriers, story, width, scheme):
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    log_in(page, "chief")
    form = f"/admin/articles/article/{story.pk}/"
    for address in [
        "/admin/",
        "/admin/articles/article/",
        f"{form}change/",
        f"{form}history/",
        "/admin/articles/quote/",
    ]:
        page.goto(address)
        if address.endswith("change/"):
            page.get_by_role("textbox", name="Body").wait_for()
        assert barriers(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_story_is_written_with_the_keyboard_alone(page, story):
    log_in(page, "chief")
    page.goto("/admin/articles/article/add/")
    page.get_by_label("Headline:", exact=True).focus()
    page.keyboard.type("Typed")
    page.keyboard.press("Tab")
    page.keyboard.type("The deck")
    page.get_by_role("textbox", name="Body").focus()
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


def test_a_refused_save_shows_both_texts_and_keeps_what_was_typed(open_page, story):
    first, second = open_page(viewport={"width": 1280, "height": 900}), open_page()
    for page in (first, second):
        log_in(page, "chief")
        page.goto(f"/admin/articles/article/{story.pk}/change/")
        page.get_by_role("textbox", name="Body").wait_for()
    second.get_by_label("Deck:", exact=True).fill("Theirs")
    second.get_by_role("button", name="Save", exact=True).click()
    second.locator(".messagelist .success").wait_for()

    first.get_by_label("Deck:", exact=True).fill("Mine")
    first.get_by_role("button", name="Save", exact=True).click()
    conflict = first.locator(".conflict")
    conflict.wait_for()
    assert conflict.locator("tbody tr").locator("th, td").all_inner_texts() == ["Deck", "Theirs", "Mine"]
    assert first.get_by_label("Deck:", exact=True).input_value() == "Mine"
    first.get_by_role("button", name="Save", exact=True).click()
    first.locator(".messagelist .success").wait_for()
    assert Article.objects.get(pk=story.pk).deck == "Mine"


def test_the_form_says_beside_the_field_what_is_wrong(page, story):
    log_in(page, "chief")
    page.goto(f"/admin/articles/article/{story.pk}/change/")
    page.get_by_label("Headline:", exact=True).fill("")
    page.get_by_label("Deck:", exact=True).fill("Typed, not lost")
    page.get_by_role("button", name="Save", exact=True).click()
    assert "This field is required" in page.locator(".field-headline").inner_text()
    assert page.get_by_label("Deck:", exact=True).input_value() == "Typed, not lost"
