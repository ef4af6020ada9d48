"""A story as people meet it: whose words are whose, at every width."""

import pytest

from tests.fixtures import load_all

pytestmark = pytest.mark.django_db(transaction=True)

STORY = "/stories/dreamforce-cage-protest/"

# A block that a column breaks has a rectangle in each column. For each block of words: is it whole, and does a
# name stand in it, before its words or beside them?
BLOCKS = """blocks => blocks.map(block => {
    const box = block.getBoundingClientRect(), name = block.querySelector('.who').getBoundingClientRect()
    const words = [...block.querySelectorAll('.quote')].map(quote => quote.getBoundingClientRect())
    return block.getClientRects().length === 1 && words.length > 0 && words.every(quote =>
        quote.top >= box.top && quote.bottom <= box.bottom && (quote.left >= name.right || quote.top >= name.bottom))
})"""


def test_no_words_stand_under_nobody(page, barriers_in_every_view):
    load_all()
    page.goto(STORY)
    page.get_by_text("more speakers").click()
    for width in [360, 768, 1100, 1440, 1600]:
        page.set_viewport_size({"width": width, "height": 900})
        whole = page.locator(".speaker-words").evaluate_all(BLOCKS)
        assert len(whole) > 10
        assert all(whole)
        assert page.get_by_role("heading", name="Jacinta Gonzalez").is_visible()
    assert barriers_in_every_view(page) == []


def test_on_a_phone_the_next_story_comes_before_everything_that_was_said(open_page):
    load_all()
    page = open_page(viewport={"width": 360, "height": 740})
    page.goto(STORY)
    top = {
        name: page.locator(name).bounding_box()["y"]
        for name in [".body", ".related", ".story-foot", ".words"]
    }
    assert sorted(top, key=top.get) == [".body", ".related", ".story-foot", ".words"]
    folded = page.locator("details .quote")
    assert folded.count() > 5
    assert folded.first.is_hidden()
