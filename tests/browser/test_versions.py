"""The versions of a story: found, compared, read, named and brought back with a few presses."""

import pytest
from django.test import Client

from articles.models import Article, Revision
from tests.admin.forms import save
from tests.browser.hands import form_of, log_in
from tests.make import make_article, make_author, make_quote, make_source, make_tag, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story():
    ana = make_user("ana", is_superuser=True, first_name="Ana", last_name="Ruiz")
    article = make_article(
        "A cage rolls", deck="The first deck.", by=[make_author()], tags=[make_tag("floods")]
    )
    make_quote(article, make_source("Jelani Drew"), text="They had to look")
    client = Client()
    client.force_login(ana)
    save(client, article, deck="The second deck.")
    save(client, article, deck="The third deck.", **{"quotes-0-text": "They had to listen"})
    return article


@pytest.fixture
def ana(page, story):
    log_in(page, "ana")
    page.goto(form_of(story))
    page.get_by_role("link", name="History").click()
    return page


def test_the_newest_two_are_compared_by_one_press_and_any_two_by_the_keyboard(ana):
    ana.get_by_role("heading", name="History of").wait_for()
    assert ana.get_by_role("radio", name="From Version 2").is_checked()
    assert ana.get_by_role("radio", name="To Version 3").is_checked()
    compare = ana.get_by_role("button", name="Compare the two chosen versions")
    compare.click()
    ana.get_by_role("heading", name="Version 2 and Version 3").wait_for()
    assert ana.locator("del").filter(has_text="second").count() == 1
    assert ana.locator("ins").filter(has_text="listen").count() == 1
    ana.get_by_role("link", name="Compare others").click()

    compare.focus()
    for _ in range(9):  # the links of a line stand between its two circles and the next line's
        ana.keyboard.press("Tab")
        if ana.evaluate("document.activeElement.name") == "old":
            break
    ana.keyboard.press("ArrowDown")
    assert ana.get_by_role("radio", name="From Version 1").is_checked()
    ana.keyboard.press("Enter")
    ana.get_by_role("heading", name="Version 1 and Version 3").wait_for()
    assert ana.locator("del").filter(has_text="first").count() == 1


def test_each_line_leads_to_what_that_version_changed(ana):
    ana.get_by_role("link", name="What Version 2 changed: Deck").click()
    ana.get_by_role("heading", name="Version 1 and Version 2").wait_for()
    assert ana.locator(".compared h3").all_inner_texts() == ["Deck"]


def test_a_version_is_named_and_restored(ana, story):
    ana.get_by_role("link", name="Version 1", exact=True).click()
    ana.get_by_label("Name of this version").fill("As sent to the lawyers")
    ana.get_by_role("button", name="Keep the name").click()
    ana.get_by_role("heading", name="As sent to the lawyers of").wait_for()
    assert "They had to look" in ana.locator(".whole-version").inner_text()
    ana.get_by_role("button", name="Restore this version").click()
    ana.locator(".messagelist .success").wait_for()
    assert "“As sent to the lawyers” is restored" in ana.locator(".messagelist").inner_text()
    article = Article.objects.get()
    assert (article.deck, article.quotes.get().text) == ("The first deck.", "They had to look")
    assert Revision.objects.filter(article=article).count() == 4
