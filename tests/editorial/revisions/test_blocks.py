"""Two changes of one text: what does not touch is brought together, what does is asked, and nothing is lost or doubled."""

from collections import Counter
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.editorial.revisions.blocks import MOST_BLOCKS, Clash, blocks_of, merge_blocks
from articles.fields import clean_html
from articles.markup import MARK, PICTURE
from tests.test_cleaning import MARKUP

THEIRS, MINE, BOTH = "theirs", "mine", "both"
KINDS = [
    "<p>Words {}.</p>",
    "<h2>Heading {}</h2>",
    '<p>She said “<span data-quote="said-{0}">words {0}</span>” to <a href="/x/">us</a>.</p>',
    '<figure data-image="picture-{}"></figure>',
    "<ul><li>Item {}</li><li><p>Another</p></li></ul>",
    "<blockquote><p>Letter {}</p><p>goes on</p></blockquote>",
    "Loose words {}<br>on two lines",
]
#: Few, so that they are doubled, moved and taken out at once.
FEW = [f"<p>{letter}</p>" for letter in "abcdefg"]


class Draft:
    """A text before, and what two people made of it; every block is another one."""

    def __init__(self, draw):
        self.draw, self.numbers = draw, count(1)
        self.base, self.theirs, self.mine, self.both = [], [], [], []

    def fresh(self, least, most):
        # Loose words beside loose words are one block: only blocks that keep apart stand beside each other here.
        kinds = self.draw(st.lists(st.sampled_from(KINDS[:-1]), min_size=least, max_size=most))
        return [kind.format(next(self.numbers)) for kind in kinds]

    def add(self, base, theirs, mine, both):
        for text, blocks in zip(
            (self.base, self.theirs, self.mine, self.both), (base, theirs, mine, both), strict=True
        ):
            text += blocks

    def untouched(self, least=1):
        blocks = self.fresh(least, 3)
        self.add(blocks, blocks, blocks, blocks)

    def change(self, who):
        old = self.fresh(0, 2)
        new = self.fresh(0 if old else 1, 2)
        self.add(old, new if who != MINE else old, new if who != THEIRS else old, new)

    def clash(self):
        """In two ways at the same place; what stood there, in theirs and in mine."""
        old = self.fresh(0, 2)
        theirs = self.fresh(0 if old else 1, 2)
        mine = self.fresh(0 if old and theirs else 1, 2)
        self.add(old, theirs, mine, theirs)
        return Clash("".join(old), "".join(theirs), "".join(mine))


@st.composite
def changed_apart(draw):
    draft = Draft(draw)
    draft.untouched(0)
    for who in draw(st.lists(st.sampled_from([THEIRS, MINE, BOTH]), max_size=5)):
        draft.change(who)
        draft.untouched()
    if draw(st.booleans()):
        draft.change(draw(st.sampled_from([THEIRS, MINE, BOTH])))
    return draft


def joined(blocks):
    return "".join(blocks)


def merged(draft):
    return merge_blocks(joined(draft.base), joined(draft.theirs), joined(draft.mine))


def clashes(pieces):
    return [piece for piece in pieces if isinstance(piece, Clash)]


def swapped(pieces):
    return [
        Clash(piece.base, piece.mine, piece.theirs, piece.where) if isinstance(piece, Clash) else piece
        for piece in pieces
    ]


@given(changed_apart())
def test_changes_apart_from_each_other_are_both_made(draft):
    result = merged(draft)
    assert clashes(result) == []
    assert joined(result) == joined(draft.both)
    assert clean_html(joined(result)) == joined(result)
    for mark in (MARK, PICTURE):
        assert mark.findall(joined(result)) == mark.findall(joined(draft.both))


@given(st.data())
def test_two_changes_in_one_place_are_asked_about_and_the_rest_is_brought_together(data):
    draft = Draft(data.draw)
    draft.untouched(0)
    for who in data.draw(st.lists(st.sampled_from([THEIRS, MINE, BOTH]), max_size=2)):
        draft.change(who)
        draft.untouched()
    clash = draft.clash()
    draft.untouched(0)
    [found] = clashes(pieces := merged(draft))
    assert (found.base, found.theirs, found.mine) == (clash.base, clash.theirs, clash.mine)
    assert joined(piece.theirs if piece is found else piece for piece in pieces) == joined(draft.both)


@given(st.data())
def test_changes_that_touch_are_asked_about(data):
    draft = Draft(data.draw)
    draft.untouched(0)
    draft.change(THEIRS)
    draft.change(MINE)
    draft.untouched(0)
    [clash] = clashes(merged(draft))
    assert clash.theirs != clash.mine
    assert clash.base in joined(draft.base)


TEXTS = st.lists(st.sampled_from([*FEW[:4], "<hr>", "<p></p>"]), max_size=6).map(joined)
PLACE = st.integers(0, 9)
EDIT = st.tuples(st.sampled_from(["move", "drop", "write"]), PLACE, PLACE, st.sampled_from(FEW))
EDITS = st.lists(EDIT, min_size=1, max_size=2)


def edited(blocks, edits):
    """The blocks after somebody moved one, took one out or wrote one."""
    blocks = list(blocks)
    for kind, at, to, written in edits:
        moved = [blocks.pop(at % len(blocks))] if kind != "write" and blocks else []
        if kind != "drop":
            blocks.insert(to % (len(blocks) + 1), *(moved or [written]))
    return blocks


@settings(max_examples=500)
@given(st.lists(st.sampled_from(FEW), max_size=7, unique=True), EDITS, EDITS)
def test_whatever_was_moved_taken_out_or_written_nothing_is_lost_doubled_or_back_again(base, left, right):
    theirs, mine = edited(base, left), edited(base, right)
    pieces = merge_blocks(*map(joined, (base, theirs, mine)))
    assert swapped(pieces) == merge_blocks(*map(joined, (base, mine, theirs)))
    asked = joined(clash.base + clash.theirs + clash.mine for clash in clashes(pieces))
    result = Counter(blocks_of(joined(piece for piece in pieces if isinstance(piece, str))))
    sides = [Counter(blocks) for blocks in (base, theirs, mine)]
    for block in FEW:
        before, in_theirs, in_mine = (side[block] for side in sides)
        assert result[block] <= max(in_theirs, in_mine), "doubled"
        if block not in asked and in_theirs != before:
            assert in_mine in (before, in_theirs), "what both changed is asked about"
            assert result[block] == in_theirs, "what one of them wrote or took out"


@given(TEXTS, TEXTS)
def test_one_change_alone_is_the_result_and_so_is_one_that_both_made(base, changed):
    for pieces in (
        merge_blocks(base, changed, base),
        merge_blocks(base, base, changed),
        merge_blocks(base, changed, changed),
    ):
        assert clashes(pieces) == []
        assert joined(pieces) == changed


@given(MARKUP.map(clean_html))
def test_a_text_is_cut_without_losing_a_letter_and_each_block_is_whole(text):
    blocks = blocks_of(text)
    assert joined(blocks) == text
    for block in blocks:
        assert clean_html(block) in {block.strip(), ""}
        assert blocks_of(block) == [block]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", []),
        ("<p>a</p>\n<p>b</p>", ["<p>a</p>\n", "<p>b</p>"]),
        ("a <em>b</em> c<p>d</p>e", ["a <em>b</em> c", "<p>d</p>", "e"]),
        ("<ul><li><p>a</p></li></ul><hr><h2>b</h2>", ["<ul><li><p>a</p></li></ul>", "<hr>", "<h2>b</h2>"]),
        ("<p>never closed", ["<p>never closed"]),
        ("closed</p> too often<p>", ["closed</p> too often<p>"]),
    ],
)
def test_where_a_text_is_cut(text, blocks):
    assert blocks_of(text) == blocks


@pytest.mark.parametrize(
    ("theirs", "mine", "where"),
    [
        ("A2 B C D", "A3 B C D", "paragraph 1"),
        ("A B2 C D", "A B C2 D", "paragraphs 2 to 3"),
        ("A B X C D", "A B Y C D", "after paragraph 2"),
        ("X A B C D", "Y A B C D", "at the beginning"),
        ("A B C D2", "A B C", "paragraph 4"),
    ],
)
def test_a_clash_tells_its_place(theirs, mine, where):
    texts = [joined(f"<p>{word}</p>" for word in text.split()) for text in ("A B C D", theirs, mine)]
    [clash] = clashes(merge_blocks(*texts))
    assert clash.where == where


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        ("B C D A", "B C A D"),  # both moved it
        ("B C D A", "B C D"),  # one moved it, the other took it out
        ("B C D A", "A2 B C D"),  # one moved it, the other changed it
        ("A X B C D", "A B C X D"),  # both brought the same one
    ],
)
def test_a_block_that_both_had_their_hands_on_makes_the_whole_text_a_question(theirs, mine):
    texts = [joined(f"<p>{word}</p>" for word in text.split()) for text in ("A B C D", theirs, mine)]
    assert merge_blocks(*texts) == [Clash(*texts)]


def test_space_between_blocks_is_no_change():
    base, theirs = "<p>a</p>\n<p>b</p>\n<p>c</p>", "<p>a</p><p>b</p><p>c!</p>"
    assert (
        joined(merge_blocks(base, theirs, "<p>a!</p>\n<p>b</p>\n<p>c</p>")) == "<p>a!</p>\n<p>b</p><p>c!</p>"
    )


def test_a_text_of_very_many_blocks_is_asked_about_as_a_whole():
    text = "<p>a</p>" * (MOST_BLOCKS + 1)
    assert len(merge_blocks(text, f"{text}<p>b</p>", f"<p>c</p>{text}")) == 1
