import pytest

from articles.editorial import verification
from articles.editorial.verification import Match, Story, fold, plain_text, verify
from articles.models import Quote
from tests.make import make_article, make_quote

STORY = "“It’s hard to miss an 800-pound cage rolling down the street,” she said – twice…\nThe end."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("hard to miss an 800-pound cage", Match.EXACT),
        ("It’s hard to miss", Match.EXACT),
        ("It's hard to miss", Match.TYPOGRAPHIC),
        ("she said — twice...", Match.TYPOGRAPHIC),
        ("hard  to\u00a0miss", Match.EXACT),
        ("hard to miss a cage", Match.MISSING),
        ("ard to miss", Match.MISSING),
        ("roll", Match.MISSING),
        ("It’s not hard to miss", Match.MISSING),
        ("hard to miss an 800-Pound cage", Match.MISSING),
    ],
)
def test_words_are_found_letter_by_letter_or_in_the_houses_typography(words, found):
    assert Story(STORY).match(words) == found


def test_plain_text_is_what_a_reader_sees():
    body = "<p>Fish &amp; <em>chips</em></p><p>Two<br>lines</p><ul><li>One</li><li>Two</li></ul>"
    assert plain_text(body) == "Fish & chips\nTwo\nlines\nOne\nTwo"


def test_a_quote_may_run_over_markup_and_from_one_paragraph_into_the_next():
    body = "<p>“We <em>cannot</em> go on.</p><p>“We must.”</p>"
    assert Story(plain_text(body)).match("We cannot go on. “We must.") == Match.EXACT


@pytest.mark.django_db
def test_each_quote_gets_its_verdict():
    article = make_article(body="<p>“Enough,” he said. Some 40 people came.</p>")
    exact = make_quote(article, text="Enough")
    missing = make_quote(article, text="Never")
    excused = make_quote(article, text="Jamais", mismatch_reason="Said in French.")
    figure = make_quote(article, text="40 people", kind=Quote.Kind.FIGURE)
    paraphrase = make_quote(article, text="He was fed up", kind=Quote.Kind.PARAPHRASE)
    verdicts = verify(article, [exact, missing, excused, figure, paraphrase])
    assert [verdict.match for verdict in verdicts] == ["exact", "missing", "missing", "exact", "not checked"]
    assert [verdict.blocks for verdict in verdicts] == [False, True, False, False, False]


@pytest.mark.django_db
def test_a_story_is_folded_once_for_all_its_quotes(monkeypatch):
    folded = []
    monkeypatch.setattr(verification, "fold", lambda words: folded.append(words) or fold(words))
    article = make_article(body="<p>“It’s enough,” he said.</p>")
    quotes = [make_quote(article, text=text) for text in ["It's enough", "Never", "Not once"]]
    assert [verdict.match for verdict in verify(article, quotes)] == ["typographic", "missing", "missing"]
    assert folded.count("“It’s enough,” he said.") == 1
