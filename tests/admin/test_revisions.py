import pytest
from django.urls import reverse

from articles.editorial.workflow import take_step
from articles.models import Article, Revision
from tests.admin.forms import messages, save
from tests.make import (
    make_article,
    make_author,
    make_desk_user,
    make_published,
    make_quote,
    make_source,
    make_tag,
)

pytestmark = pytest.mark.django_db


def address(name, article, *args) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *args])


def versions(article) -> list[Revision]:
    return list(article.revisions.order_by("version", "pk"))


def restore(client, article, revision, version=None):
    article.refresh_from_db()
    seen = {"seen_version": article.version if version is None else version}
    return client.post(address("restore", article, revision.key), seen, follow=True)


def test_the_history_has_versions_steps_and_whatever_else_happened(client, editor):
    article = make_article(created_by=editor)
    save(client, article, deck="New deck")
    take_step(article, "submit", by=editor, note="Please read.")
    page = " ".join(client.get(address("history", article)).content.decode().split())
    for words in ("Version 1", "Version 2", "Deck", "Hand in for review", "Please read."):
        assert words in page
    assert page.count("Ana Ruiz") >= 2


def test_a_save_stands_in_the_history_once(client, editor):
    article = make_article()
    save(client, article, deck="New deck")
    lines = client.get(address("history", article)).context["lines"]
    assert ["revision" in line for line in lines] == [True, True]


def test_a_long_history_comes_in_pages(client, editor):
    article = make_article()
    for number in range(60):
        Revision.objects.create(
            article=article, version=1, by_username="x", by_name="x", content="x", note=f"save {number}"
        )
    first, second = (
        client.get(address("history", article)),
        client.get(address("history", article), {"p": "2"}),
    )
    assert (len(first.context["lines"]), len(second.context["lines"])) == (50, 10)
    assert client.get(address("history", article), {"p": "x" * 50}).status_code == 200


def test_a_story_nobody_saved_yet_says_so(client, editor):
    assert "it was loaded from a file" in client.get(address("history", make_article())).content.decode()


def test_two_versions_are_compared_in_words_whichever_was_chosen_first(client, editor):
    article = make_article(body="<p>They <em>had</em> to look.</p>", tags=[make_tag("floods")])
    make_quote(article, make_source("Jelani Drew"), text="They had to look")
    save(client, article, body="<p>They <em>had</em> to listen.</p>", tags=[], **{"quotes-0-DELETE": "on"})
    first, second = versions(article)
    for old, new in ((first, second), (second, first)):
        page = client.get(address("compare_chosen", article), {"old": old.key, "new": new.key}, follow=True)
        text = page.content.decode()
        assert ">look</del>" in text
        assert ">listen</ins>" in text
        assert "&lt;em&gt;" not in text
        assert "“They had to look” – Jelani Drew" in text
        assert "floods" in text
        assert page.context["old"] == first


@pytest.mark.parametrize("chosen", [{}, {"old": "x", "new": "y"}])
def test_who_chose_nothing_to_compare_is_asked_to(client, editor, chosen):
    article = make_article()
    save(client, article, deck="New")
    response = client.get(address("compare_chosen", article), chosen, follow=True)
    assert messages(response) == ["Choose two different versions to compare."]


def test_a_version_is_shown_and_restored_as_a_new_one(client, editor):
    article = make_article(deck="Old deck")
    quote = make_quote(article, text="Old words")
    save(client, article, deck="New deck", **{"quotes-0-text": "New words"})
    first, _ = versions(article)
    page = client.get(address("revision", article, first.key)).content.decode()
    assert "Old deck" in page
    assert "Old words" in page
    response = restore(client, article, first)
    article.refresh_from_db()
    quote.refresh_from_db()
    assert (article.deck, quote.text, article.version) == ("Old deck", "Old words", 3)
    assert messages(response) == ["“Version 1” is restored, as a new version."]
    assert [row.version for row in versions(article)] == [1, 2, 3]


def test_restored_while_readers_see_the_story_it_is_the_draft(client, editor):
    article = make_published(deck="Old deck", by=[make_author()])
    save(client, article, "_publish_changes", deck="New deck")
    response = restore(client, article, versions(article)[0])
    article.refresh_from_db()
    assert article.deck == "New deck"
    assert "is the draft now" in messages(response)[0]
    assert "Old deck" in response.content.decode()


def test_it_is_not_restored_over_what_somebody_saved_meanwhile(client, editor):
    article = make_article(deck="Old deck")
    save(client, article, deck="New deck")
    response = restore(client, article, versions(article)[0], version=1)
    assert "Nothing was restored: Ana Ruiz changed the story" in messages(response)[0]
    assert Article.objects.get().deck == "New deck"


def test_what_a_version_needs_and_is_gone_is_named(client, editor):
    article, source = make_article(), make_source("Ada", slug="ada-ferry")
    make_quote(article, source)
    save(client, article, **{"quotes-0-DELETE": "on"})
    source.delete()
    response = restore(client, article, versions(article)[0])
    assert "ada-ferry" in messages(response)[0]
    assert not article.quotes.exists()


def test_a_version_gets_a_name_to_find_it_by(client, editor):
    article = make_article()
    save(client, article, deck="New")
    version = versions(article)[-1]
    client.post(address("revision_name", article, version.key), {"name": "as sent to the lawyers"})
    assert "as sent to the lawyers" in client.get(address("history", article)).content.decode()
    response = client.post(address("revision_name", article, version.key), {"name": "x" * 121}, follow=True)
    assert "The name was not kept" in messages(response)[0]
    version.refresh_from_db()
    assert version.name == "as sent to the lawyers"


def test_a_version_that_cannot_be_read_or_is_another_storys_is_unknown(client, editor):
    article, other = make_article(), make_article()
    odd = Revision.objects.create(
        article=article, version=1, by_username="x", by_name="x", content="nonsense"
    )
    save(client, other, deck="New")
    for name in ("revision", "restore", "revision_name"):
        for key in (odd.key, versions(other)[0].key):
            method = client.get if name == "revision" else client.post
            assert method(address(name, article, key)).status_code == 404
    assert client.get(address("compare", article, odd.key, versions(other)[0].key)).status_code == 404


def test_who_may_only_read_compares_but_restores_names_and_discards_nothing(client, editor):
    article = make_published(deck="Old", by=[make_author()])
    save(client, article, "_publish_changes", deck="New")
    save(client, article, deck="Draft")
    first = versions(article)[0]
    client.force_login(make_desk_user(["view_article"]))
    article.refresh_from_db()
    assert client.get(address("revision", article, first.key)).status_code == 200
    assert "Restore" not in client.get(address("revision", article, first.key)).content.decode()
    for name, args in (("restore", [first.key]), ("revision_name", [first.key]), ("discard_draft", [])):
        posted = client.post(address(name, article, *args), {"seen_version": article.version, "name": "x"})
        assert posted.status_code == 403, name
    assert article.revisions.count() == 3


@pytest.mark.parametrize("name", ["restore", "revision_name"])
def test_what_changes_something_is_posted(client, editor, name):
    article = make_article()
    save(client, article, deck="New")
    assert client.get(address(name, article, versions(article)[0].key)).status_code == 405
