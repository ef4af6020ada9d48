"""How far a long piece of work is, for whoever watches a terminal."""

import io

import time_machine
from django.core.management.base import OutputWrapper

from articles.management.progress import WIDTH, Progress, clock, megabytes, objects


class Terminal(io.StringIO):
    def isatty(self):
        return True


def drawn(out, done, total=100):
    bar = Progress(OutputWrapper(out), "writing", total, objects)
    bar.add(done, "quotes")
    bar.close()
    return out.getvalue()


def test_it_says_what_is_done_how_fast_and_how_long_it_will_take():
    bar = Progress(OutputWrapper(Terminal()), "quotes", 400, objects)
    bar.done = 100
    assert bar.line(10).split(maxsplit=1) == [
        "quotes", f"{'█' * 6}{'░' * 18}  25%  10 objects/s  0:30 left",
    ]  # fmt: skip
    assert WIDTH == 24


def test_it_is_drawn_over_itself_and_leaves_nothing_behind():
    text = drawn(Terminal(), 50)
    assert "quotes" in text and "50%" in text
    assert text.startswith("\r") and "\n" not in text
    assert text.endswith("\r\x1b[K")


def test_a_file_or_another_program_gets_nothing():
    assert drawn(io.StringIO(), 50) == ""


def test_it_is_not_drawn_more_often_than_anybody_can_read():
    out = Terminal()
    with time_machine.travel(0, tick=False):
        bar = Progress(OutputWrapper(out), "quotes", 1000, objects)
        for _ in range(1000):
            bar.add(1)
    assert out.getvalue().count("\r") <= 2


def test_nothing_to_do_is_done():
    assert "100%" in Progress(OutputWrapper(Terminal()), "quotes", 0, objects).line(0)


def test_hours_are_told_from_minutes():
    assert [clock(5), clock(75), clock(3_725), clock(-1)] == ["0:05", "1:15", "1:02:05", "0:00"]


def test_numbers_have_their_unit():
    assert (megabytes(1_500_000), objects(12_345.6)) == ("1.5 MB", "12,346 objects")
