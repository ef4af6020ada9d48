"""What a load would change, in lines that a person reads."""

from articles.editorial.fixtures.overwriting import Difference
from articles.management.differences import LONGEST, in_lines


def lines(old, new):
    return in_lines([Difference("deck", old, new)])


def test_a_short_text_stands_whole():
    assert lines("Old.", "New.") == ["    deck", "      - Old.", "      + New."]


def test_of_a_long_text_only_what_differs_with_some_words_around():
    words = "and so on " * 50
    [_, old, new] = lines(f"{words}Monday {words}", f"{words}Tuesday {words}")
    assert old.startswith("      - …") and old.endswith("…")
    assert "Monday" in old and "Tuesday" in new
    assert len(old) < 120


def test_what_was_added_at_an_end_is_seen():
    assert lines("Ships wait", "Ships wait until Sunday")[2] == "      + Ships wait until Sunday"
    assert lines("wait", "Ships wait")[1:] == ["      - wait", "      + Ships wait"]


def test_an_empty_value_is_called_so():
    assert lines("", "New.")[1] == "      - (empty)"
    assert lines(None, 5)[1:] == ["      - (empty)", "      + 5"]
    assert lines([["a"]], [])[2] == "      + (empty)"


def test_of_a_list_only_what_goes_and_what_comes():
    assert lines([["a"], ["b"]], [["b"], ["c"]])[1:] == ['      - [["a"]]', '      + [["c"]]']


def test_a_change_too_long_for_a_screen_is_cut_and_stays_on_its_line():
    [_, _, new] = lines("", "one\ntwo" + "x" * 1000)
    assert "\n" not in new
    assert len(new) < LONGEST + 60
    assert new.endswith("(1,007 characters)")
