import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.editorial.substance import alignment
from articles.editorial.substance.alignment import Stretch, differing

WORDS = st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), max_size=60)


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("", "", []),
        ("a b c", "a b c", []),
        ("a b c", "a x c", [(1, 2, 1, 2)]),
        ("a b c", "a c", [(1, 2, 1, 1)]),
        ("a c", "a b c", [(1, 1, 1, 2)]),
        ("a b c d e", "x b c d y", [(0, 1, 0, 1), (4, 5, 4, 5)]),
        ("a a a b a a", "a a a c a a", [(3, 4, 3, 4)]),
        ("a b", "c d", [(0, 2, 0, 2)]),
        ("a b", "", [(0, 2, 0, 0)]),
    ],
)
def test_the_stretches_that_differ(was, now, expected):
    assert differing(was.split(), now.split()) == [Stretch(*each) for each in expected]


def test_words_there_are_once_hold_a_long_text_together():
    was = [f"word{n}" for n in range(5_000)]
    now = [*was]
    now[10], now[2_500], now[4_990] = "other", "other", "other"
    assert differing(was, now) == [Stretch(n, n + 1, n, n + 1) for n in (10, 2_500, 4_990)]


def test_what_moved_went_from_one_place_and_came_to_another():
    assert differing(["one", "two", *"abcd"], [*"abcd", "one", "two"]) == [
        Stretch(0, 2, 0, 0),
        Stretch(6, 6, 4, 6),
    ]


@given(WORDS, WORDS)
def test_taking_over_what_differs_gives_the_other_list(was, now):
    made, place = [], 0
    for stretch in differing(was, now):
        assert (
            was[place : stretch.was_from]
            == now[stretch.now_from - (stretch.was_from - place) : stretch.now_from]
        )
        made += was[place : stretch.was_from] + now[stretch.now_from : stretch.now_to]
        place = stretch.was_to
    assert made + was[place:] == now


@given(WORDS, WORDS)
def test_whichever_comes_first_the_same_differs(was, now):
    assert differing(now, was) == [Stretch(c, d, a, b) for a, b, c, d in differing(was, now)]


@pytest.mark.parametrize("steps", [0, 50])
def test_where_no_time_is_left_a_stretch_is_replaced_whole(monkeypatch, steps):
    monkeypatch.setattr(alignment, "STEPS", steps)
    assert (differing(list("xaabby"), list("xbbaay")) == [Stretch(1, 5, 1, 5)]) == (steps == 0)
