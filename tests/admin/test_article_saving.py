"""What a save makes of a story: a version each time, and a draft while readers see it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.editorial import audit
from articles.editorial.revisions.drafts import draft_of
from articles.editorial.revisions.keeping import kept_in
from articles.models import Article, Edition, LiveDraft, Quote, Revision
from tests.admin.forms import add_row, filled_in, messages, page_of, save, typed_into
from tests.make import (
    EDITOR,
    make_article,
    make_author,
    make_desk_user,
    make_image,
    make_published,
    make_quote,
    make_source,
    make_tag,
)

pytestmark = pytest.mark.django_db


class TestADraftOfALiveStory:
    @pytest.fixture
    def article(self):
        article = make_published(
            "Live",
            slug="live",
            deck="Live deck",
            body="<p>Live words.</p>",
            by=[make_author()],
            tags=[make_tag()],
        )
        make_quote(article, text="Live words", slug="live-words")
        return article

    def test_a_save_is_kept_from_readers_quotes_tags_and_byline_included(self, client, editor, article):
        author, tag, source = (
            make_author("Secret Author"),
            make_tag("secret tag"),
            make_source("Secret Source"),
        )
        before = client.get("/stories/live/").content
        typed = typed_into(client, article, deck="Draft deck", **{"quotes-0-text": "Draft words"})
        typed["tags"] = [str(tag.pk)]
        typed = add_row(typed, "bylines", author=str(author.pk), position="", role="")
        row = {
            "source": str(source.pk),
            "kind": "direct",
            "terms": "record",
            "position": "",
            "slug": "",
            "text": "New",
        }
        response = client.post(page_of(article), add_row(typed, "quotes", **row), follow=True)
        assert any("Kept as a draft" in said for said in messages(response))
        assert not Edition.objects.exists()
        assert client.get("/stories/live/").content == before
        assert client.get("/tags/secret-tag/").status_code == 404

        form = client.get(page_of(article))
        assert form.context["adminform"].form["deck"].value() == "Draft deck"
        assert "This is a draft that readers do not see" in form.content.decode()
        assert "New" in form.content.decode()
        assert "Secret Author" in form.content.decode()

    def test_the_draft_is_written_on_save_after_save_and_then_published_at_once(
        self, client, editor, article
    ):
        quote = article.quotes.get()
        source = make_source()
        row = {
            "source": str(source.pk),
            "kind": "direct",
            "terms": "record",
            "position": "",
            "slug": "",
            "text": "New",
        }
        client.post(page_of(article), add_row(typed_into(client, article, deck="One"), "quotes", **row))
        save(client, article, body="<p>Live words. New, mended.</p>", **{"quotes-1-text": "New, mended"})
        assert article.quotes.count() == 1
        response = save(client, article, "_publish_changes", dateline="HERE")
        article.refresh_from_db()
        assert (article.deck, article.dateline) == ("One", "HERE")
        assert [row.text for row in article.quotes.in_story_order()] == ["Live words", "New, mended"]
        assert article.quotes.in_story_order().first().pk == quote.pk
        assert all(row.pk > 0 for row in article.quotes.all())
        assert not LiveDraft.objects.exists()
        assert Edition.objects.get().number == 2
        assert "New, mended" in client.get("/stories/live/").content.decode()
        assert not any("draft" in said for said in messages(response))

    def test_discarded_it_leaves_the_form_on_what_readers_see(self, client, editor, article):
        save(client, article, deck="Draft deck")
        address = reverse("admin:articles_article_discard_draft", args=[article.pk])
        assert ">Draft </del>" in client.get(address).content.decode()
        article.refresh_from_db()
        client.post(address, {"seen_version": article.version})
        assert draft_of(article) is None
        assert client.get(page_of(article)).context["adminform"].form["deck"].value() == "Live deck"
        assert kept_in(Revision.objects.get(kind="draft")).story["deck"] == "Draft deck"

    def test_a_draft_that_somebody_went_on_writing_is_not_discarded_unseen(
        self, client, editor, article, other
    ):
        save(client, article, deck="Draft deck")
        address = reverse("admin:articles_article_discard_draft", args=[article.pk])
        article.refresh_from_db()
        save(other, article, dateline="THEIRS")
        client.post(address, {"seen_version": article.version})
        assert draft_of(article)

    def test_two_editors_write_on_one_draft(self, client, editor, article, other):
        save(client, article, deck="Draft deck")
        mine = typed_into(client, article, dateline="MINE")
        save(other, article, credit_line="Theirs")
        client.post(page_of(article), mine)
        story = kept_in(draft_of(article).revision).story
        assert (story["deck"], story["dateline"], story["credit_line"]) == ("Draft deck", "MINE", "Theirs")
        article.refresh_from_db()
        assert (article.deck, article.dateline) == ("Live deck", "")

    def test_somebody_who_opened_the_story_before_there_was_a_draft_loses_nothing(
        self, client, editor, article, other
    ):
        mine = typed_into(client, article, dateline="MINE")
        save(other, article, deck="Draft deck")
        client.post(page_of(article), mine)
        story = kept_in(draft_of(article).revision).story
        assert (story["deck"], story["dateline"]) == ("Draft deck", "MINE")

    def test_what_somebody_else_put_into_the_draft_is_not_published_unseen(
        self, client, editor, article, other
    ):
        save(client, article, deck="Draft deck")
        mine = typed_into(client, article, dateline="MINE")
        save(other, article, credit_line="Theirs")
        del mine["_continue"]
        response = client.post(page_of(article), {**mine, "_publish_changes": "1"}, follow=True)
        assert any("Nothing was published" in said for said in messages(response))
        article.refresh_from_db()
        assert (article.deck, article.dateline, article.credit_line) == ("Live deck", "", "")
        save(client, article, "_publish_changes")
        article.refresh_from_db()
        assert (article.deck, article.dateline, article.credit_line) == ("Draft deck", "MINE", "Theirs")

    def test_only_who_may_publish_makes_it_live(self, client, article):
        writer = make_desk_user([right for right in EDITOR if right != "publish_article"])
        client.force_login(writer)
        assert "Publish changes" not in client.get(page_of(article)).content.decode()
        response = save(client, article, "_publish_changes", deck="Forged")
        assert any("Only somebody who may publish" in said for said in messages(response))
        article.refresh_from_db()
        assert article.deck == "Live deck"
        assert draft_of(article)

    def test_a_save_without_a_change_makes_no_draft(self, client, editor, article):
        response = save(client, article)
        assert "Nothing was changed, so nothing was saved." in messages(response)
        assert not LiveDraft.objects.exists()
        assert not Revision.objects.exists()

    def test_published_changes_must_be_fit_for_readers_and_a_draft_need_not(self, client, editor, article):
        save(client, article, body="")
        assert draft_of(article)
        response = save(client, article, "_publish_changes")
        assert "The story has no text." in str(response.context["adminform"].form.errors["body"])
        article.refresh_from_db()
        assert article.body == "<p>Live words.</p>"
        assert draft_of(article)

    def test_withdrawn_the_draft_is_what_the_next_save_makes_the_story(self, client, editor, article):
        save(client, article, deck="Draft deck")
        save(client, article, "_step", _step="withdraw")
        article.refresh_from_db()
        assert (article.status, article.deck) == ("withdrawn", "Live deck")
        assert "The next save makes it the story" in client.get(page_of(article)).content.decode()
        save(client, article, dateline="HERE")
        article.refresh_from_db()
        assert (article.deck, article.dateline) == ("Draft deck", "HERE")
        assert draft_of(article) is None

    def test_a_tag_deleted_since_does_not_keep_the_draft_from_opening(self, client, editor, article):
        tag = make_tag()
        typed = typed_into(client, article, deck="Draft deck")
        typed["tags"] = [str(tag.pk)]
        client.post(page_of(article), typed)
        tag.delete()
        assert client.get(page_of(article)).context["adminform"].form["deck"].value() == "Draft deck"

    def test_somebody_who_may_only_read_sees_that_there_is_one_and_whose(self, client, editor, article):
        save(client, article, deck="Draft deck")
        client.force_login(make_desk_user([]))
        client.force_login(make_desk_user(["view_article"]))
        page = client.get(page_of(article)).content.decode()
        assert "It has a draft of Ana Ruiz that readers do not see" in " ".join(page.split())
        assert "Draft deck" not in page

    def test_the_audit_tells_a_draft_from_a_change_readers_see(self, client, editor, article):
        save(client, article, deck="Draft deck")
        assert audit.history_of(article).first().message == "In a draft that readers do not see: Deck."
        save(client, article, "_publish_changes")
        assert audit.history_of(article).first().message == "Deck."


class TestEverySaveIsAVersion:
    def test_a_new_story_begins_with_one(self, client, editor):
        page = reverse("admin:articles_article_add")
        client.post(page, filled_in(client.get(page), headline="Fresh", _continue="1"))
        revision = Revision.objects.get()
        assert (revision.version, kept_in(revision).story["headline"]) == (1, "Fresh")

    def test_what_stood_before_the_first_save_is_kept_as_well(self, client, editor):
        article = make_article(deck="From a file")
        save(client, article, deck="From the desk")
        kept = [(row.version, kept_in(row).story["deck"]) for row in article.revisions.order_by("version")]
        assert kept == [(1, "From a file"), (2, "From the desk")]
        assert article.revisions.order_by("version").last().by_name == "Ana Ruiz"

    def test_a_change_from_elsewhere_is_kept_before_it_is_saved_over(self, client, editor):
        tag = make_tag()
        article = make_article(tags=[tag])
        save(client, article, deck="One")
        tag.delete()
        save(client, article, deck="Two")
        tags = [
            len(kept_in(row).rows["articles.taggedarticle"])
            for row in article.revisions.order_by("version", "pk")
        ]
        assert tags == [1, 1, 0, 0]


def test_what_was_typed_and_never_saved_is_bound_again_and_not_saved(client, editor):
    article = make_article(deck="Base")
    typed = typed_into(client, article, deck="Typed")
    response = client.post(page_of(article), {**typed, "_recover": "browser"})
    form = response.context["adminform"].form
    assert form["deck"].value() == "Typed"
    assert "This is what you typed and did not save" in str(form.errors)
    assert Article.objects.get().deck == "Base"
    client.post(page_of(article), {**filled_in(response), "_continue": "1"})
    assert Article.objects.get().deck == "Typed"


def test_a_picture_of_the_text_is_noted_by_the_very_save_that_brings_it_and_let_go_by_the_one_that_drops_it(
    client, editor
):
    make_image(slug="bridge")
    article = make_article(body="<p>Words.</p>")
    save(client, article, body='<p>Words.</p><figure data-image="bridge"></figure>')
    assert [row.image.slug for row in article.illustrations.all()] == ["bridge"]
    save(client, article, body="<p>Words.</p>")
    assert not article.illustrations.exists()


def test_a_revision_is_as_old_as_its_line_of_history(client, editor):
    article = make_article()
    save(client, article, deck="New")
    assert article.revisions.newest_first().first().at == audit.history_of(article).first().at
    assert timezone.now() >= article.revisions.newest_first().first().at
    assert Quote.objects.count() == 0


class TestAChangeOfSubstance:
    @pytest.fixture
    def article(self):
        return make_published(body="<p>There were 1,800 families.</p>", by=[make_author()])

    def test_published_leads_to_the_question_what_readers_are_told(self, client, editor, article):
        response = save(client, article, "_publish_changes", body="<p>There were 2,300 families.</p>")
        assert response.request["PATH_INFO"].startswith(f"/admin/articles/article/{article.pk}/told/")
        assert "1,800" in response.content.decode()
        panels = {panel.title: panel.lines for panel in client.get("/admin/").context["panels"]}
        [line] = panels["Changes readers may have to be told of"]
        assert line.address == response.request["PATH_INFO"]
        article.refresh_from_db()
        assert (article.body, article.revised_at) == ("<p>There were 2,300 families.</p>", None)

    def test_in_a_draft_asks_nothing_yet(self, client, editor, article):
        response = save(client, article, body="<p>There were 2,300 families.</p>")
        assert "told" not in response.request["PATH_INFO"]

    def test_with_its_correction_asks_nothing_and_the_story_says_updated(self, client, editor, article):
        typed = typed_into(client, article, body="<p>There were 2,300 families.</p>")
        row = {"kind": "correction", "text": "It said 1,800.", "made_at": "", "quote": ""}
        typed = add_row({**typed, "_publish_changes": "1"}, "corrections", **row)
        del typed["_continue"]
        response = client.post(page_of(article), typed, follow=True)
        assert "told" not in response.request["PATH_INFO"]
        article.refresh_from_db()
        assert article.revised_at is not None

    def test_is_none_if_a_comma_moved(self, client, editor, article):
        response = save(client, article, "_publish_changes", body="<p>There were, 1,800 families.</p>")
        assert "told" not in response.request["PATH_INFO"]
        article.refresh_from_db()
        assert article.revised_at is None

    def test_published_back_on_the_story_readers_are_said_to_see_it(self, client, editor, article):
        answer = save(client, article, "_publish_changes", deck="A deck, with a comma")
        assert answer.redirect_chain == [(page_of(article), 302)]
        assert messages(answer) == ["The changes are published: readers see them now."]
        answer = save(client, article, "_publish_changes")
        assert messages(answer) == ["Nothing was changed, so nothing was published."]
