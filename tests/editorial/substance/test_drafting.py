import pytest

from articles.editorial.substance import Change, Kind, drafted
from articles.editorial.substance.drafting import LONGEST


def change(kind, was, now, speaker=""):
    return Change(kind, was, now, None, "text", speaker)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            change(Kind.NUMBER, "1,800 families", "2,300 families"),
            "An earlier version of this story said “1,800 families”. It is “2,300 families”.",
        ),
        (
            change(Kind.NAME, "Jelani Drews", "Jelani Drew"),
            "An earlier version of this story said “Jelani Drews”. It is “Jelani Drew”.",
        ),
        (
            change(Kind.HEADLINE, "A cage", "Two “cages”"),
            "An earlier version of this story had the headline “A cage”. The headline is “Two ‘cages’”.",
        ),
        (
            change(Kind.WORDS, "They had to look.", "You had to look", "Jelani Drew"),
            "An earlier version of this story misquoted Jelani Drew: “They had to look.” The words are “You had to look”.",
        ),
        (
            change(Kind.SOURCE, "Jelani Drew", "Evan Greer", "Evan Greer"),
            "An earlier version of this story attributed words of Evan Greer to Jelani Drew.",
        ),
        (
            change(Kind.SOURCE, "", "", "somebody"),
            "An earlier version of this story attributed a quote wrongly.",
        ),
        (
            change(Kind.DAY, "May 1, 2018", "May 2, 2018", "Drew"),
            "An earlier version of this story said that words of Drew were from May 1, 2018. They are from May 2, 2018.",
        ),
        (
            change(Kind.DAY, "May 1, 2018", "", "Drew"),
            "An earlier version of this story said that words of Drew were from May 1, 2018. That day is not known.",
        ),
        (
            change(Kind.REMOVED, "They had to look", "", "Jelani Drew"),
            "An earlier version of this story quoted Jelani Drew: “They had to look”. The quote has been taken out.",
        ),
    ],
)
def test_each_kind_has_its_words(changed, expected):
    assert drafted([changed]) == expected


def test_what_may_not_be_said_is_left_out():
    hidden = change(Kind.HEADLINE, "", "")
    assert (
        drafted([hidden, change(Kind.NUMBER, "1", "2")])
        == "An earlier version of this story said “1”. It is “2”."
    )


def test_every_kind_has_some():
    for kind in Kind:
        assert drafted([change(kind, "a", "b")]).startswith("An earlier version of this story ")


def test_several_stand_in_paragraphs():
    assert drafted([change(Kind.NUMBER, "1", "2"), change(Kind.NAME, "A", "B")]) == (
        "An earlier version of this story said “1”. It is “2”.\n\nThe earlier version also said “A”. It is “B”."
    )


def test_without_changes_there_is_nothing_to_say():
    assert drafted([]) == ""


def test_a_long_quote_is_cut_at_a_word_and_stands_on_one_line():
    draft = drafted([change(Kind.WORDS, "one\ntwo", "word " * LONGEST, "Drew")])
    assert "“one two”" in draft
    assert draft.endswith("word …”")
    assert len(draft) < 2 * LONGEST
