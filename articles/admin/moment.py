"""The box for a moment: the browser's own, in the desk's time (see `editorial.newsroom_time` for what that means)."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.editorial.newsroom_time import NoSuchTime, in_full, meant_by


class MomentInput(forms.DateTimeInput):
    """With its milliseconds kept aside: Django would cut them off where a widget does not show them."""

    supports_microseconds = True


class MomentBox(forms.DateTimeField):
    """A moment nobody touched comes back as it was kept: from the box alone one could tell neither its milliseconds
    nor which of two hours it is in, where the clock shows an hour twice."""

    widget = MomentInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M:%S")
    input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
        try:
            return meant_by(read(value))
        except NoSuchTime as refusal:
            raise ValidationError(str(refusal), code="no_such_time") from refusal

    def has_changed(self, initial, data):
        return not says(initial, data) and super().has_changed(initial, data)

    def _clean_bound_field(self, bf):
        return bf.initial if says(bf.initial, bf.data) else super()._clean_bound_field(bf)

    def in_words(self, value) -> str:
        """What stands in the box, typed or stored, as somebody would read it."""
        try:
            return moment_in_words(self.to_python(value))
        except ValidationError:
            return str(value)


def moment_in_words(moment: dt.datetime) -> str:
    return in_full(moment)


def says(kept, typed) -> bool:
    """Whether this is what the box said about a kept moment when it was opened."""
    if not isinstance(kept, dt.datetime) or not typed:
        return False
    local = timezone.localtime(kept) if timezone.is_aware(kept) else kept
    return read(typed) == local.replace(tzinfo=None, microsecond=0, fold=0)


def read(typed) -> dt.datetime | None:
    """The time on the clock that stands in the box; None if there is none in it."""
    if isinstance(typed, dt.datetime):
        return typed
    try:
        return parse_datetime(typed.strip())
    except ValueError:
        return None
