import datetime as dt

import pytest
from django.urls import reverse

from articles.models import Article, StatusChange
from tests.admin.forms import LIST, filled_in, messages, page_of, save
from tests.make import EDITOR, make_article, make_author, make_desk_user, make_tag

pytestmark = pytest.mark.django_db

UTC = dt.UTC


def make_ready(**values):
    """A story about which there is nothing to say."""
    return make_article(by=[make_author()], tags=[make_tag()], **values)


def step_page(article):
    return reverse("admin:articles_article_step", args=[article.pk])


def test_the_buttons_shown_are_the_steps_this_person_may_take(client, editor):
    article = make_article(created_by=editor)
    steps = client.get(page_of(article)).context["panel"]["steps"]
    assert [step.name for step in steps] == ["submit", "bin"]


def test_one_press_saves_and_moves_the_story(client, editor):
    article = make_ready(status="review")
    response = save(client, article, "_step", _step="publish", deck="Last word", step_note="Checked twice.")
    article.refresh_from_db()
    assert (article.deck, article.status) == ("Last word", "published")
    assert StatusChange.objects.get().note == "Checked twice."
    assert any("is now published" in message for message in messages(response))


def test_a_refused_step_keeps_the_changes_and_leads_to_what_is_missing(client, editor):
    article = make_article("A <i>story", status="review", section=None)
    response = save(client, article, "_step", _step="publish", deck="Kept")
    article.refresh_from_db()
    assert (article.deck, article.status) == ("Kept", "review")
    (told,) = messages(response)
    assert told.startswith(
        "Your changes are saved, but the step was not taken. “A &lt;i&gt;story” is not ready."
    )
    assert 'href="#bylines-group">The byline is empty' in told
    assert 'href="#id_section">The story has no section' in told
    assert told in response.content.decode()


def test_a_story_is_scheduled_in_the_newsrooms_own_time(client, editor):
    article = make_ready(status="review")
    response = save(client, article, "_step", _step="schedule", goes_out_at="2099-07-01T06:00")
    article.refresh_from_db()
    assert article.status == "scheduled"
    assert article.published_at == dt.datetime(2099, 7, 1, 13, tzinfo=UTC)
    assert any("to go out on 1 July 2099, 06:00 PDT" in message for message in messages(response))


def test_a_scheduled_story_shows_its_moment_in_the_box_and_can_be_given_another(client, editor):
    article = make_ready(status="scheduled", published_at=dt.datetime(2099, 7, 1, 13, tzinfo=UTC))
    shown = client.get(page_of(article))
    assert shown.context["panel"]["goes_out_at"] == "2099-07-01T06:00:00"
    assert 'value="2099-07-01T06:00:00"' in shown.content.decode()
    save(client, article, "_step", _step="schedule", goes_out_at="2099-07-02T06:00")
    article.refresh_from_db()
    assert article.published_at == dt.datetime(2099, 7, 2, 13, tzinfo=UTC)


def test_a_moment_nobody_touched_stays_in_its_own_hour_of_two(client, editor):
    """At 01:30 that night the clock is put back; the story goes out the second time it shows 01:30."""
    second = dt.datetime(2099, 11, 1, 9, 30, 0, 250_000, tzinfo=UTC)
    article = make_ready(status="scheduled", published_at=second)
    box = client.get(page_of(article)).context["panel"]["goes_out_at"]
    assert box == "2099-11-01T01:30:00"
    save(client, article, "_step", _step="schedule", goes_out_at=box)
    article.refresh_from_db()
    assert article.published_at == second


def test_the_panel_says_when_in_words_and_in_whose_time(client, editor):
    article = make_article(
        status="scheduled",
        published_at=dt.datetime(2099, 7, 1, 13, tzinfo=UTC),
        embargo_until=dt.datetime(2099, 7, 1, 12, tzinfo=UTC),
        withdraw_at=dt.datetime(2099, 12, 1, 13, tzinfo=UTC),
    )
    panel = client.get(page_of(article)).context["panel"]
    assert [(row["what"], row["words"]) for row in panel["moments"]] == [
        ("Goes out", "1 July 2099, 06:00 PDT"),
        ("Embargo until", "1 July 2099, 05:00 PDT"),
        ("Goes off", "1 December 2099, 05:00 PST"),
    ]
    assert panel["zone"].startswith("Los Angeles time, P")


def test_a_story_that_is_over_says_when_it_went_off_and_can_be_reopened(client, editor):
    ended = dt.datetime(2018, 12, 1, 13, tzinfo=UTC)
    article = make_article(status="published", published_at=ended - dt.timedelta(days=1), withdraw_at=ended)
    panel = client.get(page_of(article)).context["panel"]
    assert [row["what"] for row in panel["moments"]] == ["First out", "Went off"]
    assert (panel["standing"], panel["standing_in_words"]) == (
        "withdrawn",
        "withdrawn by itself on 1 December 2018, 05:00 PST",
    )
    assert [step.name for step in panel["steps"]] == ["reopen", "bin"]


@pytest.mark.parametrize("moment", ["", "tomorrow", "2001-01-01T00:00", "2099-03-08T02:30"])
def test_an_odd_moment_is_refused_in_words(client, editor, moment):
    article = make_ready(status="review")
    response = save(client, article, "_step", _step="schedule", goes_out_at=moment)
    article.refresh_from_db()
    assert article.status == "review"
    assert any("the step was not taken" in message for message in messages(response))


def test_a_moment_the_clock_leaves_out_is_refused_with_the_nearest_ones(client, editor):
    article = make_ready(status="review")
    response = save(client, article, "_step", _step="schedule", goes_out_at="2099-03-08T02:30")
    (told,) = messages(response)
    assert "never shows 02:30 on 8 March 2099. The nearest times it does show are 01:59 and 03:00." in told


def test_a_moment_that_is_past_leads_to_its_box(client, editor):
    article = make_ready(status="review")
    response = save(client, article, "_step", _step="schedule", goes_out_at="2001-01-01T00:00")
    (told,) = messages(response)
    assert 'href="#id_goes_out_at"' in told
    assert "1 January 2001, 00:00 PST is past" in told


@pytest.mark.parametrize(
    ("moments", "field", "words"),
    [
        (
            {"embargo_until": dt.datetime(2099, 7, 2, tzinfo=UTC)},
            "id_embargo_until",
            "is under embargo until",
        ),
        ({"withdraw_at": dt.datetime(2099, 6, 30, tzinfo=UTC)}, "id_withdraw_at", "before it would go out"),
    ],
)
def test_moments_that_clash_lead_to_their_boxes(client, editor, moments, field, words):
    article = make_ready(status="review", **moments)
    response = save(client, article, "_step", _step="schedule", goes_out_at="2099-07-01T06:00")
    (told,) = messages(response)
    assert f'href="#{field}"' in told
    assert words in told


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
    client.post(step_page(article), {"_step": "restore"})
    article.refresh_from_db()
    assert article.status == "draft"


def test_the_panel_lists_what_is_missing_and_where_to_mend_it(client, editor):
    article = make_article(section=None)
    findings = client.get(page_of(article)).context["panel"]["findings"]
    assert {"bylines-group", "id_section", "id_tags"} == {finding["anchor"] for finding in findings}


class TestAStepOnItsOwn:
    """For those who may move a story and not edit it."""

    def test_is_refused_on_a_story_that_changed_since_it_was_looked_at(self, client, editor):
        article = make_article(status="binned", version=4)
        response = client.post(step_page(article), {"_step": "restore", "step_version": "3"}, follow=True)
        article.refresh_from_db()
        assert article.status == "binned"
        assert any("not as you saw it any more" in message for message in messages(response))

    def test_carries_the_version_that_was_shown(self, client, editor):
        article = make_article(status="binned", version=4)
        assert (
            '<input type="hidden" name="step_version" value="4">'
            in client.get(page_of(article)).content.decode()
        )
        client.post(step_page(article), {"_step": "restore", "step_version": "4"})
        article.refresh_from_db()
        assert article.status == "draft"

    def test_is_a_press_of_a_button_and_no_address_to_open(self, client, editor):
        assert client.get(step_page(make_article())).status_code == 405

    def test_on_a_story_that_is_not_there_is_not_found(self, client, editor):
        response = client.post(reverse("admin:articles_article_step", args=[999]), {"_step": "bin"})
        assert response.status_code == 404

    def test_is_forbidden_to_those_who_may_not_see_stories(self, client):
        client.force_login(make_desk_user(["add_article"]))
        assert client.post(step_page(make_article()), {"_step": "bin"}).status_code == 403


def test_an_editor_has_no_button_to_withdraw_or_to_delete(client):
    client.force_login(make_desk_user(EDITOR))
    for status in ("published", "binned"):
        article = make_article(status=status, published_at=dt.datetime(2018, 9, 25, tzinfo=UTC))
        steps = client.get(page_of(article)).context["panel"]["steps"]
        assert {step.name for step in steps}.isdisjoint({"withdraw", "empty"})
