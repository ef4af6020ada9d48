import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.editorial import audit
from articles.models import Article, Byline, Edition, FormerSlug, Quote, StatusChange
from tests.admin.forms import add_row, filled_in
from tests.make import (
    EDITOR,
    MANAGING_EDITOR,
    REPORTER,
    an_hour_ago,
    make_article,
    make_author,
    make_published,
    make_quote,
    make_section,
    make_source,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
ROWS = [
    f"{verb}_{noun}"
    for noun in ("byline", "quote", "replyrequest", "taggedarticle")
    for verb in ("view", "add", "change", "delete")
]
LOOK_UP = ["view_source", "view_author", "view_tag", "view_section", "view_image", "view_statement"]


def make_desk_user(rights, **values):
    return make_user(may=[*rights, *ROWS, *LOOK_UP], **values)


@pytest.fixture
def editor(client):
    user = make_desk_user(MANAGING_EDITOR, first_name="Ana", last_name="Ruiz")
    client.force_login(user)
    return user


def page_of(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def save(client, article, button="_continue", **changes):
    """Opens the form, types the changes, presses the button; the page that comes after."""
    page = page_of(article)
    return client.post(page, filled_in(client.get(page), **{button: "1", **changes}), follow=True)


def messages(response):
    return [str(message) for message in response.context["messages"]]


class TestWriting:
    def test_a_new_story_gets_an_address_from_its_headline_and_a_byline_from_its_writer(self, client, editor):
        author = make_author("Ana Ruiz", user=editor)
        page = reverse("admin:articles_article_add")
        client.post(page, filled_in(client.get(page), headline="Flood in the valley", body="<p>Water.</p>"))
        article = Article.objects.get()
        assert (article.slug, article.status, article.created_by, article.version) == (
            "flood-in-the-valley",
            "draft",
            editor,
            1,
        )
        assert [byline.author for byline in article.bylines.all()] == [author]

    def test_a_form_with_errors_keeps_what_was_typed_and_says_what_is_wrong_beside_the_field(
        self, client, editor
    ):
        article = make_article("Old headline")
        response = save(client, article, headline="", deck="Typed, not saved", body="<p>Typed body</p>")
        form = response.context["adminform"].form
        assert form.errors["headline"] == ["This field is required."]
        assert (form["deck"].value(), form["body"].value()) == ("Typed, not saved", "<p>Typed body</p>")
        assert Article.objects.get().headline == "Old headline"

    def test_what_is_stored_is_clean_whatever_was_sent(self, client, editor):
        article = make_article()
        save(
            client,
            article,
            body='<p onclick="x()">Hi<script>alert(1)</script></p>',
            headline="One\x07 line\n",
        )
        article.refresh_from_db()
        assert (article.body, article.headline) == ("<p>Hi</p>", "One line")

    def test_tags_are_kept_added_and_taken_away(self, client, editor):
        kept, gone, new = make_tag(), make_tag(), make_tag()
        article = make_article(tags=[kept, gone])
        save(client, article, tags=[str(kept.pk), str(new.pk)])
        assert set(article.tags.all()) == {kept, new}

    def test_every_save_is_written_down_with_what_changed(self, client, editor):
        article = make_article()
        save(client, article, headline="New", deck="New deck")
        line = audit.history_of(article).get()
        assert (line.by_name, line.message) == ("Ana Ruiz", "Changed Headline and Deck.")
        history = client.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()
        assert "Changed Headline and Deck." in history

    def test_a_changed_address_of_a_public_story_leaves_the_old_one_working(self, client, editor):
        article = make_published(slug="old")
        save(client, article, slug="new")
        assert FormerSlug.objects.get().slug == "old"

    def test_readers_are_told_of_an_update_only_on_purpose(self, client, editor):
        article = make_published()
        save(client, article, deck="A comma, moved")
        article.refresh_from_db()
        assert article.revised_at is None
        save(client, article, update_notice="on")
        article.refresh_from_db()
        assert timezone.now() - article.revised_at < dt.timedelta(minutes=1)

    def test_a_change_of_a_public_story_makes_a_new_edition_and_of_a_draft_does_not(self, client, editor):
        save(client, make_article(), deck="New")
        assert not Edition.objects.exists()
        save(client, make_published(), deck="New")
        assert Edition.objects.exists()

    def test_hiding_a_public_story_behind_an_embargo_makes_a_new_edition(self, client, editor):
        article = make_published()
        save(client, article, embargo_until="2099-01-01T00:00")
        article.refresh_from_db()
        assert not article.is_public()
        assert Edition.objects.exists()


class TestQuotes:
    def test_a_new_quote_gets_its_place_and_its_address(self, client, editor):
        article = make_article()
        make_quote(article)
        source = make_source("Jelani Drew")
        page = page_of(article)
        data = add_row(
            filled_in(client.get(page)),
            "quotes",
            position="",
            kind="direct",
            text="They had to look.",
            source=str(source.pk),
            terms="record",
        )
        client.post(page, data)
        quote = Quote.objects.get(source=source)
        assert (quote.position, quote.slug) == (2, "jelani-drew-they-had-to-look")

    def test_quotes_can_change_places(self, client, editor):
        article = make_article()
        quotes = [make_quote(article, text=text) for text in "abc"]
        save(
            client, article, **{"quotes-0-position": "3", "quotes-1-position": "1", "quotes-2-position": "2"}
        )
        assert [quote.text for quote in article.quotes.in_story_order()] == ["b", "c", "a"]
        assert [Quote.objects.get(pk=quote.pk).position for quote in quotes] == [3, 1, 2]

    def test_a_place_given_twice_is_shared_out_in_the_order_of_the_form(self, client, editor):
        article = make_article()
        for text in "abc":
            make_quote(article, text=text)
        save(client, article, **{"quotes-2-position": "1"})
        assert [(quote.position, quote.text) for quote in article.quotes.in_story_order()] == [
            (1, "a"),
            (2, "c"),
            (3, "b"),
        ]

    def test_a_deleted_quote_leaves_no_gap(self, client, editor):
        article = make_article()
        for text in "abc":
            make_quote(article, text=text)
        save(client, article, **{"quotes-0-DELETE": "on"})
        assert [(quote.position, quote.text) for quote in article.quotes.in_story_order()] == [
            (1, "b"),
            (2, "c"),
        ]

    def test_not_naming_a_source_is_agreed_to_by_somebody_who_may(self, client, editor):
        article = make_article()
        quote = make_quote(article)
        unnamed = {
            "quotes-0-terms": "unnamed",
            "quotes-0-attribution": "an aide",
            "quotes-0-unnamed_reason": "Fear.",
        }
        save(client, article, **unnamed, **{"quotes-0-agree": "on"})
        quote.refresh_from_db()
        assert quote.approved_by == editor

    def test_a_reporter_cannot_agree_and_a_later_change_asks_again(self, client, editor):
        reporter = make_desk_user(REPORTER)
        article = make_article(created_by=reporter)
        quote = make_quote(
            article, terms="unnamed", attribution="an aide", unnamed_reason="Fear.", approved_by=editor
        )
        client.force_login(reporter)
        save(client, article, **{"quotes-0-text": "Other words", "quotes-0-agree": "on"})
        quote.refresh_from_db()
        assert (quote.text, quote.approved_by) == ("Other words", None)

    def test_an_unnamed_source_without_a_reason_is_refused_beside_the_quote(self, client, editor):
        article = make_article()
        make_quote(article)
        response = save(client, article, **{"quotes-0-terms": "unnamed", "quotes-0-attribution": "an aide"})
        errors = response.context["inline_admin_formsets"][1].formset.errors
        assert "An unnamed source needs a reason that readers can be told." in str(errors)


class TestTwoEditors:
    def test_the_second_save_is_refused_and_shows_both_texts_and_loses_nothing(self, client, editor):
        article = make_article(deck="Base")
        quote = make_quote(article, text="Base words")
        page = page_of(article)
        mine = filled_in(client.get(page), deck="Mine", **{"quotes-0-text": "My words"})
        save(client, article, deck="Theirs", **{"quotes-0-text": "Their words"})

        response = client.post(page, mine)
        form = response.context["adminform"].form
        assert "Ana Ruiz saved this story" in str(form.errors)
        shown = {row.label: (row.theirs, row.mine) for row in response.context["conflict"]["differences"]}
        assert shown["Deck"] == ("Theirs", "Mine")
        assert "Their words" in shown["quotes"][0]
        assert "My words" in shown["quotes"][1]
        assert form["deck"].value() == "Mine"
        article.refresh_from_db()
        quote.refresh_from_db()
        assert (article.deck, quote.text) == ("Theirs", "Their words")

        client.post(page, filled_in(response))
        article.refresh_from_db()
        quote.refresh_from_db()
        assert (article.deck, quote.text, article.version) == ("Mine", "My words", 3)

    def test_a_step_taken_meanwhile_counts_as_a_change(self, client, editor):
        article = make_article(created_by=editor)
        page = page_of(article)
        mine = filled_in(client.get(page), deck="Mine")
        save(client, article, "_step", _step="submit")
        assert client.post(page, mine).context["conflict"]
        assert Article.objects.get().deck != "Mine"

    def test_a_form_without_a_version_is_refused(self, client, editor):
        article = make_article(deck="Base")
        data = filled_in(client.get(page_of(article)), deck="Mine")
        del data["seen_version"]
        client.post(page_of(article), data)
        assert Article.objects.get().deck == "Base"

    def test_a_quote_deleted_meanwhile_comes_back_as_a_new_row_with_what_was_typed(self, client, editor):
        article = make_article()
        gone, stays = make_quote(article, text="One"), make_quote(article, text="Two")
        changes = {"deck": "Mine", "quotes-0-text": "One, mended", "quotes-1-text": "Two, mended"}
        mine = filled_in(client.get(page_of(article)), **changes)
        gone.delete()

        response = client.post(page_of(article), mine)
        assert "Somebody else deleted this row" in response.content.decode()
        assert "One, mended" in response.content.decode()
        assert Article.objects.get().deck != "Mine"

        client.post(page_of(article), filled_in(response))
        assert Article.objects.get().deck == "Mine"
        assert {quote.text for quote in article.quotes.all()} == {"One, mended", "Two, mended"}
        assert article.quotes.filter(pk=stays.pk).exists()


class TestSteps:
    def test_the_buttons_shown_are_the_steps_this_person_may_take(self, client, editor):
        article = make_article(created_by=editor)
        steps = client.get(page_of(article)).context["panel"]["steps"]
        assert [step.name for step in steps] == ["submit", "bin"]

    def test_one_press_saves_and_moves_the_story(self, client, editor):
        article = make_article(by=[make_author()], status="review")
        response = save(
            client, article, "_step", _step="publish", deck="Last word", step_note="Checked twice."
        )
        article.refresh_from_db()
        assert (article.deck, article.status) == ("Last word", "published")
        assert StatusChange.objects.get().note == "Checked twice."
        assert any("is now published" in message for message in messages(response))

    def test_a_refused_step_keeps_the_changes_and_says_what_is_missing(self, client, editor):
        article = make_article(status="review")
        response = save(client, article, "_step", _step="publish", deck="Kept")
        article.refresh_from_db()
        assert (article.deck, article.status) == ("Kept", "review")
        assert any("Nobody stands in the byline" in message for message in messages(response))

    def test_a_story_is_scheduled_in_the_newsrooms_own_time(self, client, editor):
        article = make_article(by=[make_author()], status="review")
        save(client, article, "_step", _step="schedule", goes_out_at="2099-07-01T06:00")
        article.refresh_from_db()
        assert article.status == "scheduled"
        assert article.published_at == dt.datetime(2099, 7, 1, 13, tzinfo=dt.UTC)

    @pytest.mark.parametrize("moment", ["", "tomorrow", "2001-01-01T00:00", "2099-03-08T02:30"])
    def test_an_odd_moment_is_refused_in_words(self, client, editor, moment):
        article = make_article(by=[make_author()], status="review")
        response = save(client, article, "_step", _step="schedule", goes_out_at=moment)
        article.refresh_from_db()
        assert article.status == "review"
        assert any("the step was not taken" in message for message in messages(response))

    def test_a_step_that_does_not_exist_is_refused(self, client, editor):
        article = make_article()
        response = save(client, article, "_step", _step="explode")
        assert any("the step was not taken" in message for message in messages(response))

    def test_a_new_story_can_be_handed_in_at_once(self, client, editor):
        page = reverse("admin:articles_article_add")
        client.post(page, filled_in(client.get(page), headline="Fresh", _step="submit"))
        assert Article.objects.get().status == "review"

    def test_deleting_a_story_is_a_move_to_the_bin_and_back(self, client, editor):
        article = make_article(created_by=editor)
        assert client.get(reverse("admin:articles_article_delete", args=[article.pk])).status_code == 403
        save(client, article, "_step", _step="bin")
        assert str(article) not in client.get(LIST).content.decode()
        assert str(article) in client.get(LIST, {"status": "binned"}).content.decode()
        save(client, article, "_step", _step="restore")
        article.refresh_from_db()
        assert article.status == "draft"

    def test_a_list_action_takes_the_step_with_each_story_and_tells_what_was_refused(self, client, editor):
        ready = make_article("Ready", by=[make_author()], status="review")
        unready = make_article("Unready", status="review")
        response = client.post(
            LIST, {"action": "take_publish", "_selected_action": [ready.pk, unready.pk]}, follow=True
        )
        assert {row.headline: row.status for row in Article.objects.all()} == {
            "Ready": "published",
            "Unready": "review",
        }
        told = messages(response)
        assert told[0] == "Publish now: done for 1 story."
        assert "“Unready” is not ready" in told[1]

    def test_the_panel_lists_what_is_missing_and_where_to_mend_it(self, client, editor):
        article = make_article(section=None)
        findings = client.get(page_of(article)).context["panel"]["findings"]
        assert {"bylines-group", "id_section", "id_tags"} == {finding["anchor"] for finding in findings}


class TestRights:
    def post_everything(self, client, article):
        return client.post(
            page_of(article),
            {"headline": "Forged", "slug": "forged", "kind": "news", "seen_version": "1", "_continue": "1"},
        )

    @pytest.mark.parametrize("status", ["review", "scheduled", "published", "withdrawn", "binned"])
    def test_a_reporter_changes_nothing_after_handing_in(self, client, status):
        reporter = make_desk_user(REPORTER)
        client.force_login(reporter)
        article = make_article("Real", created_by=reporter, status=status, published_at=an_hour_ago())
        assert client.get(page_of(article)).context["has_change_permission"] is False
        assert self.post_everything(client, article).status_code == 403
        assert Article.objects.get().headline == "Real"

    def test_a_reporter_does_not_change_somebody_elses_draft(self, client):
        client.force_login(make_desk_user(REPORTER))
        article = make_article("Real", created_by=make_desk_user(REPORTER))
        assert self.post_everything(client, article).status_code == 403

    def test_an_editor_changes_everybodys_story(self, client):
        client.force_login(make_desk_user(EDITOR))
        article = make_published(by=[make_author()], created_by=make_desk_user(REPORTER))
        save(client, article, headline="Better")
        assert Article.objects.get().headline == "Better"

    def test_an_editor_cannot_withdraw_by_forging_the_button(self, client):
        client.force_login(make_desk_user(EDITOR))
        article = make_published()
        response = save(client, article, "_step", _step="withdraw")
        assert Article.objects.get().status == "published"
        assert any("You may not do that" in message for message in messages(response))

    def test_status_date_author_of_record_and_version_cannot_be_forged(self, client, editor):
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
            "draft", None, editor, 2, None,
        )  # fmt: skip

    def test_a_row_of_another_story_cannot_be_moved_here(self, client, editor):
        mine, other = make_article(), make_article()
        quote = make_quote(other, text="Theirs")
        make_quote(mine)
        save(client, mine, **{"quotes-0-id": str(quote.pk), "quotes-0-text": "Stolen"})
        quote.refresh_from_db()
        assert (quote.article, quote.text) == (other, "Theirs")

    def test_nobody_from_outside_gets_in(self, client):
        assert client.get(page_of(make_article())).status_code == 302
        client.force_login(make_user(staff=False))
        assert client.get(LIST).status_code == 302


def test_the_list_can_be_searched_filtered_and_drilled_down(client, editor):
    section = make_section("Technology")
    author = make_author("Ida Wells")
    wanted = make_published("Cage at Dreamforce", section=section, by=[author], kind="analysis")
    make_published("Flood", by=[make_author()])
    draft = make_article("Draft on tags")
    year = timezone.localtime(wanted.published_at).year
    for query, found in [
        ({"q": "cage"}, [wanted]),
        ({"q": "Wells"}, [wanted]),
        ({"section__id__exact": section.pk}, [wanted]),
        ({"kind__exact": "analysis"}, [wanted]),
        ({"status": "draft"}, [draft]),
        ({"bylines__author__id__exact": author.pk}, [wanted]),
        ({"published_at__year": year, "q": "Cage"}, [wanted]),
    ]:
        assert list(client.get(LIST, query).context["cl"].queryset) == found, query


def test_bylines_keep_their_order(client, editor):
    first, second = make_author(), make_author()
    article = make_article(by=[first, second])
    save(client, article, **{"bylines-0-position": "2", "bylines-1-position": "1"})
    assert [byline.author for byline in Byline.objects.filter(article=article)] == [second, first]
