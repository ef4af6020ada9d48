"""Whatever is done on the desk, its history is sealed when all the rest is done, and once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.editorial.preview_links import make_link
from articles.editorial.revisions.fragment import fragment_of
from articles.editorial.revisions.keeping import keep
from articles.editorial.seals import check
from articles.models import Article, LiveDraft
from tests.admin.forms import filled_in, page_of
from tests.editorial.seals.waiting import nothing_is_waited_for_after_the_head
from tests.make import make_article, make_published, make_tag, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def posted(client, chief):
    """Posts a form that is accepted."""

    def post(address, **data):
        with CaptureQueriesContext(connection) as captured:
            response = client.post(address, data)
        assert response.status_code == 302
        assert nothing_is_waited_for_after_the_head(captured)
        assert check().told == []

    return post


def form_of(client, article, **typed):
    return filled_in(client.get(page_of(article)), **{"_continue": "1", **typed})


def test_a_story_that_is_saved(client, posted):
    article = make_article()
    posted(page_of(article), **form_of(client, article, headline="Another"))


def test_a_story_that_is_saved_and_moves(client, posted):
    article = make_article()
    posted(page_of(article), **form_of(client, article, headline="Another", _step="submit"))
    assert Article.objects.get().status == "review"


def test_a_story_whose_draft_is_published(client, posted):
    article = make_published()
    posted(page_of(article), **form_of(client, article, headline="Another", _publish_changes="1"))
    assert Article.objects.get().headline == "Another"


def test_a_story_that_is_new(client, posted):
    address = reverse("admin:articles_article_add")
    posted(address, **{**filled_in(client.get(address)), "headline": "New", "_continue": "1"})
    assert Article.objects.get().headline == "New"


def test_another_noun_that_is_added(client, posted):
    address = reverse("admin:articles_tag_add")
    posted(address, **{**filled_in(client.get(address)), "name": "floods", "slug": "floods"})


@pytest.mark.parametrize("page", ["delete", "list"])
def test_a_tag_that_stories_lose(posted, page):
    tag = make_tag("floods")
    for _ in range(2):
        make_published(tags=[tag])
    if page == "delete":
        posted(reverse("admin:articles_tag_delete", args=[tag.pk]), post="yes")
    else:
        chosen = {"action": "delete_selected", "_selected_action": [tag.pk]}
        posted(reverse("admin:articles_tag_changelist"), post="yes", **chosen)
    assert check().count == 3


def test_a_version_that_is_restored(chief, posted):
    article = make_article("Before")
    version = keep(article, fragment_of(article), by=chief)
    Article.objects.update(headline="After")
    address = reverse("admin:articles_article_restore", args=[article.pk, version.key])
    posted(address, seen_version=article.version)
    assert Article.objects.get().headline == "Before"


def test_a_draft_that_is_kept_and_discarded(client, posted):
    article = make_published("Before")
    posted(page_of(article), **form_of(client, article, headline="After"))
    article.refresh_from_db()
    address = reverse("admin:articles_article_discard_draft", args=[article.pk])
    posted(address, seen_version=article.version)
    assert not LiveDraft.objects.exists()


def test_a_link_that_is_revoked(client, chief, posted):
    link = make_link(make_article(), by=chief).link
    posted(reverse("admin:articles_article_revoke", args=[link.article_id, link.key]))


def test_a_password(client, chief, posted):
    ana = make_user("ana")
    new = {"password1": "another long password", "password2": "another long password"}
    address = reverse("admin:auth_user_password_change", args=[ana.pk])
    posted(address, **new, **{"usable_password": "true", "set-password": "1"})
