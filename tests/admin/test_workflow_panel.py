import datetime as dt

import pytest
from django.urls import reverse

from articles.models import Article, StatusChange
from tests.admin.forms import LIST, filled_in, messages, page_of, save
from tests.make import (
    make_article,
    make_author,
)

pytestmark = pytest.mark.django_db


def test_the_buttons_shown_are_the_steps_this_person_may_take(client, editor):
    article = make_article(created_by=editor)
    steps = client.get(page_of(article)).context["panel"]["steps"]
    assert [step.name for step in steps] == ["submit", "bin"]


def test_one_press_saves_and_moves_the_story(client, editor):
    article = make_article(by=[make_author()], status="review")
    response = save(client, article, "_step", _step="publish", deck="Last word", step_note="Checked twice.")
    article.refresh_from_db()
    assert (article.deck, article.status) == ("Last word", "published")
    assert StatusChange.objects.get().note == "Checked twice."
    assert any("is now published" in message for message in messages(response))


def test_a_refused_step_keeps_the_changes_and_says_what_is_missing(client, editor):
    article = make_article(status="review")
    response = save(client, article, "_step", _step="publish", deck="Kept")
    article.refresh_from_db()
    assert (article.deck, article.status) == ("Kept", "review")
    assert any("The byline is empty" in message for message in messages(response))


def test_a_story_is_scheduled_in_the_newsrooms_own_time(client, editor):
    article = make_article(by=[make_author()], status="review")
    save(client, article, "_step", _step="schedule", goes_out_at="2099-07-01T06:00")
    article.refresh_from_db()
    assert article.status == "scheduled"
    assert article.published_at == dt.datetime(2099, 7, 1, 13, tzinfo=dt.UTC)


@pytest.mark.parametrize("moment", ["", "tomorrow", "2001-01-01T00:00", "2099-03-08T02:30"])
def test_an_odd_moment_is_refused_in_words(client, editor, moment):
    article = make_article(by=[make_author()], status="review")
    response = save(client, article, "_step", _step="schedule", goes_out_at=moment)
    article.refresh_from_db()
    assert article.status == "review"
    assert any("the step was not taken" in message for message in messages(response))


def test_a_moment_in_a_year_out_of_reach_is_refused_by_its_year(client, editor):
    article = make_article(by=[make_author()], status="review")
    response = save(client, article, "_step", _step="schedule", goes_out_at="9999-12-31T23:59")
    article.refresh_from_db()
    assert article.status == "review"
    assert any("This is in the year 9999" in message for message in messages(response))
    assert client.get(LIST).status_code == 200


def test_a_step_that_does_not_exist_is_refused(client, editor):
    article = make_article()
    response = save(client, article, "_step", _step="explode")
    assert any("the step was not taken" in message for message in messages(response))


def test_a_new_story_can_be_handed_in_at_once(client, editor):
    page = reverse("admin:articles_article_add")
    client.post(page, filled_in(client.get(page), headline="Fresh", _step="submit"))
    assert Article.objects.get().status == "review"


def test_deleting_a_story_is_a_move_to_the_bin_and_back(client, editor):
    article = make_article(created_by=editor)
    assert client.get(reverse("admin:articles_article_delete", args=[article.pk])).status_code == 403
    save(client, article, "_step", _step="bin")
    assert str(article) not in client.get(LIST).content.decode()
    assert str(article) in client.get(LIST, {"status": "binned"}).content.decode()
    assert "You can read this story but not change it" in client.get(page_of(article)).content.decode()
    client.post(reverse("admin:articles_article_step", args=[article.pk]), {"_step": "restore"})
    article.refresh_from_db()
    assert article.status == "draft"


def test_a_list_action_takes_the_step_with_each_story_and_tells_what_was_refused(client, editor):
    ready = make_article("Ready", by=[make_author()], status="review")
    unready = make_article("Unready", status="review")
    response = client.post(
        LIST, {"action": "take_publish", "_selected_action": [ready.pk, unready.pk]}, follow=True
    )
    assert {row.headline: row.status for row in Article.objects.all()} == {
        "Ready": "published",
        "Unready": "review",
    }
    told = messages(response)
    assert told[0] == "Publish now: done for 1 story."
    assert "“Unready” is not ready" in told[1]


def test_the_panel_lists_what_is_missing_and_where_to_mend_it(client, editor):
    article = make_article(section=None)
    findings = client.get(page_of(article)).context["panel"]["findings"]
    assert {"bylines-group", "id_section", "id_tags"} == {finding["anchor"] for finding in findings}
