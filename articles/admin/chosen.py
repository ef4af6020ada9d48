"""What is chosen in the rows of a form, looked up for all rows together.

Django asks for each box of choices by itself, once to check what was sent and once more to show it: a story with
forty quotes asked for more than a hundred sources and statements one by one.
"""

from functools import cached_property

from django.contrib.admin.widgets import AutocompleteSelect
from django.forms import ModelChoiceField

LONGEST_KEY = 18  # digits of the largest key a database holds


def is_key(value) -> bool:
    """Whether it can be the number of a row: a forged form may send anything."""
    return str(value).isdecimal() and len(str(value)) <= LONGEST_KEY


class Chosen:
    """The rows that a column of a form leads to, by their numbers as a form sends them; found once, when first asked."""

    def __init__(self, queryset, formset, name):
        self.queryset, self.formset, self.name = queryset, formset, name

    @cached_property
    def rows(self) -> dict:
        known = {str(row.pk): row for row in self.read_already()}
        others = {str(key) for key in self.numbers() if is_key(key)} - known.keys()
        return known | ({str(row.pk): row for row in self.queryset.filter(pk__in=others)} if others else {})

    def read_already(self):
        """What came with the rows of the form, where they were read with it."""
        field = self.formset.model._meta.get_field(self.name)
        for row in self.formset.get_queryset():
            other = field.get_cached_value(row, default=None)
            if other is not None:
                yield other

    def numbers(self):
        """What stands in that column now, and what was sent."""
        formset, stored = self.formset, self.formset.model._meta.get_field(self.name).attname
        yield from (getattr(row, stored) for row in formset.get_queryset())
        for number in range(formset.total_form_count() if formset.is_bound else 0):
            yield formset.data.get(f"{formset.add_prefix(number)}-{self.name}")

    def get(self, key):
        return self.rows.get(str(key))


class NumbersOnly:
    """Mix-in for a box of choices: whatever a forged form sends as a key, showing it again is no error."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if is_key(key)], attr)


class OneChoice(NumbersOnly, AutocompleteSelect):
    """One row, found by typing. In a row of a form it is shown as `chosen` has it."""

    chosen = None

    def optgroups(self, name, value, attr=None):
        if self.chosen is None:
            return super().optgroups(name, value, attr)
        none = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        rows = [row for row in map(self.chosen.get, value) if row]
        label = self.choices.field.label_from_instance
        options = [
            self.create_option(name, row.pk, label(row), True, number)
            for number, row in enumerate(rows, start=1)
        ]
        return [(None, none + options, 0)]


class RowChoice(ModelChoiceField):
    """A box of choices in a row of a form; what `chosen` does not have is looked up as ever."""

    chosen = None

    def to_python(self, value):
        row = self.chosen.get(value) if self.chosen and value not in self.empty_values else None
        return row or super().to_python(value)


class OwnRows:
    """The rows of a form themselves, which were read to show them."""

    def __init__(self, formset):
        self.formset = formset

    @cached_property
    def rows(self) -> dict:
        return {str(row.pk): row for row in self.formset.get_queryset()}

    def get(self, key):
        return self.rows.get(str(key))


class ChosenTogether:
    """Mix-in for a set of rows: what their boxes lead to is asked once for each column."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        key = self.model._meta.pk.name
        own = form.fields[key]
        form.fields[key] = RowChoice(
            own.queryset, initial=own.initial, required=own.required, widget=own.widget
        )
        form.fields[key].chosen = self.own_rows
        for name, field in form.fields.items():
            if isinstance(field, RowChoice) and name != key:
                field.chosen = self.chosen_in(name, field.queryset)
                widget = getattr(field.widget, "widget", field.widget)
                if isinstance(widget, OneChoice):
                    widget.chosen = field.chosen

    @cached_property
    def own_rows(self) -> OwnRows:
        return OwnRows(self)

    @cached_property
    def columns(self) -> dict[str, Chosen]:
        return {}

    def chosen_in(self, name: str, queryset) -> Chosen:
        return self.columns.setdefault(name, Chosen(queryset, self, name))
