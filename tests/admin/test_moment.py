import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from articles.admin.moment import MomentBox


def moment(*clock, plus):
    return dt.datetime(*clock, tzinfo=dt.UTC) + dt.timedelta(hours=plus)


def test_what_stands_in_the_box_is_the_desks_time():
    assert MomentBox().clean("2018-09-26T12:00") == moment(2018, 9, 26, 12, plus=7)
    assert MomentBox().clean(" 2018-12-26T12:00:05 ") == moment(2018, 12, 26, 12, 0, 5, plus=8)


def test_in_the_hour_that_comes_twice_the_first_is_meant():
    assert MomentBox().clean("2018-11-04T01:30") == moment(2018, 11, 4, 1, 30, plus=7)
    assert MomentBox().clean(dt.datetime(2018, 11, 4, 1, 30)) == moment(2018, 11, 4, 1, 30, plus=7)


@pytest.mark.parametrize("never", ["2018-03-11T02:30", "2018-02-30T12:00", "soon", "9" * 30])
def test_what_no_clock_shows_is_refused(never):
    with pytest.raises(ValidationError):
        MomentBox().clean(never)


def test_reads_the_same_typed_or_stored():
    shown = [MomentBox().in_words(value) for value in ("2018-09-26T12:00", dt.datetime(2018, 9, 26, 12))]
    assert shown == ["2018-09-26 12:00"] * 2
    assert MomentBox().in_words("soon") == "soon"
