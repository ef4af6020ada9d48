import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.editorial.readiness import look_over
from articles.editorial.readiness.saved_story import SavedStory
from articles.editorial.readiness.unrecorded import MOST_SHOWN, unrecorded
from articles.models import Quote
from tests.drawn_values import TEXTS
from tests.editorial.test_passages import HOUSES, MARKS
from tests.make import make_article, make_quote

pytestmark = pytest.mark.django_db


def reported(article):
    return [words for words, _ in unrecorded(SavedStory(article))]


def test_a_quotation_without_a_record_is_told_with_its_words():
    article = make_article(body="<p>“We knew about it all along,” she said, “and we told them so.”</p>")
    found = [finding for finding in look_over(article) if finding.text.startswith("“")]
    assert [finding.text.split("” ")[0] for finding in found] == [
        "“We knew about it all along",
        "“and we told them so.",
    ]
    assert {finding.field for finding in found} == {"quotes"}


def test_a_block_quote_without_a_record_is_told_as_well():
    article = make_article(body="<blockquote><p>Nobody asked us about the bridge.</p></blockquote>")
    assert any(
        "“Nobody asked us about the bridge.” stands as a block quote" in f.text for f in look_over(article)
    )


@pytest.mark.parametrize(
    ("body", "record"),
    [
        ("<p>“We knew it all along.”</p>", "We knew it all along."),
        ("<p>“We knew it all along,” he said.</p>", "We knew it all along. So did you."),
        (
            "<p>“We knew it all along,” he said, “and so did you.”</p>",
            "We knew it all along, and so did you.",
        ),
        ("<p>“We knew it all along. So did you.”</p>", "We knew it all along"),
        ("<p>«\u202fWe knew it – all of us\u202f»</p>", "We knew it - all of us"),
        ("<p>“We knew … all of us.”</p>", "We knew it in spring, all of us."),
        ("<p>“[The council] knew it all along.”</p>", "She knew it all along."),
        ("<p>‘He told me “no way” and left.’</p>", "He told me ‘no way’ and left."),
        ("<p>“we knew it all along” is what they said</p>", "We knew it all along."),
        ("<p>“First of all.</p><p>“And second of all.”</p>", "First of all.\n\nAnd second of all."),
        ("<blockquote><p>First of all.</p><p>And second.</p></blockquote>", "First of all.\nAnd second."),
        ("<p>“We knew it in the spring of last year.”</p>", "We know it since the spring of last year."),
    ],
)
def test_a_passage_is_covered_by_the_record_that_is_meant(body, record):
    article = make_article(body=body)
    make_quote(article, text=record)
    assert reported(article) == []


def test_a_record_of_other_words_covers_nothing():
    article = make_article(body="<p>“We knew it all along.” “The art is long.”</p>")
    make_quote(article, text="Nobody told us anything.")
    make_quote(article, text="a long start is good")
    assert reported(article) == ["We knew it all along.", "The art is long."]


def test_the_record_of_another_story_covers_nothing():
    make_quote(text="We knew it all along.")
    assert reported(make_article(body="<p>“We knew it all along.”</p>")) == ["We knew it all along."]


def test_a_passage_that_a_mark_ties_to_a_record_is_covered():
    article = make_article(
        body='<p>“<span data-quote="ada-knew">Nous le savions depuis longtemps</span>,” she said.</p>'
    )
    assert reported(article)
    make_quote(article, slug="ada-knew", text="We knew it all along.", kind=Quote.Kind.PARAPHRASE)
    assert reported(article) == []


def test_a_passage_is_told_once_and_of_many_the_rest_are_counted():
    words = ["one two three {}".format("x" * number) for number in range(MOST_SHOWN + 3)]
    article = make_article(body="".join(f"<p>“{each}” and “{each}”</p>" for each in words))
    texts = [finding.text for finding in look_over(article) if "record" in finding.text]
    assert len(texts) == MOST_SHOWN + 1
    assert texts[-1] == "3 more passages are quoted without a record."


BEFORE = st.sampled_from(["", "He said: ", "3.5 % and then ("])
AFTER = st.sampled_from(["", ", she added.", " he said. No.", ")"])
HOSTILE_WORDS = TEXTS | st.text(MARKS + " \n\t.,-…[]ab", max_size=25)


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(st.sampled_from([*HOUSES, None]), HOSTILE_WORDS, BEFORE, AFTER), min_size=1, max_size=4
    )
)
def test_a_quotation_that_is_recorded_is_never_told(quotations):
    body, article = "", make_article()
    for marks, words, before, after in quotations:
        words = Quote._meta.get_field("text").to_python(words)
        if not any(map(str.isalnum, words)):
            continue
        make_quote(article, text=words)
        words = html.escape(words)
        body += (
            f"<p>{before}{marks[0]}{words}{marks[1]}{after}</p>"
            if marks
            else f"<blockquote><p>{words}</p></blockquote>"
        )
    article.body = body
    article.save()
    article.refresh_from_db()
    assert reported(article) == []
