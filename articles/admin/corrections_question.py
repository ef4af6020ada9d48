"""The page after a change of substance was published: are readers told, and in which words?"""

from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from articles.admin.revisions import page_of, story
from articles.editorial.corrections import (
    ROUTINE,
    TOLD_AS,
    AnswerRefused,
    StoryChanged,
    answer,
    before,
    may_answer,
    what_changed,
)
from articles.editorial.revisions.comparing import IN, OUT, word_by_word
from articles.editorial.substance import Change, Kind, drafted
from articles.models import Article, Correction, Quote, Revision

#: When each is the right one, and what it does.
MEANS = {
    Correction.Kind.CORRECTION: "Something was wrong.",
    Correction.Kind.CLARIFICATION: "It was right, but could be misread.",
    Correction.Kind.UPDATE: "More is known than before.",
    ROUTINE: "Nothing readers have to know. They are not told, and the story is not shown as updated.",
}


class AnswerForm(forms.Form):
    kind = forms.ChoiceField(
        choices=[*((kind.value, kind.label.capitalize()) for kind in TOLD_AS), (ROUTINE, "Routine")],
        widget=forms.RadioSelect,
        label="What is it to readers?",
        error_messages={"required": "Choose one of these, or decide later."},
    )
    text = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        label="What readers are told",
        help_text="A draft, made of what changed: mend it. For a routine change it is not used.",
    )
    quote = forms.ModelChoiceField(
        Quote.objects.none(),
        required=False,
        label="The quote it is about",
        empty_label="no quote in particular",
        error_messages={
            "invalid_choice": "This is no quote of this story, or no longer. Choose another one, or none."
        },
    )
    on_top = forms.BooleanField(
        required=False,
        label="On top of the story",
        help_text="Readers meet it before the text, and not only under it.",
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, article: Article, changes, *args, **kwargs):
        super().__init__(*args, **kwargs)
        quotes = Quote.objects.filter(article=article).in_story_order()
        self.fields["quote"].queryset = quotes
        touched = {change.quote_slug for change in changes if change.quote_slug}
        self.initial = {
            "text": drafted(changes),
            "quote": quotes.filter(slug__in=touched).first() if len(touched) == 1 else None,
            "seen_version": article.version,
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") in TOLD_AS and not cleaned.get("text"):
            self.add_error("text", "Readers need words: what the story said before, and what is right.")
        return cleaned

    def kinds(self) -> list[dict]:
        """The choices with what each means, for the page."""
        chosen = self["kind"].value()
        return [
            {"value": value, "label": label, "means": MEANS[value], "is_chosen": value == chosen}
            for value, label in self.fields["kind"].choices
        ]


def question_urls(model_admin) -> list:
    """The address; it must stand before Django's own, which take any path for a story's number."""
    view = model_admin.admin_site.admin_view(partial(told_view, model_admin))
    return [path("<path:object_id>/told/<uuid:key>/", view, name="articles_article_told")]


def told_view(model_admin, request, object_id, key):
    article = story(model_admin, request, object_id)
    revision = get_object_or_404(Revision, article=article, key=key)
    if not may_answer(article, by=request.user):
        raise PermissionDenied
    back = HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
    if revision.judgement != Revision.Judgement.OPEN:
        messages.info(request, f"Nothing is to be decided about {revision}: {decided(revision)}")
        return back
    changes = what_changed(revision)
    form = AnswerForm(article, changes, request.POST or None)
    if request.method == "POST" and form.is_valid():
        says = take(form, revision, by=request.user)
        if says:
            messages.success(request, says)
            return back
    context = {
        **page_of(model_admin, request, article, "Are readers told?"),
        "revision": revision,
        "before": before(revision),
        "changes": list(map(shown, changes)),
        "form": form,
    }
    return TemplateResponse(request, "admin/articles/article/told.html", context)


def shown(change: Change) -> dict:
    """One change as the page shows it, what differs marked on both sides."""
    pieces = word_by_word(change.was, change.now)
    return {
        "called": called(change),
        "was": [piece for piece in pieces if piece.fate != IN],
        "now": [piece for piece in pieces if piece.fate != OUT],
    }


def called(change: Change) -> str:
    """“Number, in a quote of Reuters”."""
    if change.kind not in {Kind.NAME, Kind.NUMBER}:
        return ", ".join(filter(None, [change.kind.capitalize(), change.speaker]))
    place = f"a quote of {change.speaker or 'a source'}" if change.quote_slug else f"the {change.place}"
    return f"{change.kind.capitalize()}, in {place}"


def decided(revision) -> str:
    return {
        Revision.Judgement.TOLD: "readers were told.",
        Revision.Judgement.ROUTINE: "it was judged routine.",
    }.get(revision.judgement, "it changed nothing of substance.")


def take(form, revision, *, by) -> str:
    """What to tell whoever answered; empty if the answer was refused, and the form says why."""
    given = {name: value for name, value in form.cleaned_data.items() if name not in {"kind", "text"}}
    kind = form.cleaned_data["kind"]
    try:
        answer(revision, kind, form.cleaned_data["text"], by=by, **given)
    except AnswerRefused as refusal:
        form.add_error(None, str(refusal))
        if isinstance(refusal, StoryChanged):
            form.data = form.data.copy()
            form.data["seen_version"] = str(Article.objects.get(pk=revision.article_id).version)
        return ""
    if kind == ROUTINE:
        return "Noted as routine: readers are not told."
    return f"Readers are told: the {kind} is on the story now, and on the page of all corrections."
