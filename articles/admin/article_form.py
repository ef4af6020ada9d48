"""The form of a story, and what happens when somebody else saved it in the meantime."""

from dataclasses import dataclass

from django import forms
from django.contrib.admin.widgets import AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.utils import timezone

from articles.admin.moment import MomentBox, moment_in_words
from articles.admin.page import NumbersOnly
from articles.admin.site import desk
from articles.editorial import audit
from articles.editorial.addresses import who_has
from articles.editorial.verification import plain_text
from articles.models import Article, Tag, TaggedArticle

TAG = TaggedArticle._meta.get_field("tag")


class ManyChoices(NumbersOnly, AutocompleteSelectMultiple):
    """Without the button that empties the whole field: one slip would take off every tag, and screen readers
    meet it as a stray element of the list."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        return {**super().build_attrs(base_attrs, extra_attrs), "data-allow-clear": "false"}


@dataclass(frozen=True)
class Difference:
    """One field as the other editor saved it, and as it was typed here."""

    label: str
    theirs: str
    mine: str


class ArticleForm(forms.ModelForm):
    """Carries the version it was opened at; a save over a newer one is refused, with both texts to compare."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    embargo_until = MomentBox(
        required=False,
        validators=Article._meta.get_field("embargo_until").validators,
        help_text=Article._meta.get_field("embargo_until").help_text,
    )
    update_notice = forms.BooleanField(
        required=False,
        label="Tell readers it was updated",
        help_text="Tick it for a change of substance: the story then says “Updated”, with the time of this save.",
    )
    tags = forms.ModelMultipleChoiceField(
        queryset=Tag.objects.all(),
        required=False,
        widget=RelatedFieldWidgetWrapper(
            ManyChoices(TAG, desk), TAG.remote_field, desk, can_add_related=True
        ),
        help_text=Article._meta.get_field("tags").help_text,
    )

    class Meta:
        # Boxes that grow with the words: a long headline is seen whole.
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 1}),
            "deck": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen_version"] = self.instance.version
        if "slug" in self.fields:
            self.fields["slug"].required = False
        #: Filled when somebody else saved first: who, when, and the fields that differ.
        self.conflict = None

    #: Who fills the form in, set by ArticleAdmin.
    user = None

    def clean_embargo_until(self):
        moment = self.cleaned_data["embargo_until"]
        hides = moment and moment > timezone.now() and self.instance.pk and self.instance.is_public()
        if hides and not (self.user and self.user.has_perm("articles.withdraw_article")):
            raise forms.ValidationError(
                "Readers see this story; an embargo would take it from them. Ask somebody who may withdraw stories."
            )
        return moment

    #: What readers must not see the story without, found when a save was tried (see ArticleAdmin).
    unfit = ()

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        taken = who_has(slug, apart_from=self.instance) if slug else ""
        if taken:
            raise forms.ValidationError(taken)
        return slug

    def clean_picks(self):
        picks = self.cleaned_data["picks"]
        if self.instance in picks:
            raise forms.ValidationError("A story cannot be shown under itself: take it out of its own picks.")
        return picks

    def clean(self):
        cleaned = super().clean()
        for finding in self.unfit:
            field = finding.field if finding.field in self.fields else None
            self.add_error(field, f"{finding.text} Readers see this story, so it is not saved like this.")
        if self.instance.pk and cleaned.get("seen_version") != self.instance.version:
            self.refuse_to_overwrite()
        return cleaned

    def refuse_to_overwrite(self):
        """Nothing is saved and nothing typed is lost; the next save of this page is a decision to overwrite."""
        last = audit.last_touch(self.instance)
        self.conflict = {
            "by": last.by if last else "Somebody else",
            "at": last.at if last else None,
            "differences": list(self.differences()),
        }
        when = f" at {timezone.localtime(last.at):%H:%M}" if last else ""
        self.add_error(
            None,
            f"{self.conflict['by']} {last.what if last else 'saved this story'}{when}, after you opened it. "
            "Nothing of yours is lost: compare below, take over what you want to keep, and save again. What "
            "stands in this form then replaces the other version.",
        )
        self.data = self.data.copy()
        self.data[self.add_prefix("seen_version")] = str(self.instance.version)

    def differences(self):
        for name, field in self.fields.items():
            if name in {"seen_version", "update_notice"}:
                continue
            stored = self.initial.get(name)
            typed = self.cleaned_data.get(name, self.data.get(self.add_prefix(name)))
            theirs, mine = in_words(stored, name, self), in_words(typed, name, self)
            if theirs != mine:
                yield Difference(field.label or name, theirs, mine)


def in_words(value, name: str, form: ArticleForm) -> str:
    """A field's value as somebody would read it, for comparing."""
    field = form.fields[name]
    if value in (None, ""):
        return ""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(sorted(str(row) for row in value))
    if isinstance(field, forms.ModelChoiceField) and not hasattr(value, "pk"):
        return str(field.queryset.filter(pk=value).first() or "")
    if hasattr(field, "choices") and not hasattr(value, "pk"):
        return str(dict(field.choices).get(value, value))
    if hasattr(value, "tzinfo"):
        return moment_in_words(value)
    return plain_text(value) if name == "body" else str(value)


def differing_rows(formsets) -> list[Difference]:
    """Rows of each kind, one line a row, where the saved ones are not the typed ones."""
    differences = []
    for formset in formsets:
        names = [name for name in formset.form.base_fields if name != "position"]
        # Read anew: the rows the formset holds carry what was typed.
        rows = formset.model._default_manager.filter(**{formset.fk.name: formset.instance})
        stored = [
            ", ".join(filter(None, (shown(formset.form(instance=row), name) for name in names)))
            for row in rows.order_by(*formset.model._meta.ordering)
        ]
        typed = [
            ", ".join(filter(None, (shown(form, name) for name in names)))
            for form in formset.forms
            if (form.instance.pk or form.has_changed()) and form not in formset.deleted_forms
        ]
        if stored != typed:
            label = str(formset.model._meta.verbose_name_plural)
            differences.append(Difference(label, "\n".join(stored), "\n".join(typed)))
    return differences


def shown(form, name: str) -> str:
    """What stands in one field of a row, typed or stored, in words."""
    value, field = form[name].value(), form.fields[name]
    if value in (None, "", False):
        return ""
    if isinstance(field, forms.ModelChoiceField):
        return str(field.queryset.filter(pk=value).first() or value) if str(value).isdigit() else str(value)
    if isinstance(field, MomentBox):
        return field.in_words(value)
    return str(value)
