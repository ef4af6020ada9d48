import datetime as dt

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.admin.moment import MomentBox
from tests.editorial.test_newsroom_time import BACK, CHANGES


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
    assert shown == ["26 September 2018, 12:00 PDT"] * 2
    assert MomentBox().in_words("soon") == "soon"


def test_a_time_the_clock_leaves_out_is_refused_with_the_nearest_ones():
    with pytest.raises(ValidationError, match=r"never shows 02:30 .* 01:59 and 03:00"):
        MomentBox().clean("2018-03-11T02:30")


class Form(forms.Form):
    moment = MomentBox(required=False)


def opened_and_sent(kept, cut=slice(None)):
    """What comes back from a form that showed the moment and was sent untouched; some browsers cut off “:00”."""
    page = Form(initial={"moment": kept})["moment"]
    sent = page.field.widget.format_value(page.value())[cut]
    form = Form({"moment": sent}, initial={"moment": kept})
    assert form.is_valid(), form.errors
    return form


def test_a_moment_nobody_touched_stays_as_it_is_whatever_the_clock_does():
    """At every change of the clock from 2024 to 2032, in every zone: nothing shifts and nothing counts as changed."""
    half, odd = dt.timedelta(minutes=30), dt.timedelta(milliseconds=123)
    for change in CHANGES:
        with timezone.override(change.zone):
            for kept in (change.moment - half, change.moment, change.moment + half + odd):
                form = opened_and_sent(kept)
                assert form.cleaned_data["moment"] == kept.replace(tzinfo=None).replace(tzinfo=dt.UTC), change
                assert not form.has_changed(), change


def test_a_browser_that_leaves_out_the_seconds_changes_nothing_either():
    kept = moment(2018, 11, 4, 1, 30, plus=8)  # the second time that night
    form = opened_and_sent(kept, slice(0, 16))
    assert (form.cleaned_data["moment"], form.has_changed()) == (kept, False)


def test_another_time_typed_over_a_kept_one_is_taken():
    kept = moment(2018, 11, 4, 1, 30, plus=8)
    form = Form({"moment": "2018-11-04T01:31"}, initial={"moment": kept})
    assert form.is_valid()
    assert (form.cleaned_data["moment"], form.has_changed()) == (moment(2018, 11, 4, 1, 31, plus=7), True)


def test_an_emptied_box_is_a_change():
    form = Form({"moment": ""}, initial={"moment": moment(2018, 9, 26, 12, plus=7)})
    assert form.is_valid()
    assert (form.cleaned_data["moment"], form.has_changed()) == (None, True)


def test_typed_times_are_kept_in_utc():
    for change in BACK[:200]:
        with timezone.override(change.zone):
            shown = change.shown(change.moment + change.by)
            assert MomentBox().clean(f"{shown:%Y-%m-%dT%H:%M}") == change.moment + change.by, change
