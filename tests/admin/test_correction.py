import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from articles.editorial import audit
from articles.editorial.revisions.comparing import compare
from articles.editorial.revisions.keeping import kept_in
from articles.editorial.workflow import take_step
from articles.models import Article, Correction, Edition
from tests.admin.forms import add_row, filled_in, page_of, save
from tests.make import (
    EDITOR,
    REPORTER,
    make_article,
    make_author,
    make_correction,
    make_desk_user,
    make_published,
    make_quote,
    make_reply_request,
)

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2018, 9, 26, 19, 0, tzinfo=dt.UTC)
SHE_LEADS = "An earlier version misstated her title."


def with_correction(client, article, **values):
    """The story's form, filled in with one correction more."""
    row = {"kind": "correction", "made_at": "", "text": SHE_LEADS, "quote": "", **values}
    return add_row(filled_in(client.get(page_of(article))), "corrections", **row)


def rows(response):
    """The formset of corrections on a page."""
    [formset] = [
        inline.formset
        for inline in response.context["inline_admin_formsets"]
        if inline.formset.model is Correction
    ]
    return formset


@time_machine.travel(NOON, tick=False)
def test_a_new_correction_gets_the_next_number_and_the_moment_of_the_save(client, editor):
    article = make_article()
    make_correction(article, number=4)
    data = with_correction(client, article, kind="clarification")
    client.post(
        page_of(article), add_row(data, "corrections", kind="update", text="More is known.", quote="")
    )
    fifth, sixth = article.corrections.filter(number__gt=4)
    assert (fifth.number, fifth.kind, fifth.text, fifth.made_at) == (5, "clarification", SHE_LEADS, NOON)
    assert (sixth.number, sixth.kind) == (6, "update")


def test_one_is_put_on_top_of_its_story_and_taken_down_again(client, editor):
    article = make_article()
    client.post(page_of(article), with_correction(client, article, on_top="on"))
    assert Correction.objects.get().on_top
    typed = filled_in(client.get(page_of(article)))
    assert typed.pop("corrections-0-on_top") == "True"
    client.post(page_of(article), typed)
    assert not Correction.objects.get().on_top


@time_machine.travel(NOON, tick=False)
def test_an_earlier_moment_can_be_given_and_a_later_one_cannot(client, editor):
    article = make_article()
    response = client.post(page_of(article), with_correction(client, article, made_at="2018-09-26T12:01"))
    assert "This moment is still to come." in str(rows(response).errors)
    assert rows(response).forms[0]["text"].value() == SHE_LEADS
    client.post(page_of(article), with_correction(client, article, made_at="2018-09-26T11:30"))
    assert Correction.objects.get().made_at == NOON - dt.timedelta(minutes=30)


def test_a_correction_that_bears_a_later_moment_already_does_not_stop_the_save(client, editor):
    article = make_article()
    make_correction(article, made_at=timezone.now() + dt.timedelta(days=1))
    save(client, article, deck="New")
    assert Article.objects.get().deck == "New"


def test_a_correction_without_words_or_with_its_moment_taken_away_is_refused(client, editor):
    article = make_article()
    make_correction(article)
    response = save(client, article, **{"corrections-0-text": " ", "corrections-0-made_at": ""})
    assert rows(response).errors[0] == {
        "text": ["This field is required."],
        "made_at": ["This field is required."],
    }


def test_only_the_storys_own_quotes_are_offered_and_accepted(client, editor):
    article = make_article()
    first, second = make_quote(article, text="One"), make_quote(article, text="Two")
    theirs = make_quote(text="Theirs")
    response = client.post(page_of(article), with_correction(client, article, quote=str(theirs.pk)))
    assert "This is no quote of this story, or no longer." in str(rows(response).errors)
    assert list(rows(response).forms[0].fields["quote"].choices) == [
        ("", "no quote in particular"),
        (first.pk, "“One”"),
        (second.pk, "“Two”"),
    ]
    client.post(page_of(article), with_correction(client, article, quote=str(second.pk)))
    assert Correction.objects.get().quote == second


@pytest.mark.parametrize("forged", ["x", "9" * 30, "-1"])
def test_a_forged_quote_is_refused_not_an_error(client, editor, forged):
    article = make_article()
    response = client.post(page_of(article), with_correction(client, article, quote=forged))
    assert "This is no quote of this story" in str(rows(response).errors)


def test_a_quote_deleted_in_the_same_save_leaves_its_corrections(client, editor):
    article = make_article()
    quote = make_quote(article)
    make_correction(article, quote=quote)
    about_it = with_correction(client, article, quote=str(quote.pk))
    client.post(
        page_of(article), {**about_it, "quotes-0-DELETE": "on", "corrections-0-text": "Changed as well."}
    )
    assert not article.quotes.exists()
    assert list(article.corrections.values_list("text", "quote")) == [
        ("Changed as well.", None),
        (SHE_LEADS, None),
    ]


def test_a_correction_is_changed_and_taken_away(client, editor):
    article = make_article()
    kept, gone = make_correction(article), make_correction(article)
    save(client, article, **{"corrections-0-kind": "retraction", "corrections-1-DELETE": "on"})
    assert Correction.objects.get() == kept
    assert Correction.objects.get().kind == "retraction"
    assert audit.history_of(article).first().message == "Corrections: 1 changed, 1 removed."
    was, now = (kept_in(each) for each in article.revisions.order_by("version"))
    assert [(row.fate, row.title) for row in compare(was, now).rows] == [
        ("changed", f"retraction: {kept.text}"),
        ("removed", f"correction: {gone.text}"),
    ]


def test_correcting_a_public_story_makes_a_new_edition_and_a_new_version(client, editor):
    article = make_published(by=[make_author()])
    typed = {**with_correction(client, article), "_publish_changes": "1"}
    client.post(page_of(article), typed)
    article.refresh_from_db()
    assert article.version == 2
    assert Edition.objects.get().number == 2
    assert audit.history_of(article).get().message.endswith("orrections: 1 added.")


@time_machine.travel(NOON + dt.timedelta(seconds=59, milliseconds=123), tick=False)
def test_a_save_that_changes_nothing_leaves_corrections_alone(client, editor):
    article = make_article()
    make_quote(article)
    correction = make_correction(article, quote=article.quotes.get())
    save(client, article)
    article.refresh_from_db()
    assert article.version == 1
    correction.refresh_from_db()
    assert correction.made_at == timezone.now()


def test_a_correction_of_the_hour_that_comes_twice_in_autumn_does_not_stop_the_save(client, editor):
    article = make_article()
    half_past_one = dt.datetime(2018, 11, 4, 8, 30, tzinfo=dt.UTC)
    make_correction(article, made_at=half_past_one)
    save(client, article, deck="New")
    assert audit.history_of(article).get().message == "Deck."
    assert Correction.objects.get().made_at == half_past_one


def test_who_saves_second_compares_corrections_too(client, editor):
    article = make_article()
    make_correction(article, text="Base words", made_at=NOON)
    mine = filled_in(client.get(page_of(article)), **{"corrections-0-text": "My words"})
    # As a browser sends it: without seconds that are none.
    mine["corrections-0-made_at"] = "2018-09-26T12:00"
    save(client, article, **{"corrections-0-text": "Their words"})

    response = client.post(page_of(article), mine)
    [question] = response.context["questions"]
    assert (question.label, question.row) == ("Text", "correction: Base words")
    assert (question.base, question.theirs, question.mine) == ("Base words", "Their words", "My words")
    assert Correction.objects.get().text == "Their words"

    client.post(response.context["address"], {question.name: "mine"})
    assert Correction.objects.get().text == "My words"


def test_a_correction_somebody_else_added_meanwhile_stays(client, editor):
    article = make_article()
    mine = with_correction(client, article)
    make_correction(article, text="Theirs")
    client.post(page_of(article), mine)
    assert list(article.corrections.values_list("number", "text")) == [(1, "Theirs"), (2, SHE_LEADS)]


@pytest.mark.parametrize(
    ("make", "prefix", "field"),
    [(make_correction, "corrections", "text"), (make_reply_request, "reply_requests", "note")],
    ids=["correction", "request for comment"],
)
def test_a_row_deleted_meanwhile_comes_back_as_a_new_one(client, editor, make, prefix, field):
    article = make_article()
    gone, stays = make(article), make(article)
    typed = {f"{prefix}-0-{field}": "One, mended", f"{prefix}-1-{field}": "Two, mended"}
    mine = filled_in(client.get(page_of(article)), **typed)
    gone.delete()

    response = client.post(page_of(article), mine)
    assert "Somebody else deleted this row" in response.content.decode()
    assert "One, mended" in response.content.decode()
    client.post(page_of(article), filled_in(response))
    kept = type(stays).objects.filter(article=article)
    assert set(kept.values_list(field, flat=True)) == {"One, mended", "Two, mended"}
    assert kept.filter(pk=stays.pk).exists()


def test_a_new_story_is_not_asked_for_corrections(client, editor):
    formsets = client.get(reverse("admin:articles_article_add")).context["inline_admin_formsets"]
    assert Correction not in [inline.formset.model for inline in formsets]


class TestAReporter:
    """Reads what was corrected in a draft of theirs, one that was withdrawn and reopened, and edits all else."""

    @pytest.fixture
    def article(self, client):
        reporter = make_desk_user(REPORTER)
        client.force_login(reporter)
        return make_article(created_by=reporter)

    def test_reads_corrections_and_changes_none(self, client, article):
        correction = make_correction(article, text="Right")
        response = client.get(page_of(article))
        assert "Right" in response.content.decode()
        assert 'name="corrections-0-text"' not in response.content.decode()
        forged = {"corrections-0-text": "Forged", "corrections-0-DELETE": "on"}
        save(client, article, deck="New", **forged)
        client.post(page_of(article), with_correction(client, article))
        correction.refresh_from_db()
        assert (Correction.objects.get(), correction.text) == (correction, "Right")
        assert Article.objects.get().deck == "New"

    def test_can_save_though_a_correction_was_taken_away_meanwhile(self, client, article):
        gone = make_correction(article)
        page = client.get(page_of(article))
        typed = {
            name: value
            for name, value in filled_in(page, deck="New").items()
            if not name.startswith("corrections-0") or name.endswith(("-id", "-article"))
        }
        gone.delete()
        client.post(page_of(article), typed)
        assert Article.objects.get().deck == "New"

    def test_is_not_asked_to_compare_corrections(self, client, article):
        make_correction(article)
        mine = filled_in(client.get(page_of(article)), deck="Mine")
        mine = {name: value for name, value in mine.items() if not name.startswith("corrections-0-")}
        save(client, article, deck="Theirs")
        questions = client.post(page_of(article), mine).context["questions"]
        assert [question.label for question in questions] == ["Deck"]


def test_what_was_typed_into_a_story_that_went_to_the_bin_is_given_back(client):
    editor = make_desk_user(EDITOR)
    client.force_login(editor)
    article = make_article()
    typed = with_correction(client, article)
    take_step(article, "bin", by=editor)
    response = client.post(page_of(article), typed)
    assert response.status_code == 403
    assert response.context["rows"] == [("Correction 1", SHE_LEADS)]
    assert SHE_LEADS in response.content.decode()


def test_the_form_asks_as_much_for_twelve_corrections_as_for_two(
    client, editor, django_assert_max_num_queries
):
    article = make_article()
    quote = make_quote(article)
    for _ in range(2):
        make_correction(article, quote=quote)
    client.get(page_of(article))  # what Django looks up once
    with django_assert_max_num_queries(40) as with_two:
        client.get(page_of(article))
    for _ in range(10):
        make_correction(article, quote=quote)
    with django_assert_max_num_queries(40) as with_twelve:
        client.get(page_of(article))
    assert len(with_two) == len(with_twelve)
