import pytest

from articles.editorial.accusations import accused
from articles.models import Source

ADA, HALL, BEN = (
    Source(pk=1, name="Ada Byron"),
    Source(pk=2, name="City Hall", kind=Source.Kind.ORGANISATION),
    Source(pk=3, name="Ben Ode"),
)
KNOWN = {source.name: (source,) for source in (ADA, HALL, BEN)}


def accused_in(text):
    return [mention.sources[0].name for mention, _ in accused(text, KNOWN)]


@pytest.mark.parametrize(
    "text",
    [
        "Neighbours accused City Hall of hiding the report.",
        "City Hall was accused of hiding the report.",
        "City Hall accused of hiding the report",
        "City Hall has been widely criticised.",
        "Neighbours criticized City Hall.",
        "They blame City Hall.",
        "The delay was blamed on City Hall.",
        "The union sued City Hall.",
        "City Hall was sued by the union.",
        "City Hall lied about it.",
        "City Hall allegedly paid twice.",
        "There are allegations against City Hall.",
        "City Hall faces a lawsuit.",
        "City Hall is alleged to have paid twice.",
    ],
)
def test_words_of_accusation_fall_on_whom_they_are_turned_on(text):
    assert accused_in(text) == ["City Hall"]


@pytest.mark.parametrize(
    "text",
    [
        "City Hall accused the union.",
        "The union was accused by City Hall.",
        "City Hall’s allegations against the union grew.",
        "The union lied to City Hall.",
        "City Hall opened. The union lied.",
        "City Hall opened at nine.",
        "Sue Miller of the union met City Hall.",
    ],
)
def test_they_do_not_fall_on_whoever_else_stands_there(text):
    assert accused_in(text) == []


def test_a_last_name_is_enough_for_a_person_who_is_known_and_for_nobody_of_the_same_name():
    assert accused_in("The union accused Byron.") == ["Ada Byron"]
    assert accused_in("The union accused Lord Byron.") == ["Ada Byron"]
    assert accused_in("The union accused George Byron.") == []
    assert accused_in("The union accused Hall.") == []


def test_each_name_comes_with_its_sentence():
    text = "It rained. Then Mr. Miller of the U.S. accused Ben Ode of it.” So it went on."
    assert [sentence for _, sentence in accused(text, KNOWN)] == [
        "Then Mr. Miller of the U.S. accused Ben Ode of it"
    ]


def test_a_headline_is_a_sentence_of_its_own():
    assert accused_in("Union lied\nCity Hall opens") == []
