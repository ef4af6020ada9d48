"""Deleting from the desk: what is used stays, and its page says where; nothing goes without having been named."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.urls import reverse

from articles.admin.deletion import MOST_AT_ONCE, Deletion
from articles.admin.site import desk
from articles.admin.source import SourceAdmin
from articles.editorial import audit
from articles.editorial.revisions.fragment import fragment_of
from articles.editorial.revisions.putting_back import as_if
from articles.editorial.revisions.saving import save_as_draft
from articles.models import Article, AuditEntry, Quote, Source, Tag, TaggedArticle
from tests.admin.forms import messages
from tests.make import (
    make_affiliation,
    make_alias,
    make_article,
    make_byline,
    make_image,
    make_published,
    make_quote,
    make_reply_request,
    make_source,
    make_statement,
    make_tag,
    make_tag_synonym,
    make_user,
)

pytestmark = pytest.mark.django_db


def list_of(noun):
    return reverse(f"admin:articles_{noun}_changelist")


def page_to_delete(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_delete", args=[row.pk])


def ask_for(client, noun, rows):
    """Chooses the rows in the list, and “Delete selected”."""
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
    return client.post(list_of(noun), chosen)


def agree(client, noun, page):
    """Presses the button of the page that asks."""
    chosen = {"action": "delete_selected", "post": "yes"}
    return client.post(
        list_of(noun),
        {**chosen, "_selected_action": [one.row.pk for one in page.context["goes"]]},
        follow=True,
    )


def used(noun):
    """A row of that noun, and the story it is used in."""
    match noun:
        case "source":
            quote = make_quote(make_published("A used one"))
            return quote.source, quote.article
        case "author":
            byline = make_byline(make_published("A used one"))
            return byline.author, byline.article
        case "image":
            article = make_published("A used one", image=make_image())
            return article.image, article
        case "section":
            article = make_published("A used one")
            return article.section, article
        case "statement":
            quote = make_quote(make_published("A used one"), statement=make_statement())
            return quote.statement, quote.article


USED = ["source", "author", "image", "section", "statement"]


@pytest.mark.parametrize("noun", USED)
def test_what_is_used_stays_and_its_page_says_where_and_what_to_do_instead(client, chief, noun):
    row, article = used(noun)
    for response in [client.get(page_to_delete(row)), client.post(page_to_delete(row), {"post": "yes"})]:
        page = response.content.decode()
        assert response.status_code == 200
        assert f"Cannot delete {noun}" in page
        assert f"{reverse('admin:articles_article_change', args=[article.pk])}" in page
        assert ">A used one</a>" in page
        assert 'class="status status-published"' in page
        assert 'class="instead"' in page
        assert 'name="post"' not in page
        assert "protected" not in page
    assert type(row).objects.filter(pk=row.pk).exists()
    assert not AuditEntry.objects.exists()


def test_of_many_places_twenty_are_named_and_the_rest_counted_with_a_way_to_the_list(client, chief):
    source = make_source()
    for _ in range(25):
        make_quote(make_article(), source)
    page = client.get(page_to_delete(source)).content.decode()
    assert "Quoted in 25 stories" in page
    assert page.count("status-draft") == 20
    assert "and 5 more" in page
    assert f"{list_of('quote')}?source__id__exact={source.pk}" in page
    listed = client.get(list_of("quote"), {"source__id__exact": source.pk})
    assert listed.context["cl"].result_count == 25


def test_a_page_asks_as_much_for_thirty_places_as_for_three(client, chief, django_assert_max_num_queries):
    source = make_source()

    def use_it(times):
        for _ in range(times):
            article = make_article()
            make_quote(article, source)
            make_quote(article, reported_by=source)
            make_reply_request(article, source)
            make_affiliation(make_source(), source)

    for _ in range(51):
        make_source()  # a list of more than one page, from the start
    use_it(3)
    with django_assert_max_num_queries(30) as with_three:
        client.get(page_to_delete(source))
    with django_assert_max_num_queries(30) as list_with_three:
        ask_for(client, "source", Source.objects.all())
    use_it(27)
    with django_assert_max_num_queries(30) as with_thirty:
        client.get(page_to_delete(source))
    with django_assert_max_num_queries(30) as list_with_thirty:
        ask_for(client, "source", Source.objects.all())
    assert len(with_three) == len(with_thirty)
    assert len(list_with_three) == len(list_with_thirty)


def test_who_may_delete_a_source_but_not_see_stories_learns_no_headline(client):
    client.force_login(make_user(may=["view_source", "delete_source"]))
    quote = make_quote(make_article("A secret headline"))
    for response in [
        client.get(page_to_delete(quote.source)),
        ask_for(client, "source", [quote.source]),
        client.post(page_to_delete(quote.source), {"post": "yes"}),
    ]:
        page = response.content.decode()
        assert "Quoted in stories you may not see" in page
        assert "A secret headline" not in page
        assert reverse("admin:articles_article_change", args=[quote.article_id]) not in page
    assert Source.objects.filter(pk=quote.source_id).exists()


def test_what_nothing_uses_is_deleted_with_its_other_names_after_a_question(client, chief):
    source = make_source("Nobody")
    make_alias(source, "Nemo")
    page = client.get(page_to_delete(source)).content.decode()
    assert "And with it 1 alias" in page
    assert "Nemo" in page
    client.post(page_to_delete(source), {"post": "yes"})
    assert not Source.objects.exists()
    assert AuditEntry.objects.get().action == "deleted"


def test_deleting_a_tag_says_which_stories_lose_it_and_their_history_says_so_too(client, chief):
    tag = make_tag("floods")
    make_tag_synonym(tag, "high water")
    article = make_article("Loses it", tags=[tag])
    make_article("Never had it")
    page = client.get(page_to_delete(tag)).content.decode()
    assert "Taken off 1 story" in page
    assert "Loses it" in page
    assert "high water" in page
    assert "Never had it" not in page
    other = make_article()
    client.post(page_to_delete(tag), {"post": "yes"})
    assert not Tag.objects.exists()
    # A form of the story that is open somewhere would bring the tag back unnoticed.
    assert [Article.objects.get(pk=row.pk).version for row in (article, other)] == [2, 1]
    assert audit.history_of(article).get().message == "The tag was deleted: “floods”."
    assert audit.last_touch(article).by == "Ida Wells"


def test_a_list_says_what_goes_and_what_stays_before_it_deletes_what_it_can(client, chief):
    kept, gone = used("source")[0], make_source("Goes")
    page = ask_for(client, "source", [kept, gone])
    assert page.context["title"] == "Delete 1 of 2 sources?"
    assert ([one.row for one in page.context["stays"]], [one.row for one in page.context["goes"]]) == (
        [kept],
        [gone],
    )
    assert "A used one" in page.content.decode()
    assert Source.objects.count() == 2
    response = agree(client, "source", page)
    assert messages(response) == ["Deleted 1 source."]
    assert list(Source.objects.all()) == [kept]
    assert audit.history_of(gone).get().action == "deleted"


@pytest.mark.parametrize("noun", USED)
def test_a_list_of_used_rows_alone_offers_no_button(client, chief, noun):
    row, _ = used(noun)
    page = ask_for(client, noun, [row])
    assert page.context["goes"] == []
    assert 'name="post"' not in page.content.decode()
    forged = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    response = client.post(list_of(noun), forged)
    assert "nothing was deleted" in response.content.decode()
    assert type(row).objects.filter(pk=row.pk).exists()


def test_what_came_into_use_between_question_and_answer_stops_the_whole_deletion(client, chief):
    first, second = make_source("First"), make_source("Second")
    page = ask_for(client, "source", [first, second])
    make_quote(make_article("Meanwhile"), second)
    response = agree(client, "source", page)
    assert Source.objects.filter(pk__in=[first.pk, second.pk]).count() == 2
    assert "nothing was deleted yet" in response.content.decode()
    assert "Meanwhile" in response.content.decode()
    assert [one.row for one in response.context["goes"]] == [first]
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("refusal", [ProtectedError("used", set()), IntegrityError("FOREIGN KEY")])
def test_a_use_that_only_the_database_sees_is_an_answer_and_no_error(client, chief, monkeypatch, refusal):
    def refuse(*args):
        raise refusal

    source = make_source()
    page = ask_for(client, "source", [source])
    for name in ["delete_model", "delete_queryset"]:
        monkeypatch.setattr(SourceAdmin, name, refuse)
    alone = client.post(page_to_delete(source), {"post": "yes"}, follow=True)
    assert messages(alone) == ["Somebody has begun to use it meanwhile, so nothing was deleted."]
    in_the_list = agree(client, "source", page)
    assert "nothing was deleted yet" in in_the_list.content.decode()
    assert Source.objects.exists()
    assert not AuditEntry.objects.exists()


def test_what_somebody_else_deleted_meanwhile_is_no_error(client, chief):
    first, second = make_source(), make_source()
    page = ask_for(client, "source", [first, second])
    first.delete()
    assert messages(agree(client, "source", page)) == ["Deleted 1 source."]
    assert messages(agree(client, "source", page)) == ["Nothing was deleted: none of them is there any more."]


def test_more_than_a_page_can_show_are_not_deleted_at_once(client, chief):
    Tag.objects.bulk_create(Tag(name=f"tag {n}", slug=f"tag-{n}") for n in range(MOST_AT_ONCE + 1))
    everything = {
        "action": "delete_selected",
        "select_across": "1",
        "_selected_action": [Tag.objects.first().pk],
    }
    for answer in [everything, {**everything, "post": "yes"}]:
        response = client.post(list_of("tag"), answer, follow=True)
        assert f"at most {MOST_AT_ONCE} can be deleted at once" in str(messages(response))
    assert Tag.objects.count() == MOST_AT_ONCE + 1


def test_a_list_takes_tags_off_stories_and_no_story_goes(client, chief):
    tags = [make_tag(), make_tag()]
    article = make_article(tags=tags)
    page = ask_for(client, "tag", tags)
    assert page.content.decode().count("Taken off 1 story") == 2
    agree(client, "tag", page)
    assert not TaggedArticle.objects.exists()
    assert Article.objects.get().version > article.version
    assert audit.history_of(article).get().message.startswith("The tags were deleted: ")


def test_an_account_out_of_reach_is_not_deleted_by_way_of_the_list(client):
    boss = make_user("boss")
    boss.user_permissions.add(*Permission.objects.filter(codename__in=["view_user", "delete_user"]))
    client.force_login(boss)
    chief = make_user("chief", is_superuser=True)
    forged = {"action": "delete_selected", "_selected_action": [chief.pk], "post": "yes"}
    response = client.post(reverse("admin:auth_user_changelist"), forged)
    assert "Your account may not delete it." in response.content.decode()
    assert User.objects.filter(pk=chief.pk).exists()


def test_an_account_that_agreed_to_an_unnamed_source_is_closed_not_deleted(client, chief):
    agreed = make_user("ana")
    make_quote(terms="unnamed", attribution="an aide", unnamed_reason="Fear.", approved_by=agreed)
    page = client.get(page_to_delete(agreed)).content.decode()
    assert "Agreed to not naming a source in 1 story" in page
    assert "close the account" in page
    client.post(page_to_delete(agreed), {"post": "yes"})
    assert Quote.objects.get().approved_by == agreed


def test_stories_are_deleted_by_no_page_and_no_list_of_the_desk(client, chief):
    article = make_article()
    assert client.post(page_to_delete(article), {"post": "yes"}).status_code == 403
    ask_for(client, "article", [article])
    forged = {"action": "delete_selected", "_selected_action": [article.pk], "post": "yes"}
    client.post(list_of("article"), forged)
    assert Article.objects.exists()


def test_every_list_of_the_desk_deletes_in_this_way(client, chief):
    assert all(isinstance(page, Deletion) for page in desk._registry.values())


def test_what_the_draft_of_a_published_story_names_is_not_deleted(client, chief):
    source, tag = make_source("Only in the draft"), make_tag("only in the draft")
    story = make_published("Live", by=[make_byline().author])
    with as_if(story, fragment_of(story)):
        make_quote(story, source)
        story.tags.add(tag)
        drafted = fragment_of(story)
    save_as_draft(story, drafted, by=chief)
    page = client.get(page_to_delete(source)).content.decode()
    assert "Named in the draft of 1 story" in page
    client.post(page_to_delete(source), {"post": "yes"})
    assert Source.objects.filter(pk=source.pk).exists()
    client.post(page_to_delete(tag), {"post": "yes"})
    assert not Tag.objects.filter(pk=tag.pk).exists()
    assert client.get(reverse("admin:articles_article_change", args=[story.pk])).status_code == 200
