"""What a long step says before, while and after it runs."""

from io import StringIO

import pytest
from django.core.management.base import OutputWrapper

from articles.management import steps
from articles.management.steps import Step


class Terminal(StringIO):
    def isatty(self):
        return True


def test_a_step_has_its_name_first_and_its_time_at_the_end():
    out = StringIO()
    with Step("Preparing the database", OutputWrapper(out)):
        assert out.getvalue() == "Preparing the database …"
    assert out.getvalue() == "Preparing the database … done (0.0 s)\n"


def test_a_step_may_say_what_came_of_it():
    out = StringIO()
    with Step("Loading the stories", OutputWrapper(out)) as step:
        step.result = "4 stories"
    assert out.getvalue() == "Loading the stories … 4 stories (0.0 s)\n"


def test_on_a_terminal_a_step_counts_what_it_hears(monkeypatch):
    monkeypatch.setattr(steps, "LEAST_PAUSE", 0)
    out = Terminal()
    with Step("Collecting", OutputWrapper(out)) as step:
        print("one\ntwo", file=step)
        print("three", file=step)
    assert [said for said in out.getvalue().split("\r") if said] == [
        "Collecting …",
        "Collecting … 1",
        "Collecting … 2",
        "Collecting … 2",
        "Collecting … 3",
        "Collecting … done (0.0 s)\n",
    ]


def test_in_a_file_a_step_does_not_count():
    out = StringIO()
    with Step("Collecting", OutputWrapper(out)) as step:
        print("one\ntwo", file=step)
    assert out.getvalue() == "Collecting … done (0.0 s)\n"


def test_a_step_that_fails_says_so_and_passes_the_error_on():
    out = StringIO()
    with pytest.raises(ValueError, match="no disk"), Step("Preparing", OutputWrapper(out)):
        raise ValueError("no disk")
    assert out.getvalue() == "Preparing … stopped\n"
