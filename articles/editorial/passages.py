"""Finds what a story quotes: passages in the quotation marks of any house, and block quotes.

One pass over the marks, with those that stand open on a stack: what a mark means depends on the marks before it.
“ opens in English and closes in German; in Swedish ” does both.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from articles.editorial.verification import plain_text

#: What opens a passage, and what may close it; one of a pair may come from another keyboard.
CLOSED_BY = {
    "“": "”\"",
    "„": "“”\"",
    "‟": "”\"",
    "”": "”",
    '"': "\"”",
    "«": "»",
    "»": "«»",
    "‘": "’",
    "‚": "‘’",
    "'": "'",
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "『": "』",
    "〝": "〞〟",
}  # fmt: skip
SAME_AS = {"″": '"', "＂": '"', "＇": "'"}
MARKS = frozenset({*CLOSED_BY, *"".join(CLOSED_BY.values()), *SAME_AS})
MARK = re.compile(f"[{''.join(sorted(MARKS))}]")
LETTERS_ALIKE = str.maketrans({mark: "ʼ" if mark in "'‘’‚‹›＇" else "ˮ" for mark in MARKS})
#: These are apostrophes more often: nothing is open only because one of them never closes.
SINGLE = frozenset("'‘‚")
#: These open nothing within a word.
TWO_FACED = frozenset("\"'”»›")
#: What stands before the mark that ends a quotation, where that mark could be an apostrophe.
ENDS_WORDS = frozenset(",.!?…;:-–—)")
#: Limits for texts that are made to cost time: nobody nests deeper, and no story has as many marks.
DEEPEST = 8
MOST_MARKS = 20_000
#: Characters that no stored text holds, in place of these tags while the others are taken away.
BLOCK_QUOTE = {"<blockquote>": "\x02", "</blockquote>": "\x03"}
SIGNS = re.compile("([\x02\x03])")
#: Letters of scripts that put no space between words.
UNSPACED = "\u0e00-\u0eff\u0f00-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
UNSPACED_LETTER = re.compile(f"[{UNSPACED}]")
FEW_WORDS = 2
#: Words that a title does not begin with a capital, in some of the languages that capitalise the others.
SMALL_WORDS = frozenset(
    ["a", "an", "and", "as", "at", "but", "by", "d", "da", "de", "del", "der", "des", "di", "du", "el", "en", "et",
     "for", "from", "in", "into", "l", "la", "le", "les", "los", "nor", "of", "off", "on", "or", "over", "per",
     "than", "the", "to", "und", "up", "upon", "van", "via", "von", "vs", "with", "y", "yet"]
)  # fmt: skip
LONGEST_TITLE = 12


@dataclass(frozen=True)
class Passage:
    """Words that a story quotes, and whether they stand in a block of their own."""

    words: str
    is_block: bool = False

    @property
    def is_quotation(self) -> bool:
        """Whether somebody must have said it: not a word or two that the story distances itself from, not the
        title of a book."""
        return number_of_words(self.words) > FEW_WORDS and (self.is_block or not is_title(self.words))


def number_of_words(text: str) -> float:
    """Where a script puts no space between words, two letters count as one."""
    unspaced = len(UNSPACED_LETTER.findall(text))
    spaced = UNSPACED_LETTER.sub(" ", text).split()
    return unspaced / 2 + sum(any(map(str.isalnum, word)) for word in spaced)


def is_title(text: str) -> bool:
    """Whether it is written like a title: short, and capitals wherever a title has them. Not if all are capitals."""
    words = [word.strip(",.;:!?…()[]'’\"") for word in text.split()]
    words = [word for word in words if word]
    return (
        0 < len(words) <= LONGEST_TITLE
        and not text.isupper()
        and not words[0][0].islower()
        and any(word[0].isupper() for word in words[1:])
        and all(starts_like_a_title(word) for word in words)
    )


def starts_like_a_title(word: str) -> bool:
    return not word[0].islower() or word in SMALL_WORDS


def passages_in(body: str, *, recorded: Iterable[str] = ()) -> Iterator[Passage]:
    """Everything quoted in a story's body, in order. Of quotations within quotations, the outer one.

    Marks inside of words that are known to have been said end nothing, and come back as letters that look alike:
    5'2" is a height.
    """
    flat = " ".join(body.split())
    for tag, sign in BLOCK_QUOTE.items():
        flat = flat.replace(tag, f"\n{sign}\n")
    text = plain_text(flat)
    said = {" ".join(line.split()) for words in recorded for line in words.split("\n")}
    for line in sorted(said, key=lambda line: (-len(line), line)):
        if MARK.search(line):
            text = text.replace(line, line.translate(LETTERS_ALIKE))
    depth = 0
    for piece in SIGNS.split(text):
        if piece in BLOCK_QUOTE.values():
            depth = max(depth + (1 if piece == BLOCK_QUOTE["<blockquote>"] else -1), 0)
        elif depth and piece.strip():
            yield Passage(" ".join(piece.split()), is_block=True)
        elif not depth:
            yield from in_marks(piece.strip("\n"))


def in_marks(text: str) -> list[Passage]:
    """The passages in quotation marks in plain text that has a line for each block."""
    return [passage for passage in Reading(text).passages() if passage.words]


@dataclass
class Open:
    """A passage whose end has not come yet: where each of its paragraphs starts and ends, what is quoted in it,
    and where it ended if what may be an apostrophe was a mark."""

    mark: str
    starts: list[int]
    ends: list[int] = field(default_factory=list)
    within: list[Passage] = field(default_factory=list)
    perhaps: int | None = None

    def passage(self, text: str, end: int) -> Passage:
        parts = [text[start:stop] for start, stop in zip(self.starts, [*self.ends, end], strict=True)]
        return Passage(" ".join(" ".join(parts).split()))


class Reading:
    """One way through a text, from mark to mark, with the passages that are open, the outermost first."""

    def __init__(self, text: str):
        self.text = text
        self.open: list[Open] = []
        self.found: list[Passage] = []
        self.last = 0
        # Only where neither “ nor „ is in use does ” open anything.
        self.shuts_only = "”" if "“" in text or "„" in text else ""

    def passages(self) -> list[Passage]:
        for match in islice(MARK.finditer(self.text), MOST_MARKS):
            at, mark = match.start(), SAME_AS.get(match[0], match[0])
            goes_on = bool(self.open) and "\n" in self.text[self.last : at] and self.goes_on_at(at, mark)
            self.last = at
            if not goes_on:
                self.take(at, mark)
        if self.open:
            self.leave_unclosed()
        return self.found

    def goes_on_at(self, at: int, mark: str) -> bool:
        """Whether this mark, the first after a block in which a passage stayed open, only says that it goes on."""
        outer = self.open[0]
        starts_the_block = not self.text[self.text.rfind("\n", 0, at) + 1 : at].strip()
        is_alone = self.after(at) in ("", "\n")
        if starts_the_block and not is_alone and mark in outer.mark + CLOSED_BY[outer.mark] and mark != "'":
            outer.ends.append(self.end_of_block(self.last))
            outer.starts.append(at + 1)
            self.open = [outer]
            return True
        if mark not in CLOSED_BY[outer.mark] or not self.may_close(at, mark):
            self.leave_unclosed()
        return False

    def take(self, at: int, mark: str) -> None:
        if self.may_close(at, mark):
            for depth in reversed(range(len(self.open))):
                if mark in CLOSED_BY[self.open[depth].mark]:
                    self.close(depth, at, mark)
                    return
        if mark in CLOSED_BY and self.may_open(at, mark) and len(self.open) < DEEPEST:
            self.open.append(Open(mark, [at + 1]))

    def close(self, depth: int, at: int, mark: str) -> None:
        passage = self.open[depth]
        if mark == "’" and passage.mark in SINGLE and self.may_be_a_genitive(at):
            passage.perhaps = passage.perhaps or at
            return
        del self.open[depth:]
        (self.open[-1].within if self.open else self.found).append(passage.passage(self.text, at))

    def leave_unclosed(self) -> None:
        """A passage without an end: what was quoted in it, or else what follows its mark in the same block."""
        within = [passage for left in self.open for passage in left.within]
        if not within:
            for left in self.open:
                end = left.perhaps if left.mark in SINGLE else self.end_of_block(self.last)
                if end is not None:
                    within = [left.passage(self.text, end)]
                    break
        self.found += within
        self.open = []

    def may_open(self, at: int, mark: str) -> bool:
        before, after = self.text[at - 1 : at], self.after(at)
        if mark in self.shuts_only or not after or after in ",;:!?)]}":
            return False
        if after.isspace():  # French: « Oui. »
            return mark == "«" and (not before or before.isspace() or before in "([")
        if mark in TWO_FACED and before.isalnum() and not UNSPACED_LETTER.match(before):
            return False
        following = self.text[at + 2 : at + 4]
        return after != "." or following == ".." or following[:1].isalnum()

    def may_close(self, at: int, mark: str) -> bool:
        before, after = self.text[at - 1 : at], self.after(at)
        if mark == "'":
            return before in ENDS_WORDS and not after.isalnum()
        if mark == "’":
            return not after.isalnum()
        return not (before.isspace() and after.isalnum())

    def may_be_a_genitive(self, at: int) -> bool:
        """As in: ‘The dogs’ bowl is empty,’ he said."""
        return self.text[at - 1] in "sS" and self.after(at) == " " and self.text[at + 2 : at + 3].islower()

    def after(self, at: int) -> str:
        return self.text[at + 1 : at + 2]

    def end_of_block(self, at: int) -> int:
        end = self.text.find("\n", at)
        return end if end >= 0 else len(self.text)
