"""Inline rows that keep an order: numbered anew on every save, so that two rows never claim one place."""

from itertools import count, islice

from articles.admin.rows import LastingFormSet, RowForm


class OrderedForm(RowForm):
    """A row whose `position` may be left empty (it goes last) or given twice (the row above comes first)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["position"].required = False
        self.stored_position = self.instance.position if self.instance.pk else None
        if not self.instance.pk:
            self.initial["position"] = None

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"position"}


class OrderedFormSet(LastingFormSet):
    """Checks and saves such rows. Rows that somebody else added meanwhile stay, behind those of the form."""

    def in_order(self) -> list:
        """The rows that stay, in the order asked for."""
        kept = [form for form in self.forms if form not in self.deleted_forms and self.is_filled_in(form)]

        def place(pair):
            index, form = pair
            asked_for = form.cleaned_data.get("position") if hasattr(form, "cleaned_data") else None
            return (asked_for is None, asked_for, index)

        return [form for _, form in sorted(enumerate(kept), key=place)]

    @staticmethod
    def is_filled_in(form) -> bool:
        return bool(form.instance.pk) or form.has_changed()

    def save(self, commit=True):
        """Saves the rows where they are, new ones in places nobody has, and then numbers all from 1."""
        rows = self.model._default_manager.filter(**{self.fk.name: self.instance})
        taken = set(rows.values_list("position", flat=True))
        free = (place for place in count(1) if place not in taken)
        for form in self.forms:
            form.instance.position = next(free) if form.stored_position is None else form.stored_position
        saved = super().save(commit)
        asked_for = [form.instance.pk for form in self.in_order()]
        number(rows, asked_for)
        return saved


def number(rows, keys: list) -> None:
    """Gives the rows the places 1, 2, 3 … in this order, and those that are not named the places behind them. By way
    of places that are free; right ones stay put."""
    now = dict(rows.order_by("position").values_list("pk", "position"))
    keys = [*keys, *(key for key in now if key not in set(keys))]
    wrong = [(key, place) for place, key in enumerate(keys, start=1) if now[key] != place]
    taken = {*now.values(), *range(1, len(keys) + 1)}
    aside = islice((place for place in count(1) if place not in taken), len(wrong))
    for (key, _), place in zip(wrong, aside, strict=True):
        rows.filter(pk=key).update(position=place)
    for key, place in wrong:
        rows.filter(pk=key).update(position=place)
