import pytest

from articles.models import Article
from tests.admin.forms import filled_in, page_of, save
from tests.make import (
    make_article,
    make_quote,
)

pytestmark = pytest.mark.django_db


def test_a_form_without_a_version_never_overwrites(client, editor):
    article = make_article(deck="Base")
    data = filled_in(client.get(page_of(article)), deck="Mine")
    del data["seen_version"]
    response = client.post(page_of(article), data)
    assert response.status_code == 409
    assert [question.label for question in response.context["questions"]] == ["Deck"]
    assert Article.objects.get().deck == "Base"


def test_a_quote_deleted_meanwhile_comes_back_as_a_new_row_with_what_was_typed(client, editor):
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


@pytest.mark.parametrize("moment", ["9999-12-31T23:59", "0001-01-01T00:00"])
def test_an_embargo_in_a_year_out_of_reach_is_refused_beside_its_field(client, editor, moment):
    article = make_article()
    old = filled_in(client.get(page_of(article)), embargo_until=moment)
    response = save(client, article, embargo_until=moment, deck="Typed")
    form = response.context["adminform"].form
    assert "it must lie between 1900 and 2200" in form.errors["embargo_until"][0]
    assert (form["embargo_until"].value(), form["deck"].value()) == (moment, "Typed")
    save(client, article, deck="Theirs")
    assert "embargo_until" in client.post(page_of(article), old).context["adminform"].form.errors
    assert Article.objects.get().embargo_until is None


def test_a_story_among_its_own_picks_is_refused_and_what_was_typed_stays(client, editor):
    article, other = make_article(), make_article()
    form = filled_in(client.get(page_of(article)), deck="Mine", picks=[str(article.pk), str(other.pk)])
    response = client.post(page_of(article), form)
    assert "cannot be shown under itself" in str(response.context["adminform"].form.errors["picks"])
    assert response.context["adminform"].form["deck"].value() == "Mine"
    client.post(page_of(article), {**form, "picks": [str(other.pk)]})
    assert list(article.picks.all()) == [other]
