import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models import Correction
from tests.make import make_article, make_correction, make_quote
from tests.models.refusals import Refusal, each

pytestmark = pytest.mark.django_db

REFUSALS = [
    Refusal("correction_has_words", make_correction, {"text": " \n "}),
    Refusal("correction_kind_is_known", make_correction, {"kind": "excuse"}),
    Refusal("correction_is_counted_once", make_correction, lambda other: {"article": other.article}),
]


@pytest.mark.parametrize(("refusal", "way"), each(REFUSALS))
def test_the_database_refuses(refusal, way):
    refusal.try_by(way)


def test_a_form_says_in_words_what_the_database_would_refuse():
    first = make_correction()
    with pytest.raises(ValidationError) as refused:
        Correction(article=first.article, number=1, text="Once more.").full_clean()
    assert refused.value.messages == [
        "This story has a correction with that number already; take the next one."
    ]


def test_reads_as_its_kind_and_its_first_words():
    assert str(make_correction(kind="retraction", text="We were wrong.")) == "Retraction: We were wrong."
    assert str(make_correction(text="a" * 61)) == f"Correction: {'a' * 57}…"


@time_machine.travel(dt.datetime(2018, 9, 26, 12, tzinfo=dt.UTC), tick=False)
def test_bears_the_moment_it_was_made_unless_told_otherwise():
    assert make_correction().made_at == timezone.now()


def test_two_stories_count_their_corrections_apart():
    first, second = make_correction(), make_correction()
    assert (first.number, second.number) == (1, 1)
    assert make_correction(first.article).number == 2


def test_the_newest_comes_first_and_of_one_moment_the_last_counted():
    story, noon = make_article(), dt.datetime(2018, 9, 26, 12, tzinfo=dt.UTC)
    corrections = [make_correction(story, made_at=noon + dt.timedelta(hours=hours)) for hours in (1, 2, 1)]
    first, second, third = corrections
    assert list(story.corrections.newest_first()) == [second, third, first]


def test_is_named_by_its_story_and_its_number():
    make_correction()
    correction = make_correction(make_article(slug="strike"), number=3)
    assert correction.natural_key() == ("strike", 3)
    assert Correction.objects.get_by_natural_key("strike", 3) == correction


def test_outlives_the_quote_it_touches():
    quote = make_quote()
    correction = make_correction(quote.article, quote=quote)
    quote.delete()
    correction.refresh_from_db()
    assert correction.quote is None


def test_touches_no_quote_of_another_story():
    quote = make_quote(text="Nobody sails")
    make_correction(quote.article, quote=quote).full_clean()
    with pytest.raises(ValidationError) as refused:
        make_correction(quote=quote).full_clean()
    assert refused.value.message_dict == {
        "quote": ["“Nobody sails” is a quote of another story. Choose one of this story's quotes."]
    }


def test_falls_with_its_story():
    make_correction().article.delete()
    assert not Correction.objects.exists()
