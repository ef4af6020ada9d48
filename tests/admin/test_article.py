import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.editorial import audit
from articles.models import Article, Byline, Edition, FormerSlug
from tests.admin.forms import LIST, filled_in, messages, page_of, save
from tests.make import (
    an_hour_ago,
    make_article,
    make_author,
    make_published,
    make_quote,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db


def test_a_new_story_gets_an_address_from_its_headline_and_a_byline_from_its_writer(client, editor):
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


def test_a_form_with_errors_keeps_what_was_typed_and_says_what_is_wrong_beside_the_field(client, editor):
    article = make_article("Old headline")
    response = save(client, article, headline="", deck="Typed, not saved", body="<p>Typed body</p>")
    form = response.context["adminform"].form
    assert form.errors["headline"] == ["This field is required."]
    assert (form["deck"].value(), form["body"].value()) == ("Typed, not saved", "<p>Typed body</p>")
    assert Article.objects.get().headline == "Old headline"


def test_what_is_stored_is_clean_whatever_was_sent(client, editor):
    article = make_article()
    save(
        client,
        article,
        body='<p onclick="x()">Hi<script>alert(1)</script></p>',
        headline="One\x07 line\n",
    )
    article.refresh_from_db()
    assert (article.body, article.headline) == ("<p>Hi</p>", "One line")


def test_tags_are_kept_added_and_taken_away(client, editor):
    kept, gone, new = make_tag(), make_tag(), make_tag()
    article = make_article(tags=[kept, gone])
    save(client, article, tags=[str(kept.pk), str(new.pk)])
    assert set(article.tags.all()) == {kept, new}


def test_every_save_is_written_down_with_what_changed(client, editor):
    article = make_article()
    save(client, article, headline="New", deck="New deck")
    line = audit.history_of(article).get()
    assert (line.by_name, line.message) == ("Ana Ruiz", "Headline, deck.")
    history = client.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()
    assert "Headline, deck" in history


def test_a_changed_address_of_a_public_story_leaves_the_old_one_working(client, editor):
    article = make_published(slug="old")
    save(client, article, "_publish_changes", slug="new")
    assert FormerSlug.objects.get().slug == "old"
    assert b'<div class="readonly">old</div>' in client.get(page_of(article)).content


def test_readers_are_told_of_an_update_only_on_purpose(client, editor):
    article = make_published()
    save(client, article, "_publish_changes", deck="A comma, moved")
    article.refresh_from_db()
    assert article.revised_at is None
    save(client, article, "_publish_changes", update_notice="on")
    article.refresh_from_db()
    assert timezone.now() - article.revised_at < dt.timedelta(minutes=1)


def test_a_change_of_a_public_story_makes_a_new_edition_and_of_a_draft_does_not(client, editor):
    save(client, make_article(), deck="New")
    assert not Edition.objects.exists()
    save(client, make_published(), "_publish_changes", deck="New")
    assert Edition.objects.exists()


def test_hiding_a_public_story_behind_an_embargo_makes_a_new_edition(client, editor):
    article = make_published()
    response = save(client, article, "_publish_changes", embargo_until="2099-01-01T00:00")
    article.refresh_from_db()
    assert not article.is_public()
    assert Edition.objects.exists()
    assert "Readers no longer see this story, until 1 January 2099" in str(messages(response))
    assert "under embargo until" in client.get(LIST).content.decode()
    waiting = {
        panel.title: [line.title for line in panel.lines] for panel in client.get("/admin/").context["panels"]
    }
    assert waiting["Going out later"] == [article.headline]


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


def test_a_new_story_is_not_asked_what_it_cannot_have_yet(client, editor):
    fieldsets = client.get(reverse("admin:articles_article_add")).context["adminform"].fieldsets
    asked = [name for _, options in fieldsets for name in options["fields"]]
    assert asked[0] == "headline"
    assert not {"update_notice", "revised_at", "old_addresses", "created_by"} & set(asked)


def test_a_save_that_changes_nothing_leaves_no_trace(client, editor):
    article = make_published()
    save(client, article)
    article.refresh_from_db()
    assert article.version == 1
    assert not audit.history_of(article).exists()
    assert not Edition.objects.exists()


def test_a_save_cannot_take_from_a_public_story_what_readers_must_not_miss(client, editor):
    article = make_published(by=[make_author()], body="<p>Here.</p>")
    response = save(client, article, "_publish_changes", body="", section="", deck="Typed")
    errors = response.context["adminform"].form.errors
    assert "The story has no text." in str(errors["body"])
    assert "so it is not saved like this" in str(errors["section"])
    assert response.context["adminform"].form["deck"].value() == "Typed"
    article.refresh_from_db()
    assert (article.body, article.section is None, article.version) == ("<p>Here.</p>", False, 1)
    assert not audit.history_of(article).exists()


def test_an_unapproved_unnamed_source_does_not_slip_into_a_public_story(client, editor):
    article = make_published(by=[make_author()], body="<p>“Words.”</p>")
    quote = make_quote(article, text="Words.")
    unnamed = {
        "quotes-0-terms": "unnamed",
        "quotes-0-attribution": "an aide",
        "quotes-0-unnamed_reason": "Fear.",
    }
    response = save(client, article, "_publish_changes", **unnamed)
    assert "no managing editor has agreed" in str(response.context["adminform"].form.errors)
    quote.refresh_from_db()
    assert quote.is_named
    save(client, article, "_publish_changes", **unnamed, **{"quotes-0-agree": "on"})
    quote.refresh_from_db()
    assert not quote.is_named


def test_what_a_public_story_lacked_before_does_not_stop_a_correction(client, editor):
    article = make_published(by=[make_author()], section=None)
    save(client, article, "_publish_changes", headline="Corrected")
    assert Article.objects.get().headline == "Corrected"


def test_an_address_another_story_has_or_had_is_refused_by_name(client, editor):
    FormerSlug.objects.create(article=make_published("Flood"), slug="flood")
    response = save(client, make_article(), slug="flood")
    assert "still leads readers to “Flood”" in str(response.context["adminform"].form.errors["slug"])


def test_a_story_that_has_gone_out_by_itself_is_found_among_the_published(client, editor):
    gone_out = make_article("Gone out", status="scheduled", published_at=an_hour_ago())
    waiting = make_article("Waiting", status="scheduled", published_at=timezone.now() + dt.timedelta(hours=1))
    assert list(client.get(LIST, {"status": "published"}).context["cl"].queryset) == [gone_out]
    assert list(client.get(LIST, {"status": "scheduled"}).context["cl"].queryset) == [waiting]


def test_stories_are_filtered_by_the_tags_in_use(client, editor):
    tag, unused = make_tag("floods"), make_tag("unused")
    tagged = make_article(tags=[tag])
    make_article()
    assert list(client.get(LIST, {"tag": tag.slug}).context["cl"].queryset) == [tagged]
    page = client.get(LIST).content.decode()
    assert f"?tag={tag.slug}" in page
    assert f"?tag={unused.slug}" not in page
