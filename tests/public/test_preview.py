import datetime as dt
from urllib.parse import urlsplit

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from articles.editorial.preview_links import make_link, revoke
from articles.editorial.revisions.fragment import fragment_of
from articles.editorial.revisions.putting_back import as_if
from articles.editorial.revisions.saving import save, save_as_draft
from articles.models import Illustration
from tests.make import (
    make_article,
    make_author,
    make_kept_image,
    make_managing_editor,
    make_published,
    make_quote,
    make_source,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db
CANARY = "xkqzjwvbmdphtrgl"


@pytest.fixture
def editor():
    return make_managing_editor(first_name="Ana", last_name="Ruiz")


def edited(story, **values):
    """What the story would be after a change of its own fields."""
    fragment = fragment_of(story)
    fragment.entries[0]["fields"].update(values)
    return fragment


def address(made) -> str:
    return reverse("preview_shared", args=[made.secret])


def test_a_link_shows_a_draft_to_somebody_without_an_account(client, editor):
    story = make_article("Not yet", body=f"<p>{CANARY}</p>", by=[make_author()])
    made = make_link(story, by=editor, meant_for="the lawyers")
    page = client.get(address(made))
    assert page.status_code == 200
    assert CANARY in page.content.decode()
    assert "the link for the lawyers" in " ".join(page.content.decode().split())
    assert "Edit the story" not in page.content.decode()


def test_nobody_keeps_it_indexes_it_or_is_told_where_it_was_read(client, editor):
    page = client.get(address(make_link(make_article(), by=editor)))
    assert page["Cache-Control"] == "private, no-store"
    assert "noindex" in page["X-Robots-Tag"]
    assert page["Referrer-Policy"] == "no-referrer"
    assert 'name="robots" content="noindex' in page.content.decode()
    assert "ETag" not in page
    assert "Last-Modified" not in page


def test_without_with_an_ended_and_with_a_revoked_secret_it_is_an_unknown_address(client, editor):
    story = make_article(body=f"<p>{CANARY}</p>")
    ended, revoked = make_link(story, by=editor, days=1), make_link(story, by=editor)
    revoke(revoked.link, by=editor)
    unknown = client.get("/preview/nobody-knows/")
    assert unknown.status_code == 404
    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        answers = [client.get(address(made)) for made in (ended, revoked)]
    for made, answer in zip((ended, revoked), answers, strict=True):
        assert answer.status_code == 404
        assert answer.content.decode().replace(made.secret, "") == unknown.content.decode().replace(
            "nobody-knows", ""
        )


def test_it_follows_what_the_desk_writes_or_stays_with_one_version(client, editor):
    story = make_published("Live", deck="As published", by=[make_author()])
    save(story, edited(story, deck="First"), by=editor)
    pinned = make_link(story, by=editor, revision=story.revisions.order_by("version").last())
    follows = make_link(story, by=editor)
    save_as_draft(story, edited(story, deck="Second"), by=editor)
    assert "Second" in client.get(address(follows)).content.decode()
    assert "First" in client.get(address(pinned)).content.decode()
    assert "Second" not in client.get(address(pinned)).content.decode()
    assert "First" in client.get(story.get_absolute_url()).content.decode()


def test_a_draft_is_shown_with_its_own_quotes_tags_and_byline(client, editor):
    story = make_published(by=[make_author()])
    with as_if(story, fragment_of(story)):
        make_quote(story, make_source("Only Here"), text="Only in the draft")
        story.tags.add(make_tag("only a draft's tag"))
        draft = fragment_of(story)
    # What the draft refers to is there; the rows that tie it to the story are not.
    source, tag = make_source("Only Here", slug="only-here"), make_tag("only a draft's tag", slug="only-tag")
    for entry in draft.entries:
        if entry["model"] == "articles.quote":
            entry["fields"]["source"] = [source.slug]
        if entry["model"] == "articles.taggedarticle":
            entry["fields"]["tag"] = [tag.slug]
    draft.numbers.clear()
    save_as_draft(story, draft, by=editor)
    page = client.get(address(make_link(story, by=editor))).content.decode()
    assert "Only Here" in page
    assert "Only in the draft" in page
    assert "only a draft" in page
    assert "Only Here" not in client.get(story.get_absolute_url()).content.decode()
    assert not story.quotes.exists()


def test_neither_a_header_nor_a_query_chooses_what_is_shown(client, editor):
    story = make_published(deck="As published", by=[make_author()])
    save_as_draft(story, edited(story, deck=CANARY), by=editor)
    made = make_link(story, by=editor)
    live = story.get_absolute_url()
    for query in ("?preview=1", f"?preview={made.secret}", "?version=2", "?draft"):
        assert CANARY not in client.get(live + query).content.decode()
    headers = {"X-Preview": made.secret, "X-Original-Url": address(made), "Cookie": f"preview={made.secret}"}
    assert CANARY not in client.get(live, headers=headers).content.decode()


def test_reading_a_link_opens_no_other_page(client, editor):
    story = make_article(body=f"<p>{CANARY}</p>")
    client.get(address(make_link(story, by=editor)))
    assert client.get(story.get_absolute_url()).status_code == 404
    assert client.get(reverse("preview_story", args=[story.pk])).status_code == 404


def test_asking_by_turns_the_desk_and_a_stranger_never_get_each_others_page(client, editor):
    story = make_published(deck="As published", by=[make_author()])
    save_as_draft(story, edited(story, deck=CANARY), by=editor)
    made, desk = make_link(story, by=editor), type(client)()
    desk.force_login(editor)
    for _ in range(20):
        assert CANARY in desk.get(reverse("preview_story", args=[story.pk])).content.decode()
        assert client.get(reverse("preview_story", args=[story.pk])).status_code == 404
        assert CANARY in client.get(address(made)).content.decode()
        assert CANARY not in client.get(story.get_absolute_url()).content.decode()
        assert CANARY not in desk.get(story.get_absolute_url()).content.decode()


class TestPictures:
    def test_of_a_shared_story_are_shown_to_whoever_opened_the_link_and_to_nobody_else(self, client, editor):
        top, inside, other = make_kept_image(), make_kept_image(), make_kept_image()
        story = make_article(image=top, body=f'<p>x</p><figure data-image="{inside.slug}"></figure>')
        Illustration.objects.create(article=story, image=inside)
        make_article(image=other)
        made = make_link(story, by=editor)
        assert client.get(f"/media/{top.file}").status_code == 404
        client.get(address(made))
        assert [client.get(f"/media/{image.file}").status_code for image in (top, inside, other)] == [
            200,
            200,
            404,
        ]
        assert client.get(f"/media/{top.file}")["Cache-Control"] == "private, no-store"
        assert type(client)().get(f"/media/{top.file}").status_code == 404
        revoke(made.link, by=editor)
        assert client.get(f"/media/{top.file}").status_code == 404

    def test_a_forged_cookie_opens_nothing(self, client, editor):
        image = make_kept_image()
        story = make_article(image=image)
        made = make_link(story, by=editor)
        for value in ("", "x", str(made.link.key), made.secret, "\x00"):
            client.cookies["preview"] = value
            assert client.get(f"/media/{image.file}").status_code == 404


class TestTheDesksFrames:
    def test_show_the_draft_to_who_may_see_stories_and_to_nobody_else(self, client, editor):
        story = make_published(deck="As published", by=[make_author()])
        save_as_draft(story, edited(story, deck=CANARY), by=editor)
        version = story.revisions.get(kind="draft")
        addresses = [
            reverse("preview_story", args=[story.pk]),
            reverse("preview_version", args=[version.key]),
        ]
        for user, status in ((None, 404), (make_user(), 404), (make_user(staff=False), 404), (editor, 200)):
            client.logout()
            if user:
                client.force_login(user)
            for each in addresses:
                answer = client.get(each)
                assert answer.status_code == status, (each, user)
                assert (CANARY in answer.content.decode()) == (status == 200)

    def test_stand_in_a_frame_of_the_desk_alone(self, client, editor):
        client.force_login(editor)
        story = make_article()
        frame = client.get(reverse("preview_story", args=[story.pk]))
        assert "frame-ancestors 'self'" in frame["Content-Security-Policy"]
        assert frame["X-Frame-Options"] == "SAMEORIGIN"
        shared = client.get(address(make_link(story, by=editor)))
        assert "frame-ancestors 'none'" in shared["Content-Security-Policy"]
        assert shared["X-Frame-Options"] == "DENY"

    def test_leave_everything_as_it_was(self, client, editor):
        client.force_login(editor)
        story = make_published(by=[make_author()])
        save_as_draft(story, edited(story, deck="Draft"), by=editor)
        before = fragment_of(story)
        client.get(reverse("preview_story", args=[story.pk]))
        story.refresh_from_db()
        assert (fragment_of(story), story.deck) == (before, before.story["deck"])

    def test_of_a_story_there_is_not_are_unknown(self, client, editor):
        client.force_login(editor)
        assert client.get("/preview/stories/999999/").status_code == 404
        assert client.get(f"/preview/stories/{'9' * 30}/").status_code == 404
        assert urlsplit(reverse("preview_story", args=[1])).path == "/preview/stories/1/"
