"""Whoever publishes a change of substance is asked what to tell readers, and what they answer is what happens."""

import re
import uuid

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.html import strip_tags

from articles.editorial.corrections import ask, open_questions
from articles.editorial.revisions.drafts import draft_of
from articles.editorial.revisions.fragment import fragment_of
from articles.editorial.revisions.putting_back import as_if
from articles.editorial.revisions.saving import save, save_as_draft
from articles.models import Article, Correction, Revision
from tests.admin.forms import messages, page_of
from tests.make import (
    EDITOR,
    REPORTER,
    make_article,
    make_author,
    make_desk_user,
    make_published,
    make_quote,
    make_source,
)

pytestmark = pytest.mark.django_db
OLD, NEW = "<p>There were 1,800 families.</p>", "<p>There were 2,300 families.</p>"
DRAFT = "An earlier version of this story said “1,800 families”. It is “2,300 families”."


def published(story, by, change):
    """Publishes a change to a story that readers see; the revision, with a question if it is of substance."""
    before = fragment_of(story)
    with as_if(story, before):
        change(story)
        after = fragment_of(story)
    with transaction.atomic():
        revision = save(story, after, by=by)
        ask(revision, before, after)
    story.refresh_from_db()
    return revision


def with_values(**values):
    return lambda story: Article.objects.filter(pk=story.pk).update(**values)


@pytest.fixture
def story():
    return make_published("Families split up", body=OLD, by=[make_author()])


@pytest.fixture
def revision(story, editor):
    return published(story, editor, with_values(body=NEW))


def question(revision):
    return reverse("admin:articles_article_told", args=[revision.article_id, revision.key])


def words_of(response):
    return " ".join(
        strip_tags(re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.S)).split()
    )


def typed(response, **values):
    """What a browser sends: the page's form with `values` typed over it. No kind is chosen yet."""
    form = response.context["form"]
    sent = {
        "text": form["text"].value(),
        "quote": form["quote"].value() or "",
        "seen_version": form["seen_version"].value(),
    }
    return {**sent, **values}


def send(client, revision, **values):
    page = question(revision)
    return client.post(page, typed(client.get(page), **values), follow=True)


def test_shows_what_changed_and_has_a_draft_and_no_choice_made(client, revision):
    response = client.get(question(revision))
    words = words_of(response)
    assert "Number, in the text 1,800 families 2,300 families" in words
    assert response.context["form"]["text"].value() == DRAFT
    assert DRAFT in response.content.decode()
    choices = re.findall(r'<input\s+type="radio"[^>]*>', response.content.decode())
    assert len(choices) == 4
    assert not any("checked" in choice for choice in choices)
    later = re.search(r'<a href="([^"]*)"[^>]*>Decide later', response.content.decode())
    assert later[1] == page_of(revision.article)


@pytest.mark.parametrize("kind", ["correction", "clarification", "update"])
def test_what_is_chosen_and_mended_is_what_readers_get(client, revision, kind):
    quote = make_quote(revision.article)
    response = send(client, revision, kind=kind, text="It is 2,300.", quote=str(quote.pk), on_top="on")
    told = Correction.objects.get()
    assert (told.kind, told.text, told.quote, told.on_top) == (kind, "It is 2,300.", quote, True)
    assert response.redirect_chain == [(page_of(revision.article), 302)]
    assert messages(response) == [
        f"Readers are told: the {kind} is on the story now, and on the page of all corrections."
    ]
    story = Article.objects.get()
    assert story.revised_at == told.made_at
    assert not open_questions().exists()
    assert "It is 2,300." in client.get("/corrections/").content.decode()
    assert "It is 2,300." in client.get(story.get_absolute_url()).content.decode()


def test_routine_moves_nothing(client, revision):
    before = Article.objects.values().get()
    response = send(client, revision, kind="routine")
    assert messages(response) == ["Noted as routine: readers are not told."]
    assert Article.objects.values().get() == before
    assert not Correction.objects.exists()
    assert not open_questions().exists()


def test_the_quote_that_was_changed_is_chosen_already(client, editor):
    story = make_published(body=OLD, by=[make_author()])
    make_quote(story, mismatch_reason="Cut.")
    quote = make_quote(story, make_source("Jelani Drew"), text="They looked", mismatch_reason="Cut.")
    revision = published(
        story, editor, lambda story: story.quotes.filter(pk=quote.pk).update(text="You looked")
    )
    response = client.get(question(revision))
    assert "Words of a quote, Jelani Drew They looked You looked" in words_of(response)
    assert "<del>They </del>" in " ".join(response.content.decode().split()).replace("<del >", "<del>")
    assert response.context["form"]["quote"].value() == quote.pk
    assert "misquoted Jelani Drew: “They looked”. The words are “You looked”." in words_of(response)
    send(client, revision, kind="correction")
    assert Correction.objects.get().quote == quote


def test_without_a_choice_or_without_words_nothing_happens_and_nothing_typed_is_lost(client, revision):
    response = send(client, revision, text="My own words.")
    assert response.context["form"].errors == {"kind": ["Choose one of these, or decide later."]}
    assert "My own words." in response.content.decode()
    response = send(client, revision, kind="update", text=" ")
    assert list(response.context["form"].errors) == ["text"]
    assert 'id="kind-update"' in response.content.decode()
    assert re.search(r'value="update"[^>]*\schecked', response.content.decode())
    assert list(open_questions()) == [revision]
    assert not Correction.objects.exists()


def test_who_saved_meanwhile_is_heard_first_and_what_was_typed_is_kept(client, editor, story, revision):
    stale = typed(client.get(question(revision)), kind="update", text="My own words.")
    published(story, editor, with_values(deck="Another deck"))
    response = client.post(question(revision), stale)
    assert "Somebody saved “Families split up” while you wrote." in words_of(response)
    assert "My own words." in response.content.decode()
    assert not Correction.objects.exists()
    again = typed(response, kind="update")
    client.post(question(revision), again)
    assert Correction.objects.get().text == "My own words."


def test_a_question_is_answered_once(client, revision):
    sent = typed(client.get(question(revision)), kind="update")
    client.post(question(revision), sent)
    response = client.post(question(revision), sent, follow=True)
    assert messages(response)[-1].endswith("readers were told.")
    assert Correction.objects.count() == 1


def test_a_change_without_a_question_has_no_page(client, revision):
    Revision.objects.update(judgement="")
    response = client.get(question(revision), follow=True)
    assert messages(response) == [
        f"Nothing is to be decided about {revision}: it changed nothing of substance."
    ]


def test_a_change_whose_before_is_gone_can_still_be_decided(client, revision):
    Revision.objects.exclude(pk=revision.pk).delete()
    response = client.get(question(revision))
    assert "cannot be shown here" in words_of(response)
    send(client, revision, kind="update", text="It is 2,300.")
    assert Correction.objects.get().text == "It is 2,300."


@pytest.mark.parametrize("forged", ["x", "9" * 30, "-1"])
def test_a_forged_quote_or_version_is_refused_not_an_error(client, revision, forged):
    for name in ("quote", "seen_version"):
        response = send(client, revision, kind="update", **{name: forged})
        assert response.status_code == 200
        assert response.context["form"].errors
    assert not Correction.objects.exists()


def test_a_quote_of_another_story_is_refused(client, revision):
    response = send(client, revision, kind="update", quote=str(make_quote().pk))
    assert list(response.context["form"].errors) == ["quote"]


def test_a_draft_begun_meanwhile_is_not_lost(client, editor, story, revision):
    with as_if(story, fragment_of(story)):
        Article.objects.filter(pk=story.pk).update(headline="Of the draft")
        after = fragment_of(story)
    with transaction.atomic():
        save_as_draft(story, after, by=editor)
    send(client, revision, kind="update", text="It is 2,300.")
    draft = draft_of(story).revision
    assert "Of the draft" in draft.content
    assert "It is 2,300." in draft.content


@pytest.mark.parametrize("may", [REPORTER, [name for name in EDITOR if name != "add_correction"]])
def test_who_may_not_correct_is_not_asked(client, revision, may):
    client.force_login(make_desk_user(may))
    assert client.get(question(revision)).status_code == 403
    sent = {"kind": "routine", "seen_version": revision.article.version}
    assert client.post(question(revision), sent).status_code == 403
    assert list(open_questions()) == [revision]


def test_the_version_of_another_story_is_unknown(client, revision):
    for story, key in [(make_article(), revision.key), (revision.article, uuid.uuid4())]:
        address = reverse("admin:articles_article_told", args=[story.pk, key])
        assert client.get(address).status_code == 404
