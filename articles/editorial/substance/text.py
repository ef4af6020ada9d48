"""A text cut into words as English prints them, and which of its words are names.

A name is told by its capital, so in a script without capitals none is found.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

#: Read past in a word: a place where it may be cut.
UNSEEN = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u2060\ufeff")
DASHES = "-‐‑‒–—―−"
APOSTROPHES = str.maketrans(dict.fromkeys("‘’ʼ′`´", "'"))
#: Signs of typography, not of what is said.
NOT_SAID = frozenset("−<>|~©®™℠")


def every(is_one: Callable[[str], bool]) -> str:
    """The characters, as a regular expression lists them: in ranges, each of which takes time for each letter read."""
    numbers = [number for number in range(0x20000) if is_one(chr(number))]
    ranges = groupby(
        enumerate(numbers), key=lambda place_and_number: place_and_number[1] - place_and_number[0]
    )
    ends = [[number for _, number in group] for _, group in ranges]
    return "".join(f"\\U{group[0]:08x}-\\U{group[-1]:08x}" for group in ends)


def is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "M"


def is_sign(letter: str) -> bool:
    return letter in "%‰" or (unicodedata.category(letter) in {"Sc", "So", "Sm"} and letter not in NOT_SAID)


MARKS, SIGNS = every(is_mark), every(is_sign)
#: Scripts that set no spaces: each letter is a word.
UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fa1f"
LETTER = f"[^\\W\\d_{UNSPACED}]"
LETTERS = f"[^\\W_{UNSPACED}]*"
INITIALS = re.compile(rf"{LETTER}(?:\.{LETTER})+\.")
WORD = re.compile(
    rf"{LETTER}(?:(?:\.{LETTER})+\.|{LETTERS}(?:(?:['‘’ʼ](?={LETTER})|[{MARKS}]){LETTERS})*)"  # U.S.  don’t
    rf"|\d+(?:[.,]\d+)*{LETTERS}"  # 1,800  3.5  20th  18m
    rf"|[{UNSPACED}]"
    rf"|[{SIGNS}]"
    rf"|[{DASHES}](?<![^\s(].)\d+(?:[.,]\d+)*{LETTERS}"  # -5
)
#: 1,800 and 2,300,000.
GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?!\d|,)")
#: What stands before the first word of a sentence; a straight mark opens one behind a space.
BEGINS_SENTENCE = re.compile(r"[.?!:…\n“«„‘]|\s[\"']")
#: What stands between the words of one name.
IN_A_NAME = frozenset({" ", "\u00a0", "-", "‑"})


def words_in(line: str) -> frozenset[str]:
    return frozenset(line.split())


#: End with a point that ends no sentence.
ABBREVIATED = words_in(
    "mr mrs ms dr prof st sen rep gov gen lt col capt sgt rev hon jr sr inc corp co ltd no vs etc jan feb aug sept oct "
    "nov dec ave blvd dept"
)
#: Have a capital where they begin a sentence or stand in a title, and name nobody. Days and months are dates.
NO_NAMES = words_in(
    "a an the and but or nor so yet for if in on at by to from of with without within as it its it's he she they we you "
    "i i'm i've i'll i'd his her hers their our my your this that these those there here when while where who what why "
    "how which whose not no yes is are was were be been being has have had do does did will would can could may might "
    "must shall should let more most many much some any all both each few several such other another after before since "
    "until under over between among about against because although though however still then than now just only even "
    "once again also according asked said says told mr mrs ms dr monday tuesday wednesday thursday friday saturday "
    "sunday january february march april may june july august september october november december tues thurs jan feb "
    "aug sept sep oct nov dec"
)


class Fact(NamedTuple):
    """What is said, so that it can be compared, and the first and last of the words that say it."""

    value: str
    first: int
    last: int


class Keys(dict):
    """The key of each word, made once."""

    def __missing__(self, word):
        self[word] = key = key_of(word)
        return key


class Text:
    """A text cut into words. Its `keys` are the words without what only typography and capitals change."""

    def __init__(self, text: str):
        self.text = text.translate(UNSEEN)
        self.places = [match.span() for match in WORD.finditer(self.text)]
        keys = Keys()
        self.keys = [keys[self.text[first:last]] for first, last in self.places]

    def __len__(self):
        return len(self.keys)

    def word(self, n: int) -> str:
        first, last = self.places[n]
        return self.text[first:last]

    def between(self, n: int) -> str:
        """What stands between a word and the one before it."""
        before = self.places[n - 1][1] if n else 0
        return self.text[before : self.places[n][0]]

    def from_to(self, first: int, last: int) -> str:
        """The text from one word to another, both included, on one line."""
        return " ".join(self.text[self.places[first][0] : self.places[last][1]].split())

    def begins_sentence(self, n: int) -> bool:
        if n == 0:
            return True
        between = self.between(n)
        if between.startswith(".") and (self.keys[n - 1] in ABBREVIATED or self.is_initial(n - 1)):
            between = between[1:]
        return BEGINS_SENTENCE.search(between) is not None

    def is_initial(self, n: int) -> bool:
        return len(self.keys[n]) == 1 and self.word(n).isupper()

    def is_capitalised(self, n: int) -> bool:
        """Whether it can be a name, as far as its letters say."""
        word = self.word(n)
        if word.islower() or self.keys[n] in NO_NAMES:
            return False
        return any(map(str.isupper, word)) and not word[0].isdigit()

    def is_name(self, n: int, known: frozenset[str] = frozenset()) -> bool:
        """Where a sentence begins every word has a capital: there a name is what is followed by another, has more
        capitals, or is known."""
        if not self.is_capitalised(n):
            return False
        if not self.begins_sentence(n) or any(map(str.isupper, self.word(n)[1:])):
            return True
        is_followed = n + 1 < len(self) and self.between(n + 1) in IN_A_NAME and self.is_capitalised(n + 1)
        return is_followed or name_of(self.keys[n]) in known

    @cached_property
    def keys_of_names(self) -> frozenset[str]:
        return frozenset(self.keys[n] for n in range(len(self)) if self.is_name(n))

    @property
    def names(self) -> frozenset[str]:
        """Every word that is a name somewhere in the text."""
        return frozenset(map(name_of, self.keys_of_names))

    def names_in(self, words: Iterable[int], known: frozenset[str]) -> list[Fact]:
        """The names among these words, each word of a name on its own."""
        return [Fact(name_of(self.keys[n]), n, n) for n in words if self.is_name(n, known)]

    def perhaps_names_in(self, words: Iterable[int]) -> list[Fact]:
        """The same with words whose capital says nothing."""
        return [Fact(name_of(self.keys[n]), n, n) for n in words if self.is_capitalised(n)]

    def whole_name(self, fact: Fact) -> Fact:
        """With the words of the same name around it: from “Drews” to “Jelani Drews”."""
        first, last = fact.first, fact.last
        for _ in range(WORDS_OF_A_NAME):
            if first and self.between(first) in IN_A_NAME and self.is_name(first - 1):
                first -= 1
            if last + 1 < len(self) and self.between(last + 1) in IN_A_NAME and self.is_name(last + 1):
                last += 1
        return fact._replace(first=first, last=last)


#: Looked at on each side of one; where every word has a capital, all of them would be one name.
WORDS_OF_A_NAME = 4


def key_of(word: str) -> str:
    """The word as it is compared: small letters, straight apostrophes, initials without points, digits without
    commas between thousands."""
    key = word.casefold().translate(APOSTROPHES)
    if not key.isascii():
        key = unicodedata.normalize("NFKC", key)
    if key[:1] in DASHES:
        key = f"-{key[1:]}"
    if INITIALS.fullmatch(key):
        return key.replace(".", "")
    return key.replace(",", "") if GROUPED.match(key) else key


def name_of(key: str) -> str:
    """A name without its genitive."""
    return key[:-2] if key.endswith("'s") else key.removesuffix("'")


def is_numeric(key: str) -> bool:
    return unicodedata.category(key.removeprefix("-")[:1] or "-")[0] == "N"
