import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from articles.models import Article, Quote, Source
from tests.make import make_article, make_published, make_quote, make_source, make_user
from tests.models.refusals import Refusal, each

pytestmark = pytest.mark.django_db

AT = dt.datetime(2018, 9, 25, 12, tzinfo=dt.UTC)
TERMS = Quote.Terms

REFUSALS = [
    Refusal("quote_has_words", make_quote, {"text": "\n"}),
    Refusal("quote_has_a_slug", make_quote, {"slug": ""}),
    Refusal("quote_kind_is_known", make_quote, {"kind": "thought"}),
    Refusal("quote_terms_are_known", make_quote, {"terms": "whisper", "attribution": "an aide"}),
    Refusal(
        "quote_position_is_taken_once",
        make_quote,
        lambda other: {"article": other.article, "position": other.position},
    ),
    Refusal("quote_without_a_name_says_who", make_quote, {"terms": TERMS.BACKGROUND}),
    Refusal("unnamed_quote_has_a_reason", make_quote, {"terms": TERMS.UNNAMED, "attribution": "an aide"}),
]


@pytest.mark.parametrize(("refusal", "way"), each(REFUSALS))
def test_the_database_refuses(refusal, way):
    refusal.try_by(way)


def test_an_unnamed_source_needs_an_attribution_as_well_as_a_reason():
    values = {"terms": TERMS.UNNAMED, "unnamed_reason": "Fears for the job."}
    Refusal("quote_without_a_name_says_who", make_quote, values).try_by("create")


@pytest.mark.parametrize(
    "values",
    [
        {"terms": TERMS.ON_THE_RECORD},
        {"terms": TERMS.BACKGROUND, "attribution": "an aide"},
        {"terms": TERMS.UNNAMED, "attribution": "an aide", "unnamed_reason": "Fears for the job."},
    ],
)
def test_terms_that_are_complete_are_kept(values):
    assert Quote.objects.get(pk=make_quote(**values).pk).terms == values["terms"]


@pytest.mark.parametrize("missing", ["source", "article"])
def test_a_quote_needs_a_source_and_a_story(missing):
    values = {"article": make_article(), "source": make_source(), "slug": "words", "text": "Words."}
    with pytest.raises(IntegrityError, match=f"{missing}_id"), transaction.atomic():
        Quote.objects.create(**values | {missing: None})


def test_a_quote_reads_as_its_first_words_and_has_a_page():
    quote = make_quote(text="We hear you.", slug="we-hear-you")
    assert str(quote) == "“We hear you.”"
    assert quote.get_absolute_url() == "/quotes/we-hear-you/"
    assert str(Quote(text="x" * 60)) == f"“{'x' * 60}”"
    assert str(Quote(text="x" * 61)) == f"“{'x' * 57}…”"


def test_a_quote_falls_with_its_story_and_its_source_stays():
    quote = make_quote()
    quote.article.delete()
    assert not Quote.objects.exists()
    assert Source.objects.get() == quote.source


def test_an_account_that_agreed_to_not_naming_a_source_cannot_be_deleted():
    quote = make_quote(approved_by=make_user())
    with pytest.raises(ProtectedError):
        quote.approved_by.delete()


@pytest.mark.parametrize("status", Article.Status)
@pytest.mark.parametrize("embargo_until", [None, AT + dt.timedelta(seconds=1)])
def test_a_quote_is_public_exactly_when_its_story_is(status, embargo_until):
    article = make_article(status=status, published_at=AT, embargo_until=embargo_until)
    quote = make_quote(article)
    assert list(Quote.objects.published(AT)) == ([quote] if article.is_public(AT) else [])


def test_published_means_now_unless_told_otherwise():
    quote = make_quote(make_published())
    make_quote(make_published(published_at=AT + dt.timedelta(days=365 * 100)))
    assert list(Quote.objects.published()) == [quote]


def test_whether_the_source_is_named_is_the_same_in_memory_and_in_the_database():
    quotes = [make_quote(terms=terms, attribution="an aide", unnamed_reason="Fears.") for terms in TERMS]
    assert list(Quote.objects.named()) == [quote for quote in quotes if quote.is_named] == quotes[:1]


def test_newest_first_goes_by_the_day_of_the_words_whichever_story_has_them():
    new, old = make_published(published_at=AT), make_published(published_at=AT - dt.timedelta(days=30))
    recalled = make_quote(new, said_on=dt.date(2018, 6, 25))
    fresh = make_quote(old, said_on=dt.date(2018, 8, 20))
    assert list(Quote.objects.newest_first()) == [fresh, recalled]


def test_words_without_a_day_are_as_new_as_their_story_was_where_the_newsroom_is():
    late = dt.datetime(2018, 9, 26, 2, 30, tzinfo=dt.UTC)  # still the 25th in Los Angeles
    story = make_published(published_at=late)
    days = [None, dt.date(2018, 9, 24), dt.date(2018, 9, 25), dt.date(2018, 9, 26)]
    unknown, before, same, after = [make_quote(story, said_on=day) for day in days]
    assert list(Quote.objects.newest_first()) == [after, unknown, same, before]


def test_words_of_one_day_stand_by_story_then_by_place_in_it():
    old, new = make_published(published_at=AT - dt.timedelta(hours=2)), make_published(published_at=AT)
    twin = make_published(published_at=AT)
    earlier = make_quote(old)
    second, first = make_quote(new, position=2), make_quote(new, position=1)
    beside = make_quote(twin)
    assert list(Quote.objects.newest_first()) == [first, second, beside, earlier]


def test_words_of_a_story_without_a_date_come_last_on_every_database():
    undated = make_quote()
    dated_words = make_quote(said_on=dt.date(2018, 9, 25))
    printed = make_quote(make_published(published_at=AT))
    assert list(Quote.objects.newest_first()) == [printed, dated_words, undated]


def test_what_a_paper_said_itself_comes_before_what_it_reported():
    paper = make_source(kind=Source.Kind.PUBLICATION)
    story = make_published(published_at=AT)
    reported_late = make_quote(story, reported_by=paper, said_on=dt.date(2018, 9, 25))
    reported_early = make_quote(story, reported_by=paper, said_on=dt.date(2018, 9, 1))
    said_early = make_quote(story, paper, said_on=dt.date(2018, 6, 1))
    said_late = make_quote(story, paper, reported_by=paper, said_on=dt.date(2018, 6, 2))
    expected = [said_late, said_early, reported_late, reported_early]
    assert list(Quote.objects.own_words_first(paper)) == expected


def test_in_story_order_goes_by_position():
    article = make_article()
    second, first = make_quote(article, position=2), make_quote(article, position=1)
    assert list(article.quotes.in_story_order()) == [first, second] == list(article.quotes.all())


def test_verbatim_kinds_are_those_that_stand_in_the_story_letter_by_letter():
    assert set(Quote.Kind) - Quote.Kind.verbatim() == {Quote.Kind.PARAPHRASE, Quote.Kind.FIGURE}
