"""The front page as people meet it: on a phone and on a desk, by day and by night."""

import pytest

from tests.make import make_author, make_published, make_quote, make_section, make_source, make_tag

HEADLINES = [
    "Protesters Surround Dreamforce",
    "Refused: A Quarter of a Million Dollars for Families at the Border",
    "A Headline With One Wordthatisaslongaswordsgetwhennobodybreaksthem",
    "Brief",
]


@pytest.fixture
def front_page(transactional_db):
    """Four stories as a desk writes them, in two sections."""
    sections = [make_section("Technology"), make_section("Politics")]
    author, tag = make_author("Ann Author"), make_tag("immigration")
    for number, headline in enumerate(HEADLINES):
        story = make_published(headline, section=sections[number % 2], by=[author], tags=[tag])
        make_quote(story, make_source(f"Speaker {number}"))


def test_everybody_can_read_it(front_page, page, barriers_in_every_view):
    assert page.goto("/").status == 200
    for headline in HEADLINES:
        assert page.get_by_role("link", name=headline).first.is_visible()
    assert barriers_in_every_view(page) == []


def test_a_headline_leads_to_its_story(front_page, phone):
    phone.goto("/")
    phone.get_by_role("link", name=HEADLINES[0]).first.tap()
    phone.wait_for_load_state()
    assert phone.get_by_role("heading", level=1).inner_text() == HEADLINES[0]
