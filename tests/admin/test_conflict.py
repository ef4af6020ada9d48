"""Two people at one story: what only one of them touched needs no question, and nothing typed is lost."""

import pytest
from django.urls import reverse

from articles.editorial.revisions.keeping import kept_in
from articles.models import Article, Revision
from tests.admin.forms import add_row, filled_in, messages, page_of, save, typed_into
from tests.make import (
    make_article,
    make_author,
    make_byline,
    make_correction,
    make_image,
    make_quote,
    make_reply_request,
    make_source,
    make_tag,
)

pytestmark = pytest.mark.django_db


def choose(client, response, side):
    """Answers every question of the conflict page with one side."""
    context = response.context
    answers = {question.name: side for question in context["questions"]}
    return client.post(context["address"], {**dict(context["carried"]), **answers}, follow=True)


def test_what_only_one_of_them_touched_is_brought_together_unasked(client, editor, other):
    article = make_article(deck="Base", dateline="BASE", tags=[make_tag()])
    first, second = make_quote(article, text="One"), make_quote(article, text="Two")
    tag = make_tag()
    mine = typed_into(client, article, deck="Mine", **{"quotes-0-text": "One, mine"})
    mine["tags"] = [*mine["tags"], str(tag.pk)]
    save(other, article, dateline="THEIRS", **{"quotes-1-text": "Two, theirs"})
    response = client.post(page_of(article), mine, follow=True)
    article.refresh_from_db()
    assert (article.deck, article.dateline) == ("Mine", "THEIRS")
    assert {quote.pk: quote.text for quote in article.quotes.all()} == {
        first.pk: "One, mine",
        second.pk: "Two, theirs",
    }
    assert article.tags.count() == 2
    assert any(
        "Ben Lee saved this story after you opened it" in said and "Dateline" in said
        for said in messages(response)
    )


def test_what_both_changed_is_asked_with_base_mine_and_theirs(client, editor, other):
    article = make_article(deck="Base")
    make_quote(article, make_source("Jelani Drew"), text="Base words", slug="words")
    mine = typed_into(client, article, deck="Mine", **{"quotes-0-text": "My words"})
    save(other, article, deck="Theirs", **{"quotes-0-text": "Their words"})
    response = client.post(page_of(article), mine)
    assert response.status_code == 409
    assert "Ben Lee saved" in response.content.decode()
    asked = {(q.label, q.row): (q.base, q.theirs, q.mine) for q in response.context["questions"]}
    assert asked == {
        ("Deck", ""): ("Base", "Theirs", "Mine"),
        ("Text", "quote “Base words” – Jelani Drew"): ("Base words", "Their words", "My words"),
    }
    article.refresh_from_db()
    assert (article.deck, article.version) == ("Theirs", 2)
    choose(client, response, "mine")
    article.refresh_from_db()
    assert (article.deck, article.quotes.get().text, article.version) == ("Mine", "My words", 3)


def test_different_paragraphs_are_brought_together_and_of_one_both_changed_only_that_is_asked(
    client, editor, other
):
    article = make_article(body="<p>One.</p><p>Two.</p><p>Three.</p><p>Four.</p><p>Five.</p>")
    mine = typed_into(
        client, article, body="<p>My one.</p><p>Two.</p><p>My three.</p><p>Four.</p><p>Five.</p>"
    )
    save(other, article, body="<p>One.</p><p>Two.</p><p>Their three.</p><p>Four.</p><p>Their five.</p>")
    response = client.post(page_of(article), mine)
    [asked] = response.context["questions"]
    assert (asked.label, asked.base, asked.theirs, asked.mine) == (
        "Body, paragraph 3",
        "Three.",
        "Their three.",
        "My three.",
    )
    choose(client, response, "mine")
    article.refresh_from_db()
    assert article.body == "<p>My one.</p><p>Two.</p><p>My three.</p><p>Four.</p><p>Their five.</p>"


def test_the_same_words_with_another_mark_and_a_picture_are_told_apart(client, editor, other):
    make_image(slug="bridge", title="A bridge")
    marked = '<p>She said “<span data-quote="said">Two</span>.”</p>'
    article = make_article(body="<p>She said “One.”</p><p>Three.</p><p>Four.</p>")
    mine = typed_into(client, article, body=f"{marked}<p>Three.</p>")
    save(
        other,
        article,
        body='<p>She said “Two.”</p><p>Three.</p><figure data-image="bridge"></figure><p>4.</p>',
    )
    response = client.post(page_of(article), mine)
    words, picture = response.context["questions"]
    assert (words.theirs, words.their_formatting) == (words.mine, "1 paragraph")
    assert words.my_formatting == "1 quote mark, 1 paragraph"
    assert "The words are the same in both. This has 1 quote mark, 1 paragraph." in response.content.decode()
    assert (picture.theirs, picture.mine) == ("[Picture: A bridge]\n4.", "")
    assert picture.their_formatting == ""
    choose(client, response, "theirs")
    assert [row.image.slug for row in article.illustrations.all()] == ["bridge"]


def test_theirs_can_be_chosen_and_mine_is_still_in_the_history(client, editor, other):
    article = make_article(deck="Base", dateline="BASE")
    mine = typed_into(client, article, deck="Mine", dateline="MINE")
    save(other, article, deck="Theirs")
    response = client.post(page_of(article), mine)
    aside = Revision.objects.get(kind="aside")
    assert (kept_in(aside).story["deck"], aside.by_name, aside.version) == ("Mine", "Ana Ruiz", 1)
    choose(client, response, "theirs")
    article.refresh_from_db()
    assert (article.deck, article.dateline) == ("Theirs", "MINE")
    assert Revision.objects.get(kind="aside") == aside


def test_once_all_of_mine_is_in_the_story_nothing_is_set_aside(client, editor, other):
    article = make_article(deck="Base")
    mine = typed_into(client, article, deck="Mine")
    save(other, article, deck="Theirs")
    choose(client, client.post(page_of(article), mine), "mine")
    assert not Revision.objects.filter(kind="aside").exists()


def test_who_leaves_the_page_finds_what_was_typed_in_the_history(client, editor, other):
    article = make_article(deck="Base")
    mine = typed_into(client, article, deck="Mine")
    save(other, article, deck="Theirs")
    address = client.post(page_of(article), mine).context["address"]
    page = client.get(address)
    assert (page.status_code, "Mine" in page.content.decode()) == (200, True)
    history = client.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()
    assert "typed, but not saved" in history


def test_somebody_who_saves_while_i_answer_is_asked_about_too(client, editor, other):
    article = make_article(deck="Base", dateline="BASE")
    mine = typed_into(client, article, deck="Mine", dateline="MINE")
    save(other, article, deck="Theirs")
    page = client.post(page_of(article), mine)
    save(other, article, deck="Theirs again")
    again = choose(client, page, "mine")
    assert again.status_code == 409
    assert [question.theirs for question in again.context["questions"]] == ["Theirs again"]
    choose(client, again, "mine")
    article.refresh_from_db()
    assert (article.deck, article.dateline) == ("Mine", "MINE")


def test_an_answer_that_is_none_asks_again(client, editor, other):
    article = make_article(deck="Base")
    mine = typed_into(client, article, deck="Mine")
    save(other, article, deck="Theirs")
    response = client.post(page_of(article), mine)
    for side in ("", "both", "<script>"):
        assert choose(client, response, side).status_code == 409
    assert Article.objects.get(pk=article.pk).deck == "Theirs"


def test_a_row_one_deleted_and_the_other_changed_is_asked_about(client, editor, other):
    article = make_article()
    make_quote(article, text="Base words", slug="words")
    mine = typed_into(client, article, **{"quotes-0-text": "Mended"})
    save(other, article, **{"quotes-0-DELETE": "on"})
    response = client.post(page_of(article), mine)
    [question] = response.context["questions"]
    assert (question.label, question.theirs) == ("Quote", "(deleted)")
    assert "Mended" in question.mine
    choose(client, response, "mine")
    assert article.quotes.get().text == "Mended"


def test_rows_that_both_added_are_all_kept_in_an_order(client, editor, other):
    article, source = make_article(), make_source()
    make_quote(article, text="One")
    row = {"source": str(source.pk), "kind": "direct", "terms": "record", "position": "", "slug": ""}
    mine = add_row(typed_into(client, article), "quotes", text="Mine", **row)
    theirs = add_row(typed_into(other, article), "quotes", text="Theirs", **row)
    other.post(page_of(article), theirs)
    client.post(page_of(article), mine)
    quotes = article.quotes.in_story_order()
    assert [(quote.position, quote.text) for quote in quotes] == [(1, "One"), (2, "Theirs"), (3, "Mine")]


def test_corrections_and_requests_that_both_added_are_counted_on(client, editor, other):
    article, source = make_article(), make_source()
    make_correction(article, text="First")
    make_reply_request(article, source, number=1)
    page = typed_into(client, article)
    correction = {"kind": "correction", "made_at": "", "quote": ""}
    request = {
        "source": str(source.pk),
        "number": "2",
        "outcome": "waiting",
        "asked_on": "",
        "asked_by": "",
    }
    for browser, words in ((other, "Theirs"), (client, "Mine")):
        typed = add_row(page, "corrections", text=words, **correction)
        typed = add_row(typed, "reply_requests", note=words, **request)
        browser.post(page_of(article), typed)
    assert list(article.corrections.order_by("number").values_list("number", "text")) == [
        (1, "First"),
        (2, "Theirs"),
        (3, "Mine"),
    ]
    assert list(article.reply_requests.order_by("number").values_list("number", "note"))[1:] == [
        (2, "Theirs"),
        (3, "Mine"),
    ]


def test_both_may_change_the_byline(client, editor, other):
    article = make_article()
    make_byline(article, make_author("Ida"))
    new, newer = make_author("Ben"), make_author("Cy")
    page = typed_into(client, article)
    other.post(page_of(article), add_row(page, "bylines", author=str(new.pk), position="", role=""))
    client.post(page_of(article), add_row(page, "bylines", author=str(newer.pk), position="", role=""))
    assert [str(row.author) for row in article.bylines.order_by("position")] == ["Ida", "Ben", "Cy"]


def test_agreement_to_an_unnamed_source_does_not_stretch_to_words_of_somebody_else(client, editor, other):
    article = make_article()
    quote = make_quote(article, text="Base", terms="unnamed", attribution="an aide", unnamed_reason="Fear.")
    mine = typed_into(client, article, **{"quotes-0-agree": "on"})
    save(other, article, **{"quotes-0-text": "Other words"})
    client.post(page_of(article), mine)
    quote.refresh_from_db()
    assert (quote.text, quote.approved_by) == ("Other words", None)


def test_a_step_is_not_taken_over_changes_somebody_has_not_seen(client, editor, other):
    article = make_article(status="review", by=[make_author()])
    mine = typed_into(client, article, deck="Mine")
    save(other, article, body="<p>Something else.</p>")
    del mine["_continue"]
    response = client.post(page_of(article), {**mine, "_step": "publish"}, follow=True)
    article.refresh_from_db()
    assert (article.status, article.deck) == ("review", "Mine")
    assert any("The step was not taken" in said for said in messages(response))


def test_nor_after_a_question_was_answered(client, editor, other):
    article = make_article(status="review", by=[make_author()], deck="Base")
    mine = typed_into(client, article, deck="Mine")
    save(other, article, deck="Theirs", body="<p>Something else.</p>")
    del mine["_continue"]
    page = client.post(page_of(article), {**mine, "_step": "publish"})
    response = choose(client, page, "mine")
    article.refresh_from_db()
    assert (article.status, article.deck) == ("review", "Mine")
    assert any("The step was not taken" in said for said in messages(response))


def test_a_step_taken_meanwhile_does_not_lose_what_was_typed(client, editor, other):
    article = make_article()
    mine = typed_into(client, article, deck="Mine")
    save(other, article, "_step", _step="submit")
    client.post(page_of(article), mine)
    article.refresh_from_db()
    assert (article.deck, article.status) == ("Mine", "review")


def test_a_form_with_mistakes_keeps_its_version_and_is_brought_together_later(client, editor, other):
    article = make_article(deck="Base", dateline="BASE")
    mine = typed_into(client, article, headline="", deck="Mine")
    save(other, article, dateline="THEIRS")
    response = client.post(page_of(article), mine)
    assert response.context["adminform"].form.errors["headline"]
    client.post(page_of(article), {**filled_in(response), "headline": "Mended", "_continue": "1"})
    article.refresh_from_db()
    assert (article.headline, article.deck, article.dateline) == ("Mended", "Mine", "THEIRS")
