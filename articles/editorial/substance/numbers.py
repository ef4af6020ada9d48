"""Numbers, amounts and days in a text, in digits and in words, each with a value that can be compared."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal

from articles.editorial.substance.text import Fact, Text, is_numeric, words_in

DIGITS = re.compile(r"(-?)(\d+(?:\.\d+)?)(.*)", re.DOTALL)
#: Of digits; a value has not more of them than are reckoned with without rounding.
LONGEST_NUMBER = 20


def counted(line: str, *, start: int = 0, by: int = 1) -> dict[str, int]:
    """Words in order and the numbers they stand for; of words joined by a stroke each stands for the same."""
    return {
        word: by * number for number, words in enumerate(line.split(), start) for word in words.split("/")
    }


UNITS = counted(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
TENS = counted("twenty thirty forty fifty sixty seventy eighty ninety", start=2, by=10)
EVERY_TEN = frozenset(TENS.values())
ORDINALS = counted(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth", start=1
)
MONTHS = counted(
    "january/jan february/feb march april may june july august/aug september/sept/sep october/oct november/nov "
    "december/dec",
    start=1,
)
DAYS = counted("monday tuesday/tues wednesday thursday/thurs friday saturday sunday")
SCALES = {
    "dozen": 12,
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
BEHIND_DIGITS = {"": 1, "st": 1, "nd": 1, "rd": 1, "th": 1, "k": 10**3, "m": 10**6, "bn": 10**9, "tn": 10**12}
ROUGHLY = words_in("dozens hundreds thousands millions billions trillions half quarter twice")
TIMES = words_in("noon midnight yesterday today tomorrow tonight")
PER_CENT = words_in("% percent pct")
IN_WORDS = frozenset({*UNITS, *TENS, *ORDINALS, *SCALES, *ROUGHLY, *TIMES, *PER_CENT})


def is_of_a_number(text: Text, n: int) -> bool:
    """Whether the word can be a part of a number, an amount or a date."""
    key = text.keys[n]
    return (
        key in IN_WORDS
        or is_numeric(key)
        or is_currency(key)
        or is_half_of_the_day(text, n)
        or is_day(text, n)
    )


def is_currency(key: str) -> bool:
    return len(key) == 1 and unicodedata.category(key) == "Sc"


def is_half_of_the_day(text: Text, n: int) -> bool:
    """The p.m. of “3 p.m.”."""
    return n > 0 and text.keys[n] in {"am", "pm"} and is_numeric(text.keys[n - 1])


def is_day(text: Text, n: int) -> bool:
    """A day of the week or a month. “May” and “March” begin sentences as well; then a number must follow."""
    key = text.keys[n]
    if (key not in DAYS and key not in MONTHS) or not text.word(n)[0].isupper():
        return False
    if key not in {"may", "march"} or not text.begins_sentence(n):
        return True
    return n + 1 < len(text) and is_numeric(text.keys[n + 1])


def numbers_in(text: Text, words: range) -> Iterator[Fact]:
    """Those among the words. “1,800”, “1800” and “eighteen hundred” have the same value."""
    begin = begin_numbers(text.keys[n] for n in words)
    reader = Reader(text, words)
    for n in words:
        if n >= reader.at and text.keys[n] in begin:
            reader.at = n
            value = reader.number()
            if value:
                yield Fact(value, n, reader.at - 1)


def begin_numbers(keys: Iterable[str]) -> set[str]:
    """Those with which a number can begin; looked at once, however often they stand in the text."""
    return {
        key
        for key in set(keys)
        if key in IN_WORDS
        or key in MONTHS
        or key in DAYS
        or key in {"am", "pm"}
        or is_numeric(key)
        or is_currency(key)
    }


class Reader:
    """Reads one number after the other; what it has read it is past."""

    def __init__(self, text: Text, words: range):
        self.text, self.at, self.end = text, words.start, words.stop

    def key(self, ahead: int = 0) -> str:
        return self.text.keys[self.at + ahead] if self.at + ahead < self.end else ""

    def number(self) -> str:
        """The value of what begins here; empty if it is no number."""
        key = self.key()
        if is_day(self.text, self.at):
            self.at += 1
            return f"month {MONTHS[key]}" if key in MONTHS else f"day {DAYS[key]}"
        if key in TIMES or key in ROUGHLY or is_half_of_the_day(self.text, self.at):
            self.at += 1
            return key
        currency = key if is_currency(key) else ""
        if currency:
            self.at += 1
        return currency + self.amount()

    def amount(self) -> str:
        value = self.in_digits() if is_numeric(self.key()) else self.in_words()
        if value and self.key() in PER_CENT:
            self.at += 1
            return f"{value}%"
        if value and self.key() == "per" and self.key(1) == "cent":
            self.at += 2
            return f"{value}%"
        return value

    def in_digits(self) -> str:
        key = self.key()
        self.at += 1
        found = DIGITS.fullmatch(key)
        if not found or len(found[2]) > LONGEST_NUMBER:
            return key
        value = Decimal(found[1] + found[2])
        if found[3] not in BEHIND_DIGITS:
            return f"{plain(value)}{found[3]}"
        value *= BEHIND_DIGITS[found[3]]
        if self.key() in SCALES:
            value *= SCALES[self.key()]
            self.at += 1
        return plain(value)

    def in_words(self) -> str:
        """“two hundred and six thousand” is 206000; empty if no number stands here."""
        if self.key() in ORDINALS:
            self.at += 1
            return str(ORDINALS[self.text.keys[self.at - 1]])
        whole, current, first = Decimal(0), Decimal(0), self.at
        while True:
            key, begins = self.key(), self.at == first
            if key in UNITS and (current % 100 == 0 or (current % 100 in EVERY_TEN and UNITS[key] < 10)):
                current += UNITS[key]
            elif key in TENS and current % 100 == 0:
                current += TENS[key]
            elif key in ("hundred", "dozen") and current < SCALES["thousand"]:
                current = (current or 1) * SCALES[key]
            elif key in SCALES and (current or begins):
                whole += (current or 1) * SCALES[key]
                current = Decimal(0)
            elif key == "and" and not begins and current % 100 == 0 and {self.key(1)} & {*UNITS, *TENS}:
                pass
            else:
                return "" if begins else plain(whole + current)
            self.at += 1


def plain(value: Decimal) -> str:
    """1800, 15.5; the same for 15.50."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
