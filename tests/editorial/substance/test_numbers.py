import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.editorial.substance.numbers import numbers_in
from articles.editorial.substance.text import Text


def values(text):
    text = Text(text)
    return [fact.value for fact in numbers_in(text, range(len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,800 families", ["1800"]),
        ("eighteen hundred families", ["1800"]),
        ("one thousand eight hundred", ["1800"]),
        ("two hundred and six thousand", ["206000"]),
        ("ten million five hundred", ["10000500"]),
        ("twenty-five", ["25"]),
        ("$18 million, $18m, $18,000,000", ["$18000000", "$18000000", "$18000000"]),
        ("€1.50 and €1.5", ["€1.5", "€1.5"]),
        ("5%, 5 percent, five per cent", ["5%", "5%", "5%"]),
        ("-5 and −5 and – 5", ["-5", "-5", "5"]),
        ("July 20, 2018", ["month 7", "20", "2018"]),
        ("Sept. 1 and September 1st", ["month 9", "1", "month 9", "1"]),
        ("on Tuesday at 3 p.m.", ["day 1", "3", "pm"]),
        ("I am here at noon today", ["noon", "today"]),
        ("May said she may march in May; March 3", ["month 5", "month 3", "3"]),
        ("a dozen, dozens", ["12", "dozens"]),
        ("the first and the 2nd", ["1", "2"]),
        ("the 1990s, a 14-foot cage", ["1990s", "14"]),
        ("one two three", ["1", "2", "3"]),
        ("the word has none", []),
        ("½ and ²", ["1⁄2", "2"]),
    ],
)
def test_numbers_amounts_and_days_have_values(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    "text", ["9" * 5_000, "million " * 5_000, "hundred " * 5_000, "$" * 5_000, "١٬٨٠٠ ৩"]
)
def test_what_nobody_reckons_with_is_read_past(text):
    assert all(isinstance(value, str) for value in values(text))


@given(st.integers(0, 10**15))
def test_commas_between_thousands_say_nothing(number):
    assert values(f"{number}") == values(f"{number:,}") == [str(number)]


@given(st.text(alphabet="1٣½一$%-−.,kmth aMy\u0301", max_size=40))
def test_no_text_is_too_odd(text):
    values(text)
