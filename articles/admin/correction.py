"""Corrections: made inside their story, numbered by themselves."""

from django import forms
from django.contrib import admin
from django.db.models import Max
from django.utils.functional import cached_property

from articles.admin.moment import MomentBox
from articles.admin.rows import LastingFormSet, RowForm, StoryRows
from articles.models import Correction, Quote, clock


class CorrectionForm(RowForm):
    made_at = MomentBox(
        label="Corrected on",
        validators=Correction._meta.get_field("made_at").validators,
    )

    class Meta:
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.fields["made_at"].required = False
            self.fields["made_at"].help_text = "Empty, it is the moment of this save."
            self.initial["made_at"] = None

    def clean_made_at(self):
        moment, now = self.cleaned_data["made_at"], clock.now()
        if moment and moment > now and "made_at" in self.changed_data:
            raise forms.ValidationError(
                "This moment is still to come. Give the one at which you corrected it."
            )
        return moment or now


class CorrectionFormSet(LastingFormSet):
    """Offers the story's own quotes, and gives each new correction the story's next number."""

    @cached_property
    def quotes(self):
        """Read once for all rows."""
        return [(quote.pk, str(quote)) for quote in Quote.objects.filter(article=self.instance)]

    def add_fields(self, form, index):
        super().add_fields(form, index)
        field = form.fields["quote"]
        field.queryset = Quote.objects.filter(article=self.instance)
        field.choices = [("", "no quote in particular"), *self.quotes]
        field.error_messages["invalid_choice"] = (
            "This is no quote of this story, or no longer. Choose another one, or none."
        )

    def save_new(self, form, commit=True):
        last = Correction.objects.filter(article=self.instance).aggregate(last=Max("number"))["last"]
        form.instance.number = (last or 0) + 1
        let_go_of_a_deleted_quote(form.instance)
        return super().save_new(form, commit)

    def save_existing(self, form, obj, commit=True):
        let_go_of_a_deleted_quote(form.instance)
        return super().save_existing(form, obj, commit)


def let_go_of_a_deleted_quote(correction):
    """The quotes of a form are saved before its corrections: the one chosen here may just have been deleted there."""
    if correction.quote_id and not Quote.objects.filter(pk=correction.quote_id).exists():
        correction.quote = None


class CorrectionInline(StoryRows, admin.StackedInline):
    model = Correction
    form = CorrectionForm
    formset = CorrectionFormSet
    fields = [("kind", "made_at"), "text", "quote", "on_top"]
    classes = ["corrections"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("quote")
