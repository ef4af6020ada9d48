"""A story is corrected by somebody with a keyboard, and read by everybody."""

import pytest

from tests.browser.hands import form_of, log_in
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
    page.get_by_role("button", name="Publish changes").press("Enter")
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


def test_a_retraction_is_the_first_thing_read_and_keeps_nobody_out(page, barriers_in_every_view):
    story = make_published("The headline", body="<p>The last words.</p>")
    make_correction(story, text="A_word_longer_than_the_screen_is_wide_" * 4, quote=make_quote(story))
    make_correction(story, kind="retraction", text="None of it is true.\n\nWe are sorry.")
    page.goto(story.get_absolute_url())
    notice, headline = page.get_by_role("note"), page.get_by_role("heading", level=1)
    assert "None of it is true." in notice.inner_text()
    for width in [360, 768, 1440]:
        page.set_viewport_size({"width": width, "height": 900})
        assert notice.bounding_box()["y"] < headline.bounding_box()["y"] < 900
    assert barriers_in_every_view(page) == []


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


def test_whoever_publishes_another_number_is_asked_and_readers_are_told_what_was_mended(
    open_page, phone, barriers, barriers_in_every_view
):
    make_desk_user(EDITOR, username="ana")
    story = make_published("Split up", deck="There were 1,800 families.", by=[make_author()])
    page = open_page(viewport={"width": 1280, "height": 900})
    log_in(page, "ana")
    page.goto(form_of(story))
    page.get_by_label("Deck:", exact=True).fill("There were 2,300 families.")
    page.get_by_role("button", name="Publish changes").click()

    page.get_by_role("heading", name="Are readers told?").wait_for()
    row = page.get_by_role("row", name="Number, in the deck")
    assert "1,800 families" in row.inner_text()
    assert page.get_by_role("radio", checked=True).count() == 0
    assert barriers_in_every_view(page) == []
    page.get_by_role("button", name="Decide", exact=True).click()
    assert "Choose one of these" in page.locator(".errorlist").inner_text()
    assert barriers(page) == []

    page.get_by_role("radio", name="Correction").focus()
    page.keyboard.press("Space")
    words = page.get_by_label("What readers are told")
    assert (
        words.input_value()
        == "An earlier version of this story said “1,800 families”. It is “2,300 families”."
    )
    words.press("End")
    page.keyboard.type(" We regret it.")
    page.get_by_label("On top of the story").check()
    page.get_by_role("button", name="Decide", exact=True).press("Enter")
    page.locator(".messagelist .success").wait_for()
    assert "Readers are told" in page.locator(".messagelist").inner_text()

    phone.goto(story.get_absolute_url())
    notice = phone.get_by_role("note")
    assert "We regret it." in notice.inner_text()
    assert notice.bounding_box()["y"] < phone.locator(".body").bounding_box()["y"]
    assert "Updated" in phone.locator(".furniture").inner_text()
    phone.get_by_role("link", name="Corrections", exact=True).click()
    assert "We regret it." in phone.get_by_role("region", name="20").inner_text()
    phone.get_by_role("link", name="Split up").click()
    phone.locator("#correction-1").wait_for(state="visible")


def test_the_page_of_all_corrections_keeps_nobody_out(page, barriers_in_every_view):
    story = make_published("A_headline_wider_than_the_screen_" * 5)
    for kind in ["correction", "clarification", "update", "retraction"]:
        make_correction(story, kind=kind, text="Words_wider_than_the_screen_" * 8, quote=make_quote(story))
    make_correction(story, text="word " * 100, on_top=True)
    for address in ["/corrections/", story.get_absolute_url()]:
        page.goto(address)
        assert barriers_in_every_view(page) == []
