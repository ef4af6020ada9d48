"""Before a story goes out with advice not taken, and before one is deleted, the desk is asked once."""

import datetime as dt

import pytest
from django.urls import reverse

from articles.models import Article, StatusChange
from tests.admin.forms import LIST, messages, page_of, save
from tests.make import make_article, make_author, make_correction, make_quote, make_tag

pytestmark = pytest.mark.django_db


def make_advised(**values):
    """Ready to go out, though a deck and tags would be wise."""
    return make_article(by=[make_author()], deck="", status="review", **values)


def publish(client, article, **answer):
    return save(client, article, "_step", _step="publish", **answer)


def question(response):
    return response.context["panel"]["question"]


def test_the_first_press_saves_and_asks_with_a_link_to_each_thing_that_is_advised(client, editor):
    article = make_advised()
    response = publish(client, article, dateline="KYIV", step_note="Go.")
    article.refresh_from_db()
    assert (article.dateline, article.status) == ("KYIV", "review")
    assert not StatusChange.objects.exists()
    asked = question(response)
    assert (asked["title"], asked["says"]) == ("Publish now?", "2 things are advised before readers see it.")
    assert {row["anchor"] for row in asked["advice"]} == {"id_deck", "id_tags"}
    page = response.content.decode()
    for words in (
        "Publish anyway",
        "Back to the story",
        'href="#id_deck"',
        'value="Go."',
        "is not moved yet",
    ):
        assert words in page


def test_the_second_press_publishes(client, editor):
    article = make_advised()
    asked = question(publish(client, article))
    response = publish(client, article, _step_confirmed=asked["token"], step_note="Go.")
    article.refresh_from_db()
    assert article.status == "published"
    assert StatusChange.objects.get().note == "Go."
    assert question(response) is None


def test_what_was_not_on_the_list_is_asked_about_anew(client, editor):
    article = make_advised()
    asked = question(publish(client, article))
    Article.objects.update(headline="Words " * 20)
    again = question(publish(client, article, _step_confirmed=asked["token"]))
    assert again["says"].startswith("3 things")
    article.refresh_from_db()
    assert article.status == "review"


def test_a_story_without_advice_goes_out_at_once(client, editor):
    article = make_article(by=[make_author()], tags=[make_tag()], status="review")
    publish(client, article)
    article.refresh_from_db()
    assert article.status == "published"


def test_one_thing_is_one_thing(client, editor):
    article = make_article(by=[make_author()], status="review")
    assert question(publish(client, article))["says"] == "One thing is advised before readers see it."


def test_what_is_missing_is_refused_and_nothing_asked(client, editor):
    response = publish(client, make_article(deck="", status="review"))
    assert question(response) is None
    assert any("The byline is empty" in message for message in messages(response))


def test_the_moment_typed_for_a_schedule_is_still_there_when_asked(client, editor):
    article = make_advised()
    response = save(client, article, "_step", _step="schedule", goes_out_at="2099-07-01T06:00")
    assert response.context["panel"]["goes_out_at"] == "2099-07-01T06:00"
    assert "Schedule anyway" in response.content.decode()
    answer = {"goes_out_at": "2099-07-01T06:00", "_step_confirmed": question(response)["token"]}
    save(client, article, "_step", _step="schedule", **answer)
    article.refresh_from_db()
    assert article.published_at == dt.datetime(2099, 7, 1, 13, tzinfo=dt.UTC)


def test_a_question_stands_there_once(client, editor):
    article = make_advised()
    assert question(publish(client, article))
    assert question(client.get(page_of(article))) is None


def test_a_question_about_one_story_is_not_asked_on_another(client, editor):
    article, other = make_advised(), make_advised()
    client.post(reverse("admin:articles_article_step", args=[article.pk]), {"_step": "publish"})
    assert question(client.get(page_of(other))) is None


def test_a_question_is_over_when_the_story_has_been_changed(client, editor):
    article = make_advised()
    client.post(reverse("admin:articles_article_step", args=[article.pk]), {"_step": "publish"})
    Article.objects.update(version=9)
    assert question(client.get(page_of(article))) is None


class TestDeleting:
    def delete(self, client, article, **answer):
        address = reverse("admin:articles_article_step", args=[article.pk])
        return client.post(address, {"_step": "empty", **answer}, follow=True)

    def make_binned(self):
        article = make_article("Gone tomorrow", status="binned")
        make_quote(article)
        make_correction(article)
        return article

    def test_asks_for_the_number_and_says_what_falls_with_the_story(self, client, editor):
        article = self.make_binned()
        response = self.delete(client, article)
        assert Article.objects.filter(pk=article.pk).exists()
        assert question(response)["says"] == (
            "“Gone tomorrow” is then gone and cannot be restored. With 1 quote and 1 correction."
        )
        assert "Type 1 to delete this one story" in response.content.decode()

    @pytest.mark.parametrize("typed", ["", "2", "yes"])
    def test_another_number_deletes_nothing(self, client, editor, typed):
        article = self.make_binned()
        assert question(self.delete(client, article, _step_count=typed))
        assert Article.objects.filter(pk=article.pk).exists()
        assert not StatusChange.objects.exists()

    def test_with_the_number_it_is_gone_and_the_list_says_so(self, client, editor):
        article = self.make_binned()
        response = self.delete(client, article, _step_count=" 1 ")
        assert not Article.objects.filter(pk=article.pk).exists()
        assert response.redirect_chain == [(LIST, 302)]
        assert messages(response) == ["“Gone tomorrow” is deleted for good."]
