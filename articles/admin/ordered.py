"""Inline rows that keep an order: numbered anew on every save, so that two rows never claim one place."""

from django.db.models import F
from django.forms import BaseInlineFormSet, ModelForm

# Above any place a row can have; existing rows wait there while the new order is written.
ASIDE = 10_000

GONE = "Somebody else deleted this row since you opened the story. Save again to keep it as a new row, or remove it."


class OrderedForm(ModelForm):
    """A row whose `position` may be left empty (it goes last) or given twice (the row above comes first)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["position"].required = False
        if not self.instance.pk:
            self.initial["position"] = None

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"position"}


class OrderedFormSet(BaseInlineFormSet):
    """Checks and saves such rows. A row that somebody else deleted meanwhile comes back as a new one."""

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.came_back = []
        if self.is_bound and self.management_form.is_valid():
            self.bring_back_deleted_rows()

    def bring_back_deleted_rows(self):
        """Django's admin would not show a posted row whose record is gone, and its typed words would be lost."""
        key = self.model._meta.pk.name
        total, initial = self.total_form_count(), self.initial_form_count()
        stored = {str(row.pk) for row in self.get_queryset()}
        rows = range(total)
        gone = [n for n in rows if n < initial and self.data.get(f"{self.prefix}-{n}-{key}") not in stored]
        if not gone:
            return
        order = [
            *(n for n in rows if n < initial and n not in gone),
            *gone,
            *(n for n in rows if n >= initial),
        ]
        data = self.data.copy()
        for new, old in enumerate(order):
            for name in list(data):
                if name.startswith(f"{self.prefix}-{new}-"):
                    del data[name]
            for name in self.data:
                if name.startswith(f"{self.prefix}-{old}-"):
                    data.setlist(f"{self.prefix}-{new}-{name.split('-', 2)[2]}", self.data.getlist(name))
        self.came_back = range(initial - len(gone), initial)
        for n in self.came_back:
            data[f"{self.prefix}-{n}-{key}"] = ""
        data[f"{self.prefix}-INITIAL_FORMS"] = str(initial - len(gone))
        self.data = data
        del self.management_form

    def clean(self):
        super().clean()
        for n in self.came_back:
            self.forms[n].add_error(None, GONE)
        for place, form in enumerate(self.in_order(), start=1):
            form.instance.position = place

    def in_order(self) -> list:
        """The rows that stay, in the order asked for."""
        kept = [form for form in self.forms if form not in self.deleted_forms and self.is_filled_in(form)]
        last = len(self.forms) + ASIDE

        def place(pair):
            index, form = pair
            position = form.cleaned_data.get("position") if hasattr(form, "cleaned_data") else None
            return (position if position is not None else last, index)

        return [form for _, form in sorted(enumerate(kept), key=place)]

    @staticmethod
    def is_filled_in(form) -> bool:
        return bool(form.instance.pk) or form.has_changed()

    def save(self, commit=True):
        rows = self.model._default_manager.filter(**{self.fk.name: self.instance})
        rows.update(position=F("position") + ASIDE)
        saved = super().save(commit)
        for form in self.in_order():
            rows.filter(pk=form.instance.pk).update(position=form.instance.position)
        return saved
