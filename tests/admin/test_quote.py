import pytest

from articles.models import Quote
from tests.admin.forms import add_row, filled_in, page_of, save
from tests.make import (
    REPORTER,
    make_article,
    make_desk_user,
    make_quote,
    make_source,
)

pytestmark = pytest.mark.django_db


def test_a_new_quote_gets_its_place_and_its_address(client, editor):
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


def test_quotes_can_change_places(client, editor):
    article = make_article()
    quotes = [make_quote(article, text=text) for text in "abc"]
    save(client, article, **{"quotes-0-position": "3", "quotes-1-position": "1", "quotes-2-position": "2"})
    assert [quote.text for quote in article.quotes.in_story_order()] == ["b", "c", "a"]
    assert [Quote.objects.get(pk=quote.pk).position for quote in quotes] == [3, 1, 2]


def test_a_place_given_twice_is_shared_out_in_the_order_of_the_form(client, editor):
    article = make_article()
    for text in "abc":
        make_quote(article, text=text)
    save(client, article, **{"quotes-2-position": "1"})
    assert [(quote.position, quote.text) for quote in article.quotes.in_story_order()] == [
        (1, "a"),
        (2, "c"),
        (3, "b"),
    ]


def test_a_deleted_quote_leaves_no_gap(client, editor):
    article = make_article()
    for text in "abc":
        make_quote(article, text=text)
    save(client, article, **{"quotes-0-DELETE": "on"})
    assert [(quote.position, quote.text) for quote in article.quotes.in_story_order()] == [
        (1, "b"),
        (2, "c"),
    ]


def test_not_naming_a_source_is_agreed_to_by_somebody_who_may(client, editor):
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


def test_a_reporter_cannot_agree_and_a_later_change_asks_again(client, editor):
    reporter = make_desk_user(REPORTER)
    article = make_article(created_by=reporter)
    quote = make_quote(
        article, terms="unnamed", attribution="an aide", unnamed_reason="Fear.", approved_by=editor
    )
    client.force_login(reporter)
    save(client, article, **{"quotes-0-text": "Other words", "quotes-0-agree": "on"})
    quote.refresh_from_db()
    assert (quote.text, quote.approved_by) == ("Other words", None)


def test_an_unnamed_source_without_a_reason_is_refused_beside_the_quote(client, editor):
    article = make_article()
    make_quote(article)
    response = save(client, article, **{"quotes-0-terms": "unnamed", "quotes-0-attribution": "an aide"})
    errors = response.context["inline_admin_formsets"][1].formset.errors
    assert "An unnamed source needs a reason that readers can be told." in str(errors)


def test_a_quote_somebody_else_added_meanwhile_stays_behind_those_of_the_form(client, editor):
    article = make_article()
    for text in "ab":
        make_quote(article, text=text)
    mine = filled_in(client.get(page_of(article)), deck="Mine")
    make_quote(article, text="theirs", position=2**31 - 1)
    for version in ("1", "2"):
        client.post(page_of(article), {**mine, "seen_version": version, "deck": f"Mine {version}"})
        order = [(quote.position, quote.text) for quote in article.quotes.in_story_order()]
        assert order == [(1, "a"), (2, "b"), (3, "theirs")]


def test_a_forged_form_is_refused_not_an_error(client, editor):
    article = make_article()
    make_quote(article)
    page = page_of(article)
    typed = filled_in(client.get(page))
    for forged in [
        {"section": "x", "image": "9" * 30, "tags": ["x", "9" * 30], "picks": ["-1"]},
        {"quotes-0-source": "x", "quotes-0-statement": "9" * 30},
        {"quotes-0-id": "9" * 30},
        {"quotes-TOTAL_FORMS": "x"},
    ]:
        response = client.post(page, {**typed, **forged})
        assert response.status_code == 200, forged
        assert response.context["errors"], forged
    for harmless in [
        {"quotes-INITIAL_FORMS": "3"},
        {"quotes-0-position": "9" * 30},
        {"seen_version": "9" * 30},
    ]:
        assert client.post(page, {**typed, **harmless}).status_code == 302, harmless
    assert [quote.text for quote in article.quotes.all()] == [typed["quotes-0-text"]]
