"""A story is corrected by somebody with a keyboard, and read by everybody."""

import pytest
from django.urls import reverse

from tests.browser.test_journey import log_in
from tests.make import (
    EDITOR,
    REPORTER,
    make_article,
    make_author,
    make_correction,
    make_desk_user,
    make_published,
    make_quote,
    make_source,
)

pytestmark = pytest.mark.django_db(transaction=True)


def form_of(story):
    return reverse("admin:articles_article_change", args=[story.pk])


def test_a_story_is_corrected_with_the_keyboard_alone_and_the_reader_is_led_to_the_quote(open_page):
    make_desk_user(EDITOR, username="ana")
    story = make_published(by=[make_author()])
    for n in range(9):
        make_quote(story, make_source(f"Speaker {n}"), text=f"Words of {n}.", kind="paraphrase")

    page = open_page(viewport={"width": 1280, "height": 900})
    log_in(page, "ana")
    page.goto(form_of(story))
    page.get_by_role("button", name="Add another Correction").press("Enter")
    kind = page.locator("#id_corrections-0-kind")
    kind.focus()
    page.keyboard.type("clar")
    while page.evaluate("document.activeElement.id") != "id_corrections-0-text":
        page.keyboard.press("Tab")
    page.keyboard.type("The ninth speaker was misheard.")
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    page.locator(".messagelist .success").wait_for()

    reader = open_page(viewport={"width": 360, "height": 740})
    reader.goto(story.get_absolute_url())
    section = reader.get_by_role("region", name="Corrections and updates")
    assert "Clarification" in section.inner_text()
    assert "The ninth speaker was misheard." in section.inner_text()
    quote = reader.locator("#quote-9")
    assert quote.is_hidden()
    section.get_by_role("link", name="The quote it is about").press("Enter")
    quote.wait_for(state="visible")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_a_retraction_is_the_first_thing_read_and_keeps_nobody_out(open_page, barriers, width, scheme):
    story = make_published("The headline", body="<p>The last words.</p>")
    make_correction(story, text="A_word_longer_than_the_screen_is_wide_" * 4, quote=make_quote(story))
    make_correction(story, kind="retraction", text="None of it is true.\n\nWe are sorry.")
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(story.get_absolute_url())
    notice, headline = page.get_by_role("note"), page.get_by_role("heading", level=1)
    assert "None of it is true." in notice.inner_text()
    assert notice.bounding_box()["y"] < headline.bounding_box()["y"] < 900
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers(page) == []


def test_who_may_only_read_corrections_sees_no_empty_list_of_them(open_page):
    reporter = make_desk_user(REPORTER, username="ida")
    untouched, corrected = make_article(created_by=reporter), make_article(created_by=reporter)
    make_correction(corrected, text="It was Monday.")
    page = open_page(viewport={"width": 1280, "height": 900})
    log_in(page, "ida")
    page.goto(form_of(corrected))
    corrections = page.locator("#corrections-group")
    assert "It was Monday." in corrections.inner_text()
    page.goto(form_of(untouched))
    assert corrections.is_hidden()
    assert page.locator("#quotes-group").is_visible()
