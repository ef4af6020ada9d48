"""Moving stories in a real browser: asked and answered by keyboard, one by one and several at once; the calendar."""

import datetime as dt

import pytest
from django.utils import timezone

from articles.models import Article
from tests.browser.hands import form_of, log_in
from tests.make import make_article, make_author, make_section, make_tag, make_user

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/articles/article/"


def make_waiting(headline, **values):
    return make_article(headline, by=[make_author()], **{"status": "review", "tags": [make_tag()], **values})


@pytest.fixture
def chief():
    return make_user("chief", is_superuser=True, first_name="Ana", last_name="Ruiz")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


def test_the_page_opens_at_the_question_and_the_answer_is_one_key_away(page, chief):
    article = make_waiting("What the ferry contracts say", deck="")
    log_in(page, "chief")
    page.goto(form_of(article))
    page.get_by_role("textbox", name="Body").wait_for()
    press(page, "Publish now")
    page.get_by_role("region", name="Publish now?").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Publish now?"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("There is no deck")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Publish anyway"
    page.keyboard.press("Enter")
    page.locator(".messagelist .success").wait_for()
    assert Article.objects.get().status == "published"


def test_the_way_back_leads_to_the_field_and_leaves_the_story_where_it_is(page, chief):
    article = make_waiting("What the ferry contracts say", deck="")
    log_in(page, "chief")
    page.goto(form_of(article))
    press(page, "Publish now")
    question = page.get_by_role("region", name="Publish now?")
    question.get_by_role("link", name="There is no deck").click()
    assert page.evaluate("location.hash") == "#id_deck"
    page.get_by_label("Deck:", exact=True).fill("Eight years, no bids.")
    press(page, "Publish now")
    page.locator(".messagelist .success").wait_for()
    story = Article.objects.get()
    assert (story.deck, story.status) == ("Eight years, no bids.", "published")


def test_a_story_is_scheduled_moved_and_taken_off_the_schedule(page, chief):
    article = make_waiting("Harbor pilots set a date")
    log_in(page, "chief")
    page.goto(form_of(article))
    page.get_by_label("Or publish at").fill("2099-07-01T06:00")
    press(page, "Schedule")
    page.get_by_text("to go out on 1 July 2099, 06:00 PDT").wait_for()
    assert page.get_by_label("Publish at").input_value().startswith("2099-07-01T06:00")
    page.get_by_label("Publish at").fill("2099-07-02T06:00")
    press(page, "Change the moment")
    page.get_by_text("to go out on 2 July 2099, 06:00 PDT").wait_for()
    press(page, "Take off the schedule")
    page.get_by_text("is now in review").wait_for()
    story = Article.objects.get()
    assert (story.status, story.published_at) == ("review", None)


def test_several_stories_are_published_after_their_number_was_typed(page, chief):
    for number in range(3):
        make_waiting(f"Brief no. {number}")
    log_in(page, "chief")
    page.goto(f"{LIST}?status=review")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option(label="Publish now")
    page.locator(".actions button").first.click()
    page.get_by_role("heading", name="Publish now: 3 stories").wait_for()
    page.get_by_label("Type 3 to go on").focus()
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    page.get_by_text("That is not the number of stories, 3. Nothing was moved").wait_for()
    page.get_by_label("Type 3 to go on").fill("3")
    page.keyboard.press("Enter")
    page.locator(".messagelist .success").wait_for()
    assert set(Article.objects.values_list("status", flat=True)) == {"published"}


def test_a_story_is_deleted_for_good_after_a_one_was_typed(page, chief):
    article = make_article("Never used", status="binned")
    log_in(page, "chief")
    page.goto(form_of(article))
    press(page, "Delete for good")
    question = page.get_by_role("region", name="Delete for good?")
    question.get_by_label("Type 1").fill("1")
    question.get_by_role("button", name="Delete for good").click()
    page.locator(".messagelist .success").wait_for()
    assert not Article.objects.exists()


def make_a_full_week():
    now, hour, section = timezone.now(), dt.timedelta(hours=1), make_section()
    long = "A council vote that nobody wanted to hold, and what it says about the way the city is governed"
    make_article(
        long, section=section, status="scheduled", published_at=now + hour, withdraw_at=now + 30 * hour
    )
    make_article(
        "Held", section=section, status="published", published_at=now - hour, embargo_until=now + hour
    )
    make_article("Free", section=section, embargo_until=now - hour)
    return make_waiting("Waits", deck=""), make_article("Lacks", status="review")


def test_question_calendar_and_bulk_page_keep_nobody_out(page, barriers_in_every_view, chief):
    waits, lacks = make_a_full_week()
    log_in(page, "chief")

    def is_fit(what):
        assert barriers_in_every_view(page) == [], what

    page.goto("/admin/calendar/")
    is_fit("calendar")
    for story, told in [(waits, "Publish now?"), (lacks, "is not ready")]:
        page.goto(form_of(story))
        page.get_by_role("textbox", name="Body").wait_for()
        page.get_by_role("button", name="Publish now", exact=True).click()
        page.get_by_text(told).first.wait_for()
        page.get_by_role("textbox", name="Body").wait_for()
        is_fit(told)
    page.goto(f"{LIST}?status=review")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option(label="Schedule")
    page.locator(".actions button").first.click()
    page.get_by_role("heading", name="Schedule: 2 stories").wait_for()
    is_fit("bulk page")
