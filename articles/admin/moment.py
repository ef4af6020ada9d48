"""The box for a moment: the browser's own, in the desk's time."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime


class MomentBox(forms.DateTimeField):
    """In the hour that the clock shows twice in autumn, the first is meant: a moment kept from then can be saved."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M:%S")
    input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError as error:
            moment = first_of_two(value) if error.code == "ambiguous_timezone" else None
            if moment is None:
                raise
            return moment

    def in_words(self, value) -> str:
        """What stands in the box, typed or stored, as somebody would read it."""
        try:
            return moment_in_words(self.to_python(value))
        except ValidationError:
            return str(value)


def moment_in_words(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def first_of_two(value) -> dt.datetime | None:
    """The first moment with that time on the clock; None if the clock leaves it out, in spring.

    In UTC: Python finds a moment of that hour equal to no other, if each is told by another clock.
    """
    shown = value if isinstance(value, dt.datetime) else parse_datetime(value.strip())
    moment = timezone.make_aware(shown).astimezone(dt.UTC)
    return moment if timezone.localtime(moment).replace(tzinfo=None) == shown else None
