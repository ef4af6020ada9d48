import re

import pytest
from django.urls import reverse

from articles.editorial.preview_links import make_link
from articles.models import PreviewLink
from tests.admin.forms import messages, page_of, save
from tests.make import make_article, make_author, make_desk_user, make_published

pytestmark = pytest.mark.django_db


def preview_of(article) -> str:
    return reverse("admin:articles_article_preview", args=[article.pk])


def share(client, article, **values):
    asked = {"meant_for": "the lawyers", "shows": "follows", "days": "3", **values}
    return client.post(reverse("admin:articles_article_share", args=[article.pk]), asked)


def test_the_readers_page_stands_there_twice_and_the_policy_lets_it(client, editor):
    article = make_article()
    page = client.get(preview_of(article))
    assert page.content.decode().count(f'<iframe src="/preview/stories/{article.pk}/"') == 2
    assert "frame-src 'self'" in page["Content-Security-Policy"]


def test_a_new_link_is_shown_once_and_opens_the_story(client, editor):
    article = make_article("Secret so far")
    page = share(client, article)
    [link] = re.findall(r'value="http://localhost:8000(/preview/[^"]+)"', page.content.decode())
    assert "Secret so far" in type(client)().get(link).content.decode()
    again = client.get(preview_of(article)).content.decode()
    assert link not in again
    assert "the lawyers" in again
    assert "no-store" in page["Cache-Control"]


def test_a_pinned_link_keeps_what_the_form_shows_now(client, editor):
    article = make_article(deck="First")
    page = share(client, article, shows="pinned")
    [link] = re.findall(r'value="http://localhost:8000(/preview/[^"]+)"', page.content.decode())
    save(client, article, deck="Second")
    stranger = type(client)()
    assert "First" in stranger.get(link).content.decode()
    assert "Second" not in stranger.get(link).content.decode()


def test_a_pinned_link_to_a_story_with_a_draft_shows_the_draft(client, editor):
    article = make_published(deck="As published", by=[make_author()])
    save(client, article, deck="Drafted")
    page = share(client, article, shows="pinned")
    [link] = re.findall(r'value="http://localhost:8000(/preview/[^"]+)"', page.content.decode())
    assert "Drafted" in type(client)().get(link).content.decode()


@pytest.mark.parametrize(
    "odd", [{"days": "8"}, {"days": ""}, {"shows": "everything"}, {"meant_for": "x" * 201}]
)
def test_an_odd_wish_makes_no_link_and_says_why(client, editor, odd):
    page = share(client, make_article(), **odd)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not PreviewLink.objects.exists()


def test_revoked_it_is_gone_from_the_list(client, editor):
    article = make_article()
    link = make_link(article, by=editor, meant_for="the lawyers").link
    address = reverse("admin:articles_article_revoke", args=[article.pk, link.key])
    assert client.get(address).status_code == 405
    response = client.post(address, follow=True)
    assert messages(response) == ["The link is revoked: nobody opens it any more."]
    assert "the lawyers" not in response.content.decode()


def test_who_may_not_change_the_story_makes_and_revokes_none(client, editor):
    article = make_article()
    link = make_link(article, by=editor).link
    client.force_login(make_desk_user(["view_article"]))
    assert client.get(preview_of(article)).status_code == 200
    assert share(client, article).status_code == 403
    assert (
        client.post(reverse("admin:articles_article_revoke", args=[article.pk, link.key])).status_code == 403
    )
    assert PreviewLink.objects.get().revoked_at is None
    assert client.get(page_of(article)).status_code == 200
