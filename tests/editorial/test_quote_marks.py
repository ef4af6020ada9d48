import pytest

from articles.editorial.quote_marks import marks_in, mismatched, unknown_marks
from tests.make import make_article, make_quote

pytestmark = pytest.mark.django_db


def marked(slug, words):
    return f'<span data-quote="{slug}">{words}</span>'


def a_story(body, *texts, **values):
    """A story with a quote for each text, called q1, q2 and so on."""
    article = make_article(body=body)
    quotes = [make_quote(article, text=text, slug=f"q{n}", **values) for n, text in enumerate(texts, start=1)]
    return article, quotes


def test_marks_are_read_as_a_reader_sees_the_words():
    body = f"<p>He said {marked('a', '“we <em>can</em> &amp; will”')}.</p><p>{marked('b', 'One<br>two')}{marked('a', 'x')}</p>"
    assert marks_in(body) == [("a", "“we can & will”"), ("b", "One\ntwo"), ("a", "x")]


def test_a_mark_without_a_record_is_unknown():
    article, quotes = a_story(f"<p>{marked('q1', 'One')} {marked('gone', 'two')}</p>", "One")
    assert unknown_marks(article, quotes) == [("gone", "two")]


@pytest.mark.parametrize(
    ("words", "record"),
    [
        ("They had to look", "They had to look"),
        ("“They had to look,”", "They had to look"),
        ("“It’s ‘over’—for good…” he said", "It's 'over' - for good..."),
        ("He shouted: “They had to look!”", "They had to look"),
        ("They had <strong>to</strong><br>look", "They had to look"),
    ],
)
def test_words_that_stand_in_the_passage_match(words, record):
    article, quotes = a_story(f"<p>{marked('q1', words)}.</p>", record)
    assert mismatched(article, quotes) == []


@pytest.mark.parametrize(
    ("words", "record"),
    [
        ("They have to look", "They had to look"),
        ("They had to", "They had to look"),
        ("They had to looking", "They had to look"),
    ],
)
def test_words_that_do_not_are_found(words, record):
    article, quotes = a_story(f"<p>{marked('q1', words)}. They had to look.</p>", record, "Other words")
    [found] = mismatched(article, quotes)
    assert (found.quote, found.words) == (quotes[0], words)


def test_a_quote_over_two_paragraphs_is_read_on():
    article, quotes = a_story(
        f"<p>{marked('q1', '“We went there.')}</p><p>{marked('q1', 'We saw it.”')}</p>", "We went there. We saw it."
    )  # fmt: skip
    assert mismatched(article, quotes) == []


def test_each_of_two_marks_may_hold_the_words():
    article, quotes = a_story(f"<p>{marked('q1', 'They had to look')}, {marked('q1', 'again')}</p>", "They had to look")  # fmt: skip
    assert mismatched(article, quotes) == []


@pytest.mark.parametrize("excuse", [{"kind": "paraphrase"}, {"mismatch_reason": "Shortened by hand."}])
def test_what_is_meant_to_differ_is_not_found(excuse):
    article, quotes = a_story(f"<p>{marked('q1', 'They looked')}</p>", "They had to look", **excuse)
    assert mismatched(article, quotes) == []


def test_a_quote_that_nothing_is_marked_for_is_not_found():
    article, quotes = a_story("<p>Nobody said a word.</p>", "They had to look")
    assert mismatched(article, quotes) == []
