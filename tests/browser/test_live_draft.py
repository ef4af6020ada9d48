"""A story readers see, written on: the draft stays with the desk until somebody publishes it."""

import pytest

from articles.models import Article
from tests.browser.hands import field, in_the_text, log_in, open_story, press
from tests.make import make_author, make_published, make_quote, make_source, make_tag, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story():
    make_user("ana", is_superuser=True, first_name="Ana", last_name="Ruiz")
    make_source("Ida Wells")
    article = make_published(
        "A cage rolls through the city",
        slug="cage",
        body="<p>“They had to look,” Jelani Drew said.</p>",
        by=[make_author()],
        tags=[make_tag("floods")],
    )
    make_quote(article, make_source("Jelani Drew"), text="They had to look")
    return article


@pytest.fixture
def ana(page, story):
    log_in(page, "ana")
    return page


def fix_the_quote(page):
    """In the record and in the text, as an editor does who listened to the tape again."""
    page.locator(".quote-fields > summary").first.click()
    page.locator("#id_quotes-0-text").fill("They had to listen")
    in_the_text(page, "Control+a")
    page.keyboard.type("“They had to listen,” Jelani Drew said.")


def read(reader):
    """The story's page, with the new quotes loaded, as somebody without an account has it."""
    reader.goto("/stories/cage/")
    return reader.get_by_role("main").inner_text()


def test_a_quote_mended_in_a_draft_is_read_once_the_changes_are_published(open_page, ana, story):
    reader = open_page()
    open_story(ana, story)
    fix_the_quote(ana)
    press(ana, "Save draft")
    assert "Readers see the story as it was" in ana.locator(".messagelist").inner_text()
    assert "This is a draft that readers do not see." in ana.locator(".draft-banner").inner_text()
    assert ana.locator("#id_quotes-0-text").input_value() == "They had to listen"
    assert "They had to look" in read(reader)
    assert "They had to listen" not in read(reader)

    ana.get_by_role("link", name="Preview the draft").click()
    for width in ("phone", "desktop"):
        frame = ana.frame_locator(f"iframe[title='The story on a {width}']")
        frame.get_by_role("main").wait_for()
        assert "They had to listen" in frame.get_by_role("main").inner_text()
    ana.get_by_role("link", name="Back to the story").click()

    press(ana, "Publish changes")
    assert ana.locator(".draft-banner").count() == 0
    assert "They had to listen" in read(reader)
    assert "They had to look" not in read(reader)


def test_rows_added_in_a_draft_come_back_to_the_form_and_go_out_together(open_page, ana, story):
    reader = open_page()
    open_story(ana, story)
    in_the_text(ana, "Control+End", "Enter")
    ana.keyboard.type("“Nobody asked,” Ida Wells said.")
    ana.get_by_text("Add another Quote").click()
    ana.locator("#id_quotes-1-text").fill("Nobody asked")
    ana.locator("#quotes-1 .field-source .select2-selection").first.click()
    ana.locator(".select2-search__field").last.fill("Ida")
    ana.locator(".select2-results__option--highlighted", has_text="Ida Wells").wait_for()
    ana.keyboard.press("Enter")
    press(ana, "Save draft")
    assert ana.locator("#id_quotes-1-text").input_value() == "Nobody asked"
    assert Article.objects.get().quotes.count() == 1
    field(ana, "Dateline").fill("OAKLAND")
    press(ana, "Save draft")
    assert "Nobody asked" not in read(reader)
    press(ana, "Publish changes")
    assert [quote.source.name for quote in Article.objects.get().quotes.in_story_order()] == [
        "Jelani Drew",
        "Ida Wells",
    ]
    page = read(reader)
    assert "Nobody asked" in page
    assert "OAKLAND" in page


def test_a_discarded_draft_leaves_the_form_as_readers_see_the_story(open_page, ana, story):
    open_story(ana, story)
    fix_the_quote(ana)
    press(ana, "Save draft")
    ana.get_by_role("link", name="Discard it…").click()
    ana.get_by_role("heading", name="Discard the draft?").wait_for()
    said = ana.locator(".comparison").inner_text()
    assert "listen" in said
    assert "Quotes" in said
    press(ana, "Discard the draft")
    assert ana.locator(".draft-banner").count() == 0
    assert ana.locator("#id_quotes-0-text").input_value() == "They had to look"
    ana.get_by_role("link", name="History").click()
    ana.get_by_role("row", name="draft of a live story").get_by_role("link", name="Version").first.click()
    press(ana, "Make this version the draft")
    assert ana.locator("#id_quotes-0-text").input_value() == "They had to listen"
    assert Article.objects.get().quotes.get().text == "They had to look"
