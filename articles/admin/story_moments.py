"""The two moments in a story's form: until when it is under embargo, and from when on it is withdrawn."""

from django import forms
from django.utils import timezone

from articles.admin.moment import MomentBox
from articles.editorial.newsroom_time import zone_in_words
from articles.editorial.workflow import standing, what_clashes
from articles.models import Article, clock

ASK = "Ask somebody who may withdraw stories."


def box(name: str) -> MomentBox:
    field = Article._meta.get_field(name)
    return MomentBox(required=False, validators=field.validators, help_text=field.help_text)


class StoryMoments(forms.ModelForm):
    """Refuses moments that cannot stand together, and those that would take a story from readers behind the back of
    somebody who may withdraw it."""

    embargo_until = box("embargo_until")
    withdraw_at = box("withdraw_at")

    #: Who fills the form in, set by ArticleAdmin.
    user = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("embargo_until", "withdraw_at"):
            if name in self.fields:
                field = self.fields[name]
                field.help_text = f"{field.help_text} In {zone_in_words(timezone.now())}."

    def clean_embargo_until(self):
        moment = self.cleaned_data["embargo_until"]
        hides = moment and moment > clock.now() and self.readers_see_it()
        if hides and not self.may_withdraw():
            raise forms.ValidationError(f"Readers see this story; an embargo would take it from them. {ASK}")
        return moment

    def clean_withdraw_at(self):
        moment, kept = self.cleaned_data["withdraw_at"], self.instance.withdraw_at
        if moment is None or moment == kept:
            return moment
        if moment <= clock.now():
            raise forms.ValidationError(
                "This moment is past. To take a story from readers now, use “Withdraw”."
                if self.readers_see_it()
                else "This moment is past. Set one that lies ahead, or none."
            )
        earlier = kept is None or moment < kept
        if earlier and self.readers_see_it() and not self.may_withdraw():
            raise forms.ValidationError(
                f"Readers see this story, and this would take it from them sooner. {ASK}"
            )
        return moment

    def clean(self):
        cleaned = super().clean()
        if {"embargo_until", "withdraw_at"} & set(self.changed_data):
            for finding in what_clashes(self.with_its_moments(), goes_out=self.goes_out_by_itself()):
                self.add_error(finding.field if finding.field in self.fields else None, finding.text)
        return cleaned

    def with_its_moments(self) -> Article:
        return Article(
            embargo_until=self.cleaned_data.get("embargo_until"),
            withdraw_at=self.cleaned_data.get("withdraw_at"),
        )

    def goes_out_by_itself(self):
        """The moment a scheduled story goes out; None for one that is out already or on no schedule."""
        waits = standing(self.instance) == Article.Status.SCHEDULED
        return self.instance.published_at if waits else None

    def readers_see_it(self) -> bool:
        return bool(self.instance.pk) and self.instance.is_public()

    def may_withdraw(self) -> bool:
        return self.user is not None and self.user.has_perm("articles.withdraw_article")
