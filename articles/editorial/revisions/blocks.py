"""Brings two changes of one text together, block by block: a block is a paragraph, a heading, a list, a picture.

What one of two people changed stands in the result. What both changed in the same place, or in blocks that touch, is a
clash, for somebody to decide; so is the whole text wherever it cannot be told what goes where.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from articles.markup import NAME, NEVER_CLOSED, PICTURE, WITHIN_A_PARAGRAPH, WRITTEN_TAG, words_of

WITHIN_A_BLOCK = WITHIN_A_PARAGRAPH | {"span"}
#: To find out what moved where among more could take seconds.
MOST_BLOCKS = 1_000


@dataclass(frozen=True)
class Clash:
    """What stands in one place of the text before, in theirs and in mine; `where` names the place, and is empty for
    the whole text."""

    base: str
    theirs: str
    mine: str
    where: str = ""


@dataclass(frozen=True)
class Gap:
    """A place where somebody changed something: blocks between two that all three texts have. `at`: how many
    blocks of the text before stand before it."""

    at: int
    base: list[str]
    theirs: list[str]
    mine: list[str]

    @property
    def is_clash(self) -> bool:
        base, theirs, mine = map(keys, (self.base, self.theirs, self.mine))
        return base not in (theirs, mine) and theirs != mine

    @property
    def where(self) -> str:
        """“paragraph 3”, as the text was before."""
        first, last = self.at + 1, self.at + len(self.base)
        if last > first:
            return f"paragraphs {first} to {last}"
        if last == first:
            return f"paragraph {first}"
        return f"after paragraph {self.at}" if self.at else "at the beginning"


def merge_blocks(base: str, theirs: str, mine: str) -> list[str | Clash]:
    """The result in pieces, in its order. Whichever of the two changes is called mine, it is the same."""
    if theirs == mine:
        return [theirs]
    whole = [Clash(base, theirs, mine)]
    before, left, right = map(blocks_of, (base, theirs, mine))
    if max(len(before), len(left), len(right)) > MOST_BLOCKS:
        return whole
    pieces, gaps = [], []
    for found in side_by_side(before, left, right):
        if isinstance(found, Gap):
            gaps.append(found)
            pieces.append(settled(found))
        else:
            pieces.append(found)
    return whole if any_moved_by_both(gaps) else pieces


def side_by_side(base: list[str], theirs: list[str], mine: list[str]) -> Iterator[str | Gap]:
    """The blocks that all three have, and the gaps between them."""
    in_theirs, in_mine = same_blocks(base, theirs), same_blocks(base, mine)
    at = left = right = 0
    for place in range(len(base) + 1):
        is_end = place == len(base)
        if not is_end and not (place in in_theirs and place in in_mine):
            continue
        to_left, to_right = (len(theirs), len(mine)) if is_end else (in_theirs[place], in_mine[place])
        if place > at or to_left > left or to_right > right:
            yield Gap(at, base[at:place], theirs[left:to_left], mine[right:to_right])
        if not is_end:
            yield the_changed_one(base[place], theirs[to_left], mine[to_right])
        at, left, right = place + 1, to_left + 1, to_right + 1


def same_blocks(base: list[str], side: list[str]) -> dict[int, int]:
    """Where blocks of the text before stand in the other one, by their places."""
    matcher = SequenceMatcher(None, keys(base), keys(side), autojunk=False)
    return {a + n: b + n for a, b, size in matcher.get_matching_blocks() for n in range(size)}


def settled(gap: Gap) -> str | Clash:
    if gap.is_clash:
        return Clash(*map("".join, (gap.base, gap.theirs, gap.mine)), gap.where)
    return "".join(gap.theirs if keys(gap.mine) == keys(gap.base) else gap.mine)


def the_changed_one(base: str, theirs: str, mine: str) -> str:
    """Of a block that is the same but for the space around it."""
    return min({theirs, mine} - {base} or {base}, key=lambda block: (len(block), block))


def any_moved_by_both(gaps: list[Gap]) -> bool:
    """Whether both had their hands on one block in different places: it would stand there twice, or come back after
    it was taken out."""
    left, right = moves(gaps, "theirs"), moves(gaps, "mine")
    twice = any(right.came.get(block, places) != places for block, places in left.came.items())
    return twice or bool(left.came.keys() & right.went.keys() or right.came.keys() & left.went.keys())


@dataclass(frozen=True)
class Moves:
    """Which blocks came and which went, each with the numbers of the gaps."""

    came: dict[str, set[int]]
    went: dict[str, set[int]]


def moves(gaps: list[Gap], side: str) -> Moves:
    found = Moves(defaultdict(set), defaultdict(set))
    for number, gap in enumerate(gaps):
        before, now = set(keys(gap.base)), set(keys(getattr(gap, side)))
        for block in before - now:
            found.went[block].add(number)
        for block in filter(says_something, now - before):
            found.came[block].add(number)
    return found


def says_something(block: str) -> bool:
    return bool(words_of(block).strip() or PICTURE.search(block))


def keys(blocks: list[str]) -> list[str]:
    """What blocks are compared by: the space between two of them is no part of the text."""
    return [block.strip() for block in blocks]


def blocks_of(markup: str) -> list[str]:
    """Stored markup cut at its outermost blocks; what stands between these is a block as well. Markup that is not as
    the sanitiser writes it is one block."""
    blocks, start, depth = [], 0, 0

    def cut(end):
        nonlocal start
        if blocks and not markup[start:end].strip():
            blocks[-1] += markup[start:end]
        elif end > start:
            blocks.append(markup[start:end])
        start = end

    for tag in WRITTEN_TAG.finditer(markup):
        name = NAME.match(tag[0])
        if name is None:
            return [markup]
        is_block, closes = name[1] not in WITHIN_A_BLOCK, tag[0].startswith("</")
        if is_block and depth == 0 and not closes:
            cut(tag.start())
        if name[1] not in NEVER_CLOSED:
            depth += -1 if closes else 1
        if depth < 0:
            return [markup]
        if is_block and depth == 0:
            cut(tag.end())
    cut(len(markup))
    return blocks if depth == 0 else [markup]
