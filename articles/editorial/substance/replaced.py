"""Names and numbers that stand in a text where others stood before.

Turned round, the same is found: what was lost one way is gained the other.
"""

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from articles.editorial.substance.alignment import Stretch, differing
from articles.editorial.substance.numbers import begin_numbers, is_of_a_number, numbers_in
from articles.editorial.substance.text import Fact, Text, is_numeric, words_in

#: Of so many words one may stand for another. In a longer passage a name or number counts only if the whole text has
#: it more often, or less often, than before: else it has just moved.
A_FEW_WORDS = 12
#: Where a passage is written anew, so many of its names and numbers are set against each other; in one as long as a
#: story nothing stands where something else stood.
OF_A_PASSAGE, LONGEST_PASSAGE = 3, 2_000
#: Changes so few words apart, in one sentence, are one: “on Monday Drew said” and “Drew said on Tuesday”.
NEAR = 12
#: Where a few words stand for a name or for a number in digits they are one as well: “many” for “1,800”, and at the
#: start of a sentence a word of which its capital says nothing.
WORDS_FOR_ANOTHER = 3
#: How far to look around for the rest of a number or a date, and what stands between its words.
WORDS_OF_A_NUMBER = 4
IN_A_NUMBER = frozenset({"", " ", "\u00a0", "-"})
YEAR = re.compile(r"[12]\d{3}")
#: After a number these do not say what was counted.
COUNT_NOTHING = words_in(
    "a an and are as at by for from had has have in is of on or that the through to until was were who will with"
)


class Replaced(NamedTuple):
    """What stood there, and what stands there now."""

    was: str
    now: str


def replaced_facts(was: Text, now: Text, known: frozenset[str]) -> tuple[list[Replaced], list[Replaced]]:
    """Names, and numbers. `known` are words that are names also where their capital says nothing."""
    if was.keys == now.keys:
        return [], []
    groups = list(groups_of(was, now))
    return list(Names(was, now, groups, known).replaced()), list(Numbers(was, now, groups).replaced())


def groups_of(was: Text, now: Text) -> Iterator[list[Stretch]]:
    """The stretches that differ; those near each other in one sentence together."""
    group: list[Stretch] = []
    for stretch in differing(was.keys, now.keys, may_swap=facts_of(was) | facts_of(now)):
        if group and not is_near(was, now, group[-1], stretch):
            yield group
            group = []
        group.append(stretch)
    if group:
        yield group


def facts_of(text: Text) -> set[str]:
    """Words that may be a fact, or a part of one."""
    return {*text.keys_of_names, *begin_numbers(text.keys)}


def is_near(was: Text, now: Text, last: Stretch, stretch: Stretch) -> bool:
    apart = stretch.was_from - last.was_to
    return apart <= NEAR and not any(
        begins_sentence(was, last.was_to + n) and begins_sentence(now, last.now_to + n)
        for n in range(apart + 1)
    )


def begins_sentence(text: Text, n: int) -> bool:
    return n == len(text) or text.begins_sentence(n)


class Comparison(ABC):
    """What one kind of fact does in the stretches that differ."""

    def __init__(self, was: Text, now: Text, groups: list[list[Stretch]]):
        self.was, self.now, self.groups = was, now, groups

    @abstractmethod
    def facts(self, text: Text, words: range) -> list[Fact]:
        """Those of its kind that stand among these words."""

    def widened(self, stretch: Stretch) -> Stretch:
        """With the words around it that belong to the same fact."""
        return stretch

    def whole(self, facts: list[Fact], text: Text) -> list[Fact]:
        """Facts as they are shown."""
        return facts

    def shown(self, was: Fact, now: Fact) -> Replaced:
        return Replaced(self.was.from_to(was.first, was.last), self.now.from_to(now.first, now.last))

    def replaced(self) -> Iterator[Replaced]:
        for group in self.groups:
            all_lost: list[Fact] = []
            all_gained: list[Fact] = []
            for stretch in group:
                lost, gained = self.lost_and_gained(stretch)
                yield from map(self.shown, lost, gained)
                several = min(len(lost), len(gained))
                all_lost += lost[several:]
                all_gained += gained[several:]
            yield from map(self.shown, without(all_lost, all_gained), without(all_gained, all_lost))

    def lost_and_gained(self, stretch: Stretch) -> tuple[list[Fact], list[Fact]]:
        if max(len(stretch.was), len(stretch.now)) > LONGEST_PASSAGE:
            return [], []
        wide = self.widened(stretch)
        was, now = self.facts(self.was, wide.was), self.facts(self.now, wide.now)
        lost, gained = without(was, now), without(now, was)
        if max(len(stretch.was), len(stretch.now)) > A_FEW_WORDS:
            lost = [fact for fact in lost if self.more_often(fact) < 0][:OF_A_PASSAGE]
            gained = [fact for fact in gained if self.more_often(fact) > 0][:OF_A_PASSAGE]
        return self.whole(lost, self.was), self.whole(gained, self.now)

    def more_often(self, fact: Fact) -> int:
        """How often more the whole text has it than before."""
        was, now = self.times
        return now[fact.value] - was[fact.value]

    @cached_property
    def times(self) -> tuple[Counter, Counter]:
        return tuple(
            Counter(fact.value for fact in self.facts(text, range(len(text))))
            for text in (self.was, self.now)
        )


def without(facts: list[Fact], others: list[Fact]) -> list[Fact]:
    """Those that the others do not have, or not as often."""
    there = Counter(fact.value for fact in others)
    left = []
    for fact in facts:
        if there[fact.value]:
            there[fact.value] -= 1
        else:
            left.append(fact)
    return left


class Names(Comparison):
    def __init__(self, was, now, groups, known: frozenset[str]):
        super().__init__(was, now, groups)
        self.known = known

    def facts(self, text, words):
        return text.names_in(words, self.known)

    def lost_and_gained(self, stretch):
        lost, gained = super().lost_and_gained(stretch)
        if is_short_for(lost, gained) or is_short_for(gained, lost):
            return [], []
        if max(len(stretch.was), len(stretch.now)) <= WORDS_FOR_ANOTHER:
            if lost and not gained:
                gained = self.whole(self.now.perhaps_names_in(stretch.now), self.now)
            elif gained and not lost:
                lost = self.whole(self.was.perhaps_names_in(stretch.was), self.was)
        return lost, gained

    def whole(self, facts, text):
        """Names of several words in one, with those words of them that stayed."""
        found: list[Fact] = []
        for fact in facts:
            name = text.whole_name(fact)
            if found and name.first <= found[-1].last:
                value = f"{found[-1].value} {fact.value}"
                found[-1] = Fact(value, found[-1].first, max(name.last, found[-1].last))
            else:
                found.append(name)
        return found


def is_short_for(short: list[Fact], long: list[Fact]) -> bool:
    """ICE for Immigration and Customs Enforcement."""
    words = [word for fact in long for word in fact.value.split()]
    return len(short) == 1 and len(words) > 1 and short[0].value == "".join(word[0] for word in words)


class Numbers(Comparison):
    def facts(self, text, words):
        return list(numbers_in(text, words))

    def lost_and_gained(self, stretch):
        lost, gained = super().lost_and_gained(stretch)
        if stretch.was and stretch.now and max(len(stretch.was), len(stretch.now)) <= WORDS_FOR_ANOTHER:
            if in_digits(lost) and not gained:
                gained = self.words_instead(lost[0], Fact("", stretch.now_from, stretch.now_to - 1))
            elif in_digits(gained) and not lost:
                lost = self.words_instead(Fact("", stretch.was_from, stretch.was_to - 1), gained[0])
        return lost, gained

    def words_instead(self, was: Fact, now: Fact) -> list[Fact]:
        """The one of the two that is no number, if both say how many there are of the same."""
        found = [fact for fact in (was, now) if not fact.value]
        return found if counts_the_same(was, self.was, now, self.now) else []

    def widened(self, stretch):
        """With the words around it that are of the same number: from “million” to “$18 million”."""
        a, b, c, d = stretch
        if self.any_of_a_number(range(a, b)[:1], range(c, d)[:1]):
            for _ in range(WORDS_OF_A_NUMBER):
                if not a or not c or not self.any_of_a_number([a - 1], [c - 1]):
                    break
                a, c = a - 1, c - 1
        if self.any_of_a_number(range(a, b)[-1:], range(c, d)[-1:]):
            for _ in range(WORDS_OF_A_NUMBER):
                if b == len(self.was) or d == len(self.now) or not self.any_of_a_number([b], [d]):
                    break
                b, d = b + 1, d + 1
        return Stretch(a, b, c, d)

    def any_of_a_number(self, was: Iterable[int], now: Iterable[int]) -> bool:
        return any(is_of_a_number(self.was, n) for n in was) or any(is_of_a_number(self.now, n) for n in now)

    def shown(self, was, now):
        """With the rest of a date, and with what is counted: “July 19”, “1,800 families”."""
        whole = whole_number(was, self.was), whole_number(now, self.now)
        if whole == (was, now) and counts_the_same(was, self.was, now, self.now):
            whole = was._replace(last=was.last + 1), now._replace(last=now.last + 1)
        return super().shown(*whole)


def in_digits(facts: list[Fact]) -> bool:
    return any(is_numeric(fact.value) for fact in facts)


def whole_number(fact: Fact, text: Text) -> Fact:
    first, last = fact.first, fact.last
    for _ in range(WORDS_OF_A_NUMBER):
        if first and goes_on(text, first):
            first -= 1
        if last + 1 < len(text) and goes_on(text, last + 1):
            last += 1
    return fact._replace(first=first, last=last)


def goes_on(text: Text, n: int) -> bool:
    """Whether the word is of the same number or date as the one before it: in “July 9, 2018” each is."""
    if not is_of_a_number(text, n - 1) or not is_of_a_number(text, n):
        return False
    is_year = YEAR.fullmatch(text.word(n)) and len(text.keys[n - 1]) <= 2
    return text.between(n) in IN_A_NUMBER or (text.between(n) == ", " and bool(is_year))


def counts_the_same(was: Fact, was_text: Text, now: Fact, now_text: Text) -> bool:
    """Whether the word behind both numbers is the one that says what is counted."""
    words = [
        (text.between(fact.last + 1), text.keys[fact.last + 1])
        for fact, text in ((was, was_text), (now, now_text))
        if fact.last + 1 < len(text) and (not fact.value or fact.value.replace(".", "").isdecimal())
    ]
    [first, *others] = words or [("", "")]
    return others == [first] and first[0] == " " and first[1].isalpha() and first[1] not in COUNT_NOTHING
