"""Nothing typed is lost: a crash, a login that ran out, a desk that does not answer, somebody else who saved first."""

import datetime as dt
import os
import re
import signal

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from articles.models import Article, OpenForm
from tests.browser.hands import PASSWORD, field, in_the_text, log_in, open_story, press
from tests.make import make_article, make_author, make_quote, make_source, make_tag, make_user

pytestmark = pytest.mark.django_db(transaction=True)

KEPT = re.compile(r"^Kept \d\d:\d\d$")


@pytest.fixture
def story():
    make_user("ana", is_superuser=True, first_name="Ana", last_name="Ruiz")
    make_user("ben", is_superuser=True, first_name="Ben", last_name="Okri")
    article = make_article(
        "A cage rolls through the city",
        body="<p>First.</p><p>Last.</p>",
        by=[make_author()],
        tags=[make_tag()],
    )
    make_quote(article, make_source("Jelani Drew"), text="They had to look.")
    return article


def sit_down(page, username, article=None):
    """The story's form, opened by somebody who has just logged in."""
    log_in(page, username)
    return open_story(page, article)


def wait_until_kept(page):
    page.locator(".kept-line").get_by_text(KEPT).wait_for()


def offer(page):
    return page.get_by_role("region", name="Typed and not saved")


def bring_back(page):
    offer(page).get_by_role("button", name="Bring it back").click()
    page.get_by_text("This is what you typed and did not save.").wait_for()


def time_passes(**passed):
    """For the desk; whoever is silent since then has left."""
    for form in OpenForm.objects.all():
        form.seen_at -= dt.timedelta(**passed)
        form.save(update_fields=["seen_at"])


def crash(page):
    """Ends the process that shows the page, as when the machine runs out of memory."""
    processes = page.context.browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")[
        "processInfo"
    ]
    with page.expect_event("crash"):
        for process in processes:
            if process["type"] == "renderer":
                os.kill(process["id"], signal.SIGKILL)


def every_login_runs_out():
    Session.objects.all().delete()


def test_after_a_crash_everything_typed_comes_back_on_another_computer(open_page, story):
    make_source("Ida Wells")
    make_tag("border")
    page = sit_down(open_page(viewport={"width": 1280, "height": 900}), "ana", story)
    field(page, "Headline").fill("A cage rolls on")
    page.get_by_role("textbox", name="Body").get_by_text("Last.").click()
    page.keyboard.press("End")
    page.keyboard.type(" And more.")
    page.locator(".field-tags .select2-search__field").fill("border")
    page.locator(".select2-results__option--highlighted", has_text="border").wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("Add another Quote").click()
    page.locator("#id_quotes-1-text").fill("Nobody asked.")
    page.locator("#quotes-1 .field-source .select2-selection").first.click()
    page.locator(".select2-search__field").last.fill("Ida")
    page.locator(".select2-results__option--highlighted", has_text="Ida Wells").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_timeout(3000)
    wait_until_kept(page)
    page.context.close()  # no script of the page runs any more
    time_passes(seconds=91)
    assert Article.objects.get().version == 1

    page = sit_down(open_page(viewport={"width": 1280, "height": 900}), "ana", story)
    assert "was not saved" in offer(page).get_by_role("heading").inner_text()
    offer(page).get_by_text("What differs").click()
    said = offer(page).locator("dl").inner_text()
    assert "You typed: A cage rolls on" in said
    assert "Quotes, 2: Text" in said or "Quotes, 2: Words" in said
    bring_back(page)
    assert field(page, "Headline").input_value() == "A cage rolls on"
    press(page, "Save")
    article = Article.objects.get()
    assert (article.headline, article.body) == ("A cage rolls on", "<p>First.</p><p>Last. And more.</p>")
    assert {tag.name for tag in article.tags.all()} >= {"border"}
    assert [(quote.text, quote.source.name) for quote in article.quotes.order_by("position")] == [
        ("They had to look.", "Jelani Drew"),
        ("Nobody asked.", "Ida Wells"),
    ]
    assert offer(page).count() == 0


def test_after_a_crash_this_browser_has_what_did_not_reach_the_desk(page, story, complaints):
    sit_down(page, "ana", story)
    field(page, "Deck").fill("Typed in the last second")
    page.wait_for_timeout(900)
    assert not OpenForm.objects.exclude(typed="").exists()
    crash(page)
    again = open_story(page.context.new_page(), story)
    bring_back(again)
    assert field(again, "Deck").input_value() == "Typed in the last second"
    press(again, "Save")
    assert Article.objects.get().deck == "Typed in the last second"
    complaints.clear()


def test_a_new_story_comes_back_too(page, story):
    sit_down(page, "ana")
    field(page, "Headline").fill("Begun and never saved")
    wait_until_kept(page)
    open_story(page)
    bring_back(page)
    assert field(page, "Headline").input_value() == "Begun and never saved"
    press(page, "Save")
    assert Article.objects.filter(headline="Begun and never saved").count() == 1
    assert offer(open_story(page)).count() == 0


def test_what_is_let_go_is_not_offered_again(page, story):
    sit_down(page, "ana", story)
    field(page, "Deck").fill("Not wanted")
    wait_until_kept(page)
    open_story(page, story)
    offer(page).get_by_role("button", name="Let it go").click()
    offer(page).wait_for(state="detached")
    assert offer(open_story(page, story)).count() == 0
    assert (
        page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('newsroom-typed'))") == []
    )


def test_what_was_saved_or_taken_back_by_hand_is_never_offered(page, story):
    sit_down(page, "ana", story)
    field(page, "Deck").fill("Saved")
    wait_until_kept(page)
    press(page, "Save")
    field(page, "Deck").fill("Saved, and then")
    wait_until_kept(page)
    field(page, "Deck").fill("Saved")
    page.locator(".kept-line").get_by_text(KEPT).wait_for(state="hidden")
    open_story(page, story)
    page.wait_for_timeout(500)
    assert offer(page).count() == 0
    assert (
        page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('newsroom-typed'))") == []
    )


def test_a_login_that_runs_out_while_typing_costs_nothing(page, story, complaints):
    sit_down(page, "ana", story)
    every_login_runs_out()
    field(page, "Deck").fill("Typed without a login")
    trouble = page.get_by_role("status").filter(has_text="Your login has expired")
    trouble.wait_for()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_timeout(1000)
    assert field(page, "Deck").input_value() == "Typed without a login"  # not sent to the door
    with page.context.expect_page() as opened:
        trouble.get_by_role("link", name="log in again in another tab").click()
    door = opened.value
    door.get_by_label("Username").fill("ana")
    door.get_by_label("Password").fill(PASSWORD)
    door.get_by_role("button", name="Log in").click()
    door.get_by_role("heading", name="Desk").wait_for()
    press(page, "Save")
    assert Article.objects.get().deck == "Typed without a login"
    complaints.clear()


def test_a_save_that_ends_at_the_login_is_offered_behind_it(page, story, complaints):
    sit_down(page, "ana", story)
    field(page, "Deck").fill("Sent without a login")
    every_login_runs_out()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_label("Username").fill("ana")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("textbox", name="Body").wait_for()
    bring_back(page)
    press(page, "Save")
    assert Article.objects.get().deck == "Sent without a login"
    complaints.clear()


def test_while_the_desk_does_not_answer_the_browser_keeps_it_and_says_so(page, story, complaints):
    sit_down(page, "ana", story)
    page.route("**/open/", lambda route: route.abort())
    field(page, "Deck").fill("Typed in a tunnel")
    page.get_by_text("Kept in this browser only: the desk does not answer.").wait_for()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    open_story(page, story)
    assert asked == []  # nobody is held up: it is kept
    bring_back(page)
    assert field(page, "Deck").input_value() == "Typed in a tunnel"
    complaints.clear()


def test_only_where_neither_keeps_it_leaving_is_asked_about(page, story, complaints):
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    sit_down(page, "ana", story)
    page.route("**/open/", lambda route: route.abort())
    field(page, "Deck").fill("Kept nowhere")
    page.get_by_text("Not kept: neither this browser nor the desk has room for it.").wait_for()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/admin/")
    assert asked == ["beforeunload"]
    complaints.clear()


def test_two_editors_see_each_other_come_type_and_go(open_page, story):
    ana, ben = (open_page(viewport={"width": 1280, "height": 900}) for _ in range(2))
    sit_down(ana, "ana", story)
    sit_down(ben, "ben", story)
    there = ben.get_by_role("list", name="Who else has this open")
    there.get_by_text("Ana Ruiz").wait_for()
    field(ana, "Deck").fill("Mine")
    wait_until_kept(ana)
    there = ana.get_by_role("list", name="Who else has this open")
    there.get_by_text("Ben Okri opened this just now.").wait_for()
    assert "Ben Okri" in ana.get_by_role("status").filter(has_text="Ben Okri").text_content()
    field(ben, "Dateline").fill("Oakland")
    wait_until_kept(ben)
    assert "Ana Ruiz opened this just now and is typing." in ben.locator("[data-people]").inner_text()
    ben.goto("/admin/")
    ana.bring_to_front()
    field(ana, "Deck").fill("Mine still")
    there.get_by_text("Ben Okri").wait_for(state="detached")


def test_the_text_of_my_other_tab_is_not_offered_while_it_is_open(page, story):
    sit_down(page, "ana", story)
    field(page, "Deck").fill("Still at it")
    wait_until_kept(page)
    other = open_story(page.context.new_page(), story)
    other.get_by_text("You have this open in another tab").wait_for()
    other.wait_for_timeout(500)
    assert offer(other).count() == 0
    page.close()
    open_story(other, story)
    offer(other).wait_for()


def test_whoever_types_is_told_that_somebody_saved_and_both_texts_are_brought_together(open_page, story):
    ana, ben = (open_page(viewport={"width": 1280, "height": 900}) for _ in range(2))
    sit_down(ana, "ana", story)
    field(ana, "Deck").fill("Ana's deck")
    wait_until_kept(ana)
    sit_down(ben, "ben", story)
    field(ben, "Headline").fill("Ben's headline")
    press(ben, "Save")
    field(ana, "Dateline").fill("OAKLAND")
    told = ana.get_by_role("status").filter(has_text="Ben Okri saved this story at")
    told.wait_for()
    assert "Your text is safe; saving will bring both together." in told.inner_text()
    wait_until_kept(ana)
    assert ana.locator("[name=seen_version]").input_value() == "1"
    press(ana, "Save")
    article = Article.objects.get()
    assert (article.headline, article.deck, article.dateline) == ("Ben's headline", "Ana's deck", "OAKLAND")


def test_the_keyboard_saves_and_never_publishes_by_itself(page, story):
    Article.objects.update(status="review")
    sit_down(page, "ana", story)
    in_the_text(page, "Control+Home")
    page.keyboard.type("Now: ")
    page.keyboard.press("Control+s")
    page.locator(".messagelist .success").wait_for()
    article = Article.objects.get()
    assert (article.body, article.version) == ("<p>Now: First.</p><p>Last.</p>", 2)
    button = page.locator("[aria-keyshortcuts='Control+Shift+Enter']")
    button.wait_for()
    page.keyboard.press("Control+Shift+Enter")
    assert button.inner_text().strip() == "Publish now"
    assert button.evaluate("(button) => button === document.activeElement")
    save_button = page.get_by_role("button", name="Save", exact=True)
    assert save_button.get_attribute("aria-keyshortcuts") == "Control+S"
    page.get_by_text("Keyboard").click()
    assert "saves" in page.locator(".shortcuts").inner_text()
    assert Article.objects.get().status == "review"


def test_a_button_pressed_twice_saves_once(page, story):
    sit_down(page, "ana", story)
    field(page, "Deck").fill("Once")
    page.get_by_role("button", name="Save", exact=True).dblclick()
    page.locator(".messagelist .success").wait_for()
    assert Article.objects.get().version == 2


def test_what_is_told_and_offered_keeps_nobody_out(page, barriers_in_every_view, story):
    sit_down(page, "ana", story)
    field(page, "Deck").fill("Typed and left " * 20)
    wait_until_kept(page)
    OpenForm.objects.create(
        article=story,
        by_username="ben",
        by_name="Ben Okri",
        opened_at=timezone.now() - dt.timedelta(minutes=3),
    )
    Article.objects.update(version=2)
    field(page, "Dateline").fill("OAKLAND")
    page.get_by_role("listitem").filter(has_text="Ben Okri has had this open for 3 minutes.").wait_for()
    assert barriers_in_every_view(page) == []
    open_story(page, story)
    offer(page).get_by_text("What differs").click()
    assert barriers_in_every_view(page) == []
