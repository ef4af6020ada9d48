import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from articles.editorial.workflow import take_step
from articles.models import Article
from tests.admin.forms import LIST, filled_in, messages, page_of, save
from tests.make import (
    EDITOR,
    REPORTER,
    an_hour_ago,
    make_article,
    make_author,
    make_desk_user,
    make_published,
    make_quote,
    make_user,
)

pytestmark = pytest.mark.django_db


def post_everything(client, article):
    return client.post(
        page_of(article),
        {"headline": "Forged", "slug": "forged", "kind": "news", "seen_version": "1", "_continue": "1"},
    )


@pytest.mark.parametrize("status", ["review", "scheduled", "published", "withdrawn", "binned"])
def test_a_reporter_changes_nothing_after_handing_in(client, status):
    reporter = make_desk_user(REPORTER)
    client.force_login(reporter)
    article = make_article("Real", created_by=reporter, status=status, published_at=an_hour_ago())
    assert client.get(page_of(article)).context["has_change_permission"] is False
    assert post_everything(client, article).status_code == 403
    assert Article.objects.get().headline == "Real"


def test_a_reporter_does_not_change_somebody_elses_draft(client):
    client.force_login(make_desk_user(REPORTER))
    article = make_article("Real", created_by=make_desk_user(REPORTER))
    assert post_everything(client, article).status_code == 403


def test_an_editor_changes_everybodys_story(client):
    client.force_login(make_desk_user(EDITOR))
    article = make_published(by=[make_author()], created_by=make_desk_user(REPORTER))
    save(client, article, headline="Better")
    assert Article.objects.get().headline == "Better"


def test_an_editor_cannot_withdraw_by_forging_the_button(client):
    client.force_login(make_desk_user(EDITOR))
    article = make_published()
    response = save(client, article, "_step", _step="withdraw")
    assert Article.objects.get().status == "published"
    assert any("You may not do that" in message for message in messages(response))


def test_status_date_author_of_record_and_version_cannot_be_forged(client, editor):
    article = make_article(created_by=editor)
    save(
        client,
        article,
        status="published",
        published_at="2001-01-01",
        created_by="",
        version="99",
        revised_at="2001-01-01",
    )
    article.refresh_from_db()
    assert (article.status, article.published_at, article.created_by, article.version, article.revised_at) == (
        "draft", None, editor, 1, None,
    )  # fmt: skip


def test_a_row_of_another_story_cannot_be_moved_here(client, editor):
    mine, other = make_article(), make_article()
    quote = make_quote(other, text="Theirs")
    make_quote(mine)
    save(client, mine, **{"quotes-0-id": str(quote.pk), "quotes-0-text": "Stolen"})
    quote.refresh_from_db()
    assert (quote.article, quote.text) == (other, "Theirs")


def test_nobody_from_outside_gets_in(client):
    assert client.get(page_of(make_article())).status_code == 302
    client.force_login(make_user(staff=False))
    assert client.get(LIST).status_code == 302


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
    link = reverse("admin:view_on_site", args=[ContentType.objects.get_for_model(Article).pk, article.pk])
    client.force_login(make_user())
    assert client.get(link).status_code == 404
    client.force_login(make_desk_user(REPORTER))
    assert client.get(link).url == "/stories/secret/"
    assert client.get(reverse("admin:view_on_site", args=[9999, 1])).status_code == 404
