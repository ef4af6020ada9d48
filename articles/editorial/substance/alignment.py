"""Brings two lists of words side by side: which stayed, and which stand where others stood.

Words that are on each side only once come first: the longest row of them in the same order holds both sides
together, and what lies between is looked at in the same way. That takes no more time than to sort the words. What
holds no such word is compared word by word while it is short; else it is taken as replaced whole.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

#: To compare n words with m takes n times m steps; so many are spent on one stretch, and on all of them.
STEPS_OF_A_STRETCH, STEPS = 10_000, 1_000_000
#: A text has anchors after one look or two. One made to have few at each look would take as many looks as it has words.
LOOKS = 12


class Stretch(NamedTuple):
    """Words of the one side that stand for words of the other; one of the two may be none."""

    was_from: int
    was_to: int
    now_from: int
    now_to: int

    @property
    def was(self) -> range:
        return range(self.was_from, self.was_to)

    @property
    def now(self) -> range:
        return range(self.now_from, self.now_to)


def differing(
    was: Sequence[str], now: Sequence[str], *, may_swap: Container[str] = frozenset()
) -> list[Stretch]:
    """The stretches that differ, in order. Whichever list comes first, they are the same.

    Words that `may_swap` hold nothing together: in “Drew met Greer” and “Greer met Drew” it is “met” that stayed.
    """
    if was == now:
        return []
    if len(was) > len(now) or (len(was) == len(now) and was > now):
        return [Stretch(c, d, a, b) for a, b, c, d in differing(now, was, may_swap=may_swap)]
    return joined(sorted(Search(was, now, may_swap).stretches()))


def joined(stretches: list[Stretch]) -> list[Stretch]:
    """Those that touch on both sides are one."""
    found: list[Stretch] = []
    for stretch in stretches:
        last = found[-1] if found else None
        if last and last.was_to == stretch.was_from and last.now_to == stretch.now_from:
            found[-1] = Stretch(last.was_from, stretch.was_to, last.now_from, stretch.now_to)
        else:
            found.append(stretch)
    return found


class Search:
    def __init__(self, was: Sequence[str], now: Sequence[str], may_swap: Container[str]):
        self.was, self.now, self.may_swap = was, now, may_swap
        self.steps = STEPS

    def stretches(self) -> Iterator[Stretch]:
        to_look_at = [(Stretch(0, len(self.was), 0, len(self.now)), LOOKS)]
        while to_look_at:
            stretch, looks = to_look_at.pop()
            stretch = self.without_same_ends(stretch)
            if not stretch.was or not stretch.now:
                if stretch.was or stretch.now:
                    yield stretch
                continue
            anchors = self.anchors(stretch) if looks else []
            if not anchors and looks and len(stretch.was) * len(stretch.now) > STEPS_OF_A_STRETCH:
                anchors = self.anchors(stretch, of_all=True)
            if anchors:
                to_look_at += [(gap, looks - 1) for gap in gaps(stretch, anchors)]
            else:
                yield from self.word_by_word(stretch)

    def without_same_ends(self, stretch: Stretch) -> Stretch:
        a, b, c, d = stretch
        while a < b and c < d and self.was[a] == self.now[c]:
            a, c = a + 1, c + 1
        while a < b and c < d and self.was[b - 1] == self.now[d - 1]:
            b, d = b - 1, d - 1
        return Stretch(a, b, c, d)

    def anchors(self, stretch: Stretch, *, of_all: bool = False) -> list[tuple[int, int]]:
        """The longest row of words that are on each side once, in the order in which both have them."""
        was, now = (
            {word for word, times in Counter(side).items() if times == 1}
            for side in (
                self.was[stretch.was_from : stretch.was_to],
                self.now[stretch.now_from : stretch.now_to],
            )
        )
        both = {word for word in was & now if of_all or word not in self.may_swap}
        at = {self.now[n]: n for n in stretch.now if self.now[n] in both}
        return longest_rising([(n, at[self.was[n]]) for n in stretch.was if self.was[n] in both])

    def word_by_word(self, stretch: Stretch) -> Iterator[Stretch]:
        steps = len(stretch.was) * len(stretch.now)
        if steps > min(STEPS_OF_A_STRETCH, self.steps):
            yield stretch
            return
        self.steps -= steps
        a, b, c, d = stretch
        matcher = SequenceMatcher(None, self.was[a:b], self.now[c:d], autojunk=False)
        for fate, was_from, was_to, now_from, now_to in matcher.get_opcodes():
            if fate != "equal":
                yield Stretch(a + was_from, a + was_to, c + now_from, c + now_to)


def gaps(stretch: Stretch, anchors: list[tuple[int, int]]) -> Iterator[Stretch]:
    """What lies before, between and behind the anchors."""
    a, _, c, _ = stretch
    for was, now in [*anchors, (stretch.was_to, stretch.now_to)]:
        if was > a or now > c:
            yield Stretch(a, was, c, now)
        a, c = was + 1, now + 1


def longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs, which come by their first number, whose second number rises as well."""
    ends: list[int] = []
    ends_at: list[int] = []
    before: list[int] = []
    for place, (_, value) in enumerate(pairs):
        length = bisect_left(ends, value)
        ends[length : length + 1] = [value]
        ends_at[length : length + 1] = [place]
        before.append(ends_at[length - 1] if length else -1)
    place = ends_at[-1] if ends_at else -1
    found = []
    while place >= 0:
        found.append(pairs[place])
        place = before[place]
    return found[::-1]
