"""Rights where the matrix of all pages (test_rights_matrix.py) does not look: what is said, and ways around."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from articles.editorial.workflow import take_step
from articles.models import Article
from tests.admin.forms import filled_in, messages, page_of, save
from tests.make import (
    EDITOR,
    REPORTER,
    make_article,
    make_author,
    make_desk_user,
    make_published,
    make_quote,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_an_editor_cannot_withdraw_by_forging_the_button(client):
    client.force_login(make_desk_user(EDITOR))
    article = make_published()
    response = save(client, article, "_step", _step="withdraw")
    assert Article.objects.get().status == "published"
    assert any("You may not do that" in message for message in messages(response))


def test_who_may_only_read_a_story_reads_its_text_not_its_markup(client):
    client.force_login(make_desk_user(REPORTER))
    article = make_published(body="<p>Fish &amp; <em>chips</em></p>")
    response = client.get(page_of(article))
    assert "<p>Fish &amp; <em>chips</em></p>" in response.content.decode()
    assert "You can read this story but not change it" in response.content.decode()
    assert response.context["panel"]["steps"] == []


def test_who_types_into_a_story_that_was_moved_on_gets_everything_back_and_is_told_who_moved_it(client):
    reporter = make_desk_user(REPORTER)
    client.force_login(reporter)
    article = make_article("Mine", created_by=reporter)
    make_quote(article, text="Saved words")
    typed = filled_in(client.get(page_of(article)), deck="Hours of work", **{"quotes-0-text": "Typed words"})
    take_step(article, "submit", by=make_desk_user(EDITOR, first_name="Ana", last_name="Ruiz"))

    response = client.post(page_of(article), typed)
    assert response.status_code == 403
    page = response.content.decode()
    assert "Ana Ruiz moved this story to “in review”" in page
    assert "Hours of work" in page
    assert "Typed words" in page
    article.refresh_from_db()
    assert article.deck != "Hours of work"


def test_a_reporter_takes_a_story_back_from_the_page_they_may_only_read(client):
    reporter = make_desk_user(REPORTER)
    client.force_login(reporter)
    article = make_article(created_by=reporter, status="review")
    step = reverse("admin:articles_article_step", args=[article.pk])
    assert f'formaction="{step}"' in client.get(page_of(article)).content.decode()
    client.post(step, {"_step": "take_back"})
    article.refresh_from_db()
    assert article.status == "draft"


def test_the_address_of_a_step_is_no_way_around_the_table(client):
    client.force_login(make_desk_user(REPORTER))
    article = make_article(status="review")
    step = reverse("admin:articles_article_step", args=[article.pk])
    assert client.get(step).status_code == 405
    response = client.post(step, {"_step": "publish"}, follow=True)
    assert any("You may not do that" in message for message in messages(response))
    assert (
        client.post(reverse("admin:articles_article_step", args=[999]), {"_step": "publish"}).status_code
        == 404
    )
    client.force_login(make_user(may=["view_tag"]))
    assert client.post(step, {"_step": "publish"}).status_code == 403
    article.refresh_from_db()
    assert article.status == "review"


def test_an_embargo_is_no_way_to_withdraw_a_story(client):
    client.force_login(make_desk_user(EDITOR))
    article = make_published(by=[make_author()])
    response = save(client, article, embargo_until="2099-01-01T00:00")
    assert "Ask somebody who may withdraw stories" in str(response.context["adminform"].form.errors)
    article.refresh_from_db()
    assert article.is_public()


def test_view_on_site_tells_nobody_the_address_of_what_they_may_not_see(client):
    article = make_article(slug="secret")
    kind = ContentType.objects.get_for_model(Article).pk
    link = reverse("admin:view_on_site", args=[kind, article.pk])
    client.force_login(make_user())
    assert client.get(link).status_code == 404
    client.force_login(make_desk_user(REPORTER))
    assert client.get(link).url == "/stories/secret/"
    for other, number in [("9999", "1"), ("x", "1"), ("9" * 5000, "1")]:
        assert client.get(f"/admin/r/{other}/{number}/").status_code == 404


@pytest.mark.parametrize("before", ["+", "%20", "0", "-", "0_"])
def test_a_number_written_in_another_way_is_no_way_around_that(client, before):
    kind = ContentType.objects.get_for_model(Article).pk
    client.force_login(make_user())
    assert client.get(f"/admin/r/{kind}/{before}{make_article(slug='secret').pk}/").status_code == 404
