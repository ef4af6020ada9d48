import pytest

from articles.editorial.substance.text import Text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It’s a well-known 800-pound cage.", ["it's", "a", "well", "known", "800", "pound", "cage"]),
        ("1,800 or 1800, 3.5 and 20th", ["1800", "or", "1800", "3.5", "and", "20th"]),
        ("U.S. Customs at 3 p.m.", ["us", "customs", "at", "3", "pm"]),
        ("$18 million, 5% and −5", ["$", "18", "million", "5", "%", "and", "-5"]),
        ("co\u00adoperate\u200bd", ["cooperated"]),
        ("「約1,800家族」", ["約", "1800", "家", "族"]),
        ("हिन्दी 👍", ["हिन्दी", "👍"]),
        (" — “…” ", []),
    ],
)
def test_the_words_of_a_text(text, words):
    assert Text(text).keys == words


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The group met Jelani Drew in San Francisco.", ["jelani", "drew", "san", "francisco"]),
        ("Protesters came. Employees wrote. They left.", []),
        ("Jelani Drew came.", ["jelani", "drew"]),
        ("TechCrunch wrote; CBP denied.", ["techcrunch", "cbp"]),
        ("“Nobody stays,” Drew’s lawyer said.", ["drew"]),
        ("He saw Mr. Drew and J. R. Smith.", ["drew", "j", "r", "smith"]),
        ("On Tuesday in May it was I who left.", []),
        ("by Reuters’ count", ["reuters"]),
    ],
)
def test_names_are_told_by_their_capitals_where_these_say_something(text, names):
    text = Text(text)
    assert [fact.value for fact in text.names_in(range(len(text)), frozenset())] == names


def test_a_known_name_begins_a_sentence_too():
    text = Text("It ended. Benioff left.")
    assert [fact.value for fact in text.names_in(range(len(text)), frozenset({"benioff"}))] == ["benioff"]


def test_where_every_word_has_a_capital_a_name_has_an_end():
    text = Text(" ".join(["Word"] * 50))
    [_, second, *_] = text.names_in(range(50), frozenset())
    name = text.whole_name(second)
    assert (name.first, name.last) == (0, 5)
