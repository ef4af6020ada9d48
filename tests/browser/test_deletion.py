"""Deleting in a real browser: the list says what stays, the page says where it is used, and nobody is kept out."""

import pytest
from playwright.sync_api import expect

from articles.models import Source
from tests.browser.hands import log_in
from tests.make import make_alias, make_published, make_quote, make_source, make_tag, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sources():
    make_user("chief", is_superuser=True)
    quoted, unused = make_source("Jelani Drew"), make_source("Nobody At All")
    make_quote(make_published("A cage rolls through the city", tags=[make_tag("protest")]), quoted)
    make_alias(unused, "Nemo")
    return quoted, unused


def test_a_list_names_what_stays_and_deletes_the_rest(page, phone, sources, barriers):
    quoted, _ = sources
    for window in [page, phone]:
        log_in(window, "chief")
        window.goto("/admin/articles/source/")
        window.get_by_role("checkbox", name="Select all objects on this page").check()
        window.get_by_role("combobox", name="Action").select_option(label="Delete selected sources")
        window.locator("button[name=index]").click()
        expect(window.get_by_role("heading", name="Delete 1 of 2 sources?")).to_be_visible()
        expect(window.get_by_role("link", name="A cage rolls through the city")).to_be_visible()
        expect(window.get_by_text("Nemo")).to_be_visible()
        assert barriers(window) == []
        assert window.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Delete 1 source").click()
    expect(page.get_by_text("Deleted 1 source.")).to_be_visible()
    assert list(Source.objects.all()) == [quoted]


def test_the_page_of_a_quoted_source_leads_to_the_story_and_offers_no_button(page, sources, barriers):
    quoted, unused = sources
    log_in(page, "chief")
    for source in sources:
        page.goto(f"/admin/articles/source/{source.pk}/delete/")
        assert barriers(page) == []
    page.get_by_role("link", name="Keep it").click()
    expect(page).to_have_url(f"/admin/articles/source/{unused.pk}/change/")
    page.goto(f"/admin/articles/source/{quoted.pk}/delete/")
    expect(page.get_by_role("button", name="Delete")).to_have_count(0)
    page.get_by_role("link", name="A cage rolls through the city").click()
    expect(page.get_by_role("textbox", name="Headline")).to_have_value("A cage rolls through the city")
