"""Rows in a story's form: a row that somebody else deleted meanwhile comes back as a new one."""

from django.forms import BaseInlineFormSet, ModelForm

from articles.admin.chosen import ChosenTogether
from articles.admin.page import CalmRelations

GONE = "Somebody else deleted this row since you opened the story. Save again to keep it as a new row, or remove it."


class RowForm(ModelForm):
    """A row that was not touched is not held against the database once more: a story has dozens of them."""

    def _post_clean(self):
        if not self.instance.pk or self.has_changed():
            super()._post_clean()


class LastingFormSet(ChosenTogether, BaseInlineFormSet):
    """Django's admin would not show a posted row whose record is gone, and its typed words would be lost."""

    #: Whether whoever fills the form in may change rows. For others nothing was typed, and nothing comes back.
    typed_here = True

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.came_back = []
        if self.typed_here and self.is_bound and self.management_form.is_valid():
            self.bring_back_deleted_rows()

    def bring_back_deleted_rows(self):
        key = self.model._meta.pk.name
        total = self.total_form_count()
        initial = min(self.initial_form_count(), total)
        stored = {str(row.pk) for row in self.get_queryset()}
        gone = [n for n in range(initial) if self.data.get(f"{self.prefix}-{n}-{key}") not in stored]
        if not gone:
            return
        order = [*(n for n in range(initial) if n not in gone), *gone, *range(initial, total)]
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


class StoryRows(CalmRelations):
    """Mix-in for an inline of the story's form."""

    form = RowForm
    formset = LastingFormSet

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.typed_here = self.has_change_permission(request, obj)
        return formset
