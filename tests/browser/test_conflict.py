"""Two editors, one story, two browsers: what both changed is asked, and nothing typed is lost."""

import pytest

from articles.models import Article, Revision
from tests.browser.hands import field, in_the_text, log_in, open_story, press
from tests.make import make_article, make_author, make_quote, make_source, make_tag, make_user

pytestmark = pytest.mark.django_db(transaction=True)

DESK = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def story():
    make_user("ana", is_superuser=True, first_name="Ana", last_name="Ruiz")
    make_user("ben", is_superuser=True, first_name="Ben", last_name="Okri")
    article = make_article(
        "A cage rolls through the city",
        deck="Nobody looks.",
        dateline="OAKLAND",
        body="<p>First.</p><p>Between.</p><p>Last.</p>",
        by=[make_author()],
        tags=[make_tag()],
    )
    for words in ("They had to look.", "Nobody asked us."):
        make_quote(article, make_source("Jelani Drew"), text=words)
    return article


@pytest.fixture
def editors(open_page, story):
    """Ana's page and Ben's, each with the form of the story open and every quote unfolded."""
    pages = []
    for name in ("ana", "ben"):
        page = open_page(**DESK)
        log_in(page, name)
        open_story(page, story)
        page.evaluate("document.querySelectorAll('.quote-fields').forEach((each) => { each.open = true; })")
        pages.append(page)
    return pages


def save_into_a_conflict(page, complaints):
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", name="Both of you changed this").wait_for()
    assert [
        line for line in complaints if "409" not in line
    ] == []  # the browser notes that nothing was saved
    complaints.clear()


def write_at_the_top(page, words):
    in_the_text(page, "Control+Home")
    page.keyboard.type(words)


def test_what_both_changed_is_decided_by_the_keyboard_alone(editors, story, complaints):
    ana, ben = editors
    write_at_the_top(ben, "Ben begins. ")
    field(ben, "Deck").fill("Ben's deck")
    ben.locator("#id_quotes-0-text").fill("They had to listen.")
    ben.locator("#id_quotes-1-DELETE").check()
    field(ben, "Dateline").fill("BERKELEY")
    press(ben, "Save")

    write_at_the_top(ana, "Ana begins. ")
    field(ana, "Deck").fill("Ana's deck")
    ana.locator("#id_quotes-0-text").fill("They had to see.")
    ana.locator("#id_quotes-1-text").fill("Nobody ever asked us.")
    field(ana, "Headline").fill("A cage rolls on")
    save_into_a_conflict(ana, complaints)
    asked = [" ".join(legend.split()) for legend in ana.locator("legend").all_inner_texts()]
    assert asked == [
        "Deck",
        "Body, paragraph 1",
        "Text of the quote “They had to look.” – Jelani Drew",
        "Quote",
    ]
    assert "Ben Okri saved “A cage rolls through the city”" in ana.locator(".desk-lead").inner_text()
    choices = ana.locator(".conflict-words").all_inner_texts()
    assert [text.strip() for text in choices[-2:]] == ["(deleted)", "“Nobody ever asked us.” – Jelani Drew"]

    keep_mine = iter([False, True, True, True])
    ana.locator("summary").first.focus()
    for _ in range(20):
        ana.keyboard.press("Tab")
        at = ana.evaluate("document.activeElement.type || ''")
        if at == "radio":
            ana.keyboard.press("Space")
            if next(keep_mine):
                ana.keyboard.press("ArrowDown")
        elif at == "submit":
            break
    ana.keyboard.press("Enter")
    ana.locator(".messagelist .success").wait_for()
    article = Article.objects.get()
    assert (article.headline, article.deck, article.dateline) == ("A cage rolls on", "Ben's deck", "BERKELEY")
    assert article.body == "<p>Ana begins. First.</p><p>Between.</p><p>Last.</p>"
    assert [quote.text for quote in article.quotes.in_story_order()] == [
        "They had to see.",
        "Nobody ever asked us.",
    ]
    aside = Revision.objects.get(kind=Revision.Kind.ASIDE)
    assert "Ana's deck" in aside.content


def test_no_answer_saves_nothing_and_who_leaves_finds_the_words_in_the_history(editors, story, complaints):
    ana, ben = editors
    field(ben, "Deck").fill("Ben's deck")
    press(ben, "Save")
    field(ana, "Deck").fill("Ana's deck, which took an hour")
    save_into_a_conflict(ana, complaints)
    ana.get_by_role("button", name="Save what I chose").click()
    assert ana.evaluate("document.activeElement.type") == "radio"  # the browser asks for an answer
    ana.get_by_role("link", name="Leave the story as Ben Okri saved it").click()
    field(ana, "Deck").wait_for()
    assert field(ana, "Deck").input_value() == "Ben's deck"
    ana.get_by_role("link", name="History").click()
    ana.get_by_role("row", name="typed, but not saved").get_by_role(
        "link", name="Typed over version 1", exact=True
    ).click()
    ana.get_by_role("heading", name="Typed over version 1").wait_for()
    assert "Ana's deck, which took an hour" in ana.locator(".comparison").inner_text()
    assert Article.objects.get().deck == "Ben's deck"


def test_what_only_one_of_them_touched_is_brought_together_unasked(editors, story):
    ana, ben = editors
    field(ben, "Dateline").fill("BERKELEY")
    ben.locator("#id_quotes-1-text").fill("Nobody asked us anything.")
    in_the_text(ben, "Control+End")
    ben.keyboard.type(" Ben ends.")
    press(ben, "Save")
    write_at_the_top(ana, "Ana begins. ")
    ana.locator("#id_quotes-0-text").fill("They had to see.")
    press(ana, "Save")
    assert "Ben Okri saved this story after you opened it" in ana.locator(".messagelist").inner_text()
    article = Article.objects.get()
    assert article.dateline == "BERKELEY"
    assert article.body == "<p>Ana begins. First.</p><p>Between.</p><p>Last. Ben ends.</p>"
    assert [quote.text for quote in article.quotes.in_story_order()] == [
        "They had to see.",
        "Nobody asked us anything.",
    ]


def test_the_page_keeps_nobody_out(editors, story, complaints, barriers_in_every_view):
    ana, ben = editors
    for page, words in ((ben, "Ben's "), (ana, "Ana's ")):
        field(page, "Deck").fill(words * 40)
        page.locator("#id_quotes-0-text").fill("A-word-without-an-end-" * 12 + words)
        if page is ben:
            page.locator("#id_quotes-1-DELETE").check()
            press(ben, "Save")
    ana.locator("#id_quotes-1-text").fill("Nobody ever asked us.")
    save_into_a_conflict(ana, complaints)
    ana.get_by_label("Keep what you wrote").first.check()
    assert barriers_in_every_view(ana) == []
