"""Inline rows that keep an order: numbered anew on every save, so that two rows never claim one place."""

from django.db.models import F
from django.forms import BaseInlineFormSet, ModelForm

# Above any place a row can have; existing rows wait there while the new order is written.
ASIDE = 10_000


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
    """Checks and saves such rows."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields[self.model._meta.pk.name].error_messages["invalid_choice"] = (
            "Somebody else deleted this row since you opened the story. Tick “Delete” to let it go, "
            "or add its words again in a new row."
        )

    def clean(self):
        super().clean()
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
