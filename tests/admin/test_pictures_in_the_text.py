"""A save notes which pictures the text shows: without that readers would not see them."""

import pytest

from articles.models import Illustration
from tests.admin.forms import save
from tests.make import EDITOR, make_article, make_desk_user, make_kept_image, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    person = make_desk_user(EDITOR)
    client.force_login(person)
    return person


def shown_in(story):
    return list(Illustration.objects.filter(article=story).values_list("image__slug", flat=True))


def test_a_picture_put_into_the_text_is_noted_by_that_very_save_and_one_taken_out_is_not_any_more(
    client, editor
):
    story, picture = make_article(body="<p>Hello.</p>"), make_kept_image()
    save(client, story, body=f'<p>Hello.</p><figure data-image="{picture.slug}"></figure>')
    assert shown_in(story) == [picture.slug]
    save(client, story, body="<p>Hello.</p>")
    assert shown_in(story) == []


def test_in_a_draft_of_a_live_story_it_is_noted_when_the_draft_is_published(client, editor):
    story, picture = make_published(body="<p>Hello.</p>", by=[]), make_kept_image()
    body = f'<p>Hello.</p><figure data-image="{picture.slug}"></figure>'
    save(client, story, body=body)
    assert shown_in(story) == []
    save(client, story, "_publish_changes", body=body, deck="Another deck.")
    assert shown_in(story) == [picture.slug]
