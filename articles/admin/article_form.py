"""The form of a story, and what happens when somebody else saved it in the meantime."""

from dataclasses import dataclass

from django import forms
from django.contrib.admin.widgets import AutocompleteSelectMultiple, RelatedFieldWidgetWrapper

from articles.admin.chosen import NumbersOnly
from articles.admin.moment import moment_in_words
from articles.admin.site import desk
from articles.admin.story_moments import StoryMoments
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


class ArticleForm(StoryMoments):
    """Carries the version it was opened at; a save over a newer one is refused, with both texts to compare."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
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

    #: Whether it holds what somebody typed once and never saved: to be looked over first, and then saved.
    brought_back = False

    #: What readers must not see the story without, found when a save was tried (see ArticleAdmin).
    unfit = ()

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        typed = slug and "slug" in self.changed_data
        taken = who_has(slug, apart_from=self.instance) if typed else ""
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
        if self.brought_back:
            self.add_error(None, "This is what you typed and did not save. Look it over, then save.")
        return cleaned

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
