"""The panel beside a story's form: where it stands, what it lacks, and the buttons that move it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from articles.admin.findings import shown
from articles.admin.moment import MomentBox
from articles.admin.step_question import Question, question_about, remember, with_links
from articles.editorial.newsroom_time import in_full, zone_in_words
from articles.editorial.readiness import look_over
from articles.editorial.workflow import STEPS, StepRefused, in_words, may_edit, standing, steps_for, take_step
from articles.models import Article, clock


class StepForm(forms.Form):
    """What a button carries: the step, a note for the history, for scheduling the moment, and from somebody who
    does not edit the story the version they looked at."""

    step = forms.ChoiceField(choices=[(name, row.label) for name, row in STEPS.items()])
    step_note = forms.CharField(required=False, max_length=500)
    goes_out_at = MomentBox(
        required=False,
        validators=Article._meta.get_field("published_at").validators,
        error_messages={
            "invalid": "The moment to publish at is not a date and time; an example: 2026-05-01 06:00."
        },
    )
    step_version = forms.IntegerField(required=False)

    def first_error(self) -> str:
        return next(iter(self.errors.values()))[0]


def panel(article, *, by, asked_for: dict | None = None, just_read=False) -> dict:
    """Template values for the panel: the story as it is saved, not as a refused form has it in memory. It is read again
    for that, unless it was `just_read` and no form touched it."""
    if not article or not article.pk:
        fresh = steps_for(Article(created_by=by), by=by)
        steps = [row for row in fresh if row.target != Article.Status.BINNED]
        return {"steps": steps, "buttons": steps}
    article = article if just_read else Article.objects.get(pk=article.pk)
    now = clock.now()
    status, steps = standing(article, now), steps_for(article, by=by, at=now)
    names = {row.name for row in steps}
    asked_for = asked_for if asked_for and asked_for["step"] in names else None
    return {
        "standing": status,
        "standing_in_words": in_words(article, now),
        "may_edit": may_edit(article, by=by),
        "steps": steps,
        "buttons": [row for row in steps if not row.needs_a_time and not (asked_for and row.deletes)],
        "can_schedule": "schedule" in names,
        "is_scheduled": status == Article.Status.SCHEDULED,
        "moments": list(moments_of(article, status)),
        "zone": f"{zone_in_words(now)}; it is {timezone.localtime(now):%H:%M} now",
        "goes_out_at": asked_for["goes_out_at"] if asked_for else in_the_box(article, status),
        "note": asked_for["note"] if asked_for else "",
        "question": asked_for and question_about(STEPS[asked_for["step"]], article).for_panel(),
        "findings": shown(look_over(article)),
    }


def moments_of(article: Article, status):
    """When it goes or went out, its embargo and its end: (what, the moment, in words)."""
    states = Article.Status
    calls_it = {states.SCHEDULED: "Goes out", states.PUBLISHED: "Out since"}
    rows = [
        (calls_it.get(status, "First out"), article.published_at),
        ("Embargo until", article.embargo_until),
        ("Went off" if status == states.WITHDRAWN else "Goes off", article.withdraw_at),
    ]
    for what, moment in rows:
        if moment:
            yield {"what": what, "at": moment, "words": in_full(moment)}


def in_the_box(article: Article, status) -> str:
    if status != Article.Status.SCHEDULED:
        return ""
    box = StepForm.base_fields["goes_out_at"]
    return box.widget.format_value(box.prepare_value(article.published_at))


def take_the_asked_step(request, article, *, saved=True) -> bool:
    """Takes the step whose button was pressed, or asks first, and tells how it went. True if it was taken."""
    kept = "Your changes are saved, but the step was not taken." if saved else "The step was not taken."
    article = Article.objects.get(pk=article.pk)
    scheduled = article.published_at if article.status == Article.Status.SCHEDULED else None
    form = StepForm(
        {**request.POST.dict(), "step": request.POST.get("_step")}, initial={"goes_out_at": scheduled}
    )
    if not form.is_valid():
        messages.error(request, f"{kept} {form.first_error()}")
        return False
    row, typed = STEPS[form.cleaned_data["step"]], form.cleaned_data
    question = question_about(row, article)
    try:
        with transaction.atomic():
            change = take_step(
                article,
                row.name,
                by=request.user,
                note=typed["step_note"],
                goes_out_at=typed["goes_out_at"],
                seen_version=None if saved else typed["step_version"],
            )
            if not question.is_answered(request.POST):
                raise NotAnswered(question)
    except StepRefused as refusal:
        messages.error(request, with_links(f"{kept} {refusal.reason}", refusal.findings))
        return False
    except NotAnswered:
        ask(request, question)
        return False
    tell(request, article, change, row)
    return True


class NotAnswered(Exception):  # noqa: N818 - said nowhere: it takes back a step that could be taken
    """The step is possible; whether it is meant has to be said first."""


def ask(request, question: Question) -> None:
    # Read again: the step was tried on the row, and taken back.
    question.article.refresh_from_db()
    remember(request, question, request.POST)
    messages.warning(
        request,
        format_html(
            '“{}” is not moved yet. {} <a href="#step-question">Decide what to do.</a>',
            question.article,
            question.says,
        ),
    )


def tell(request, article, change, row) -> None:
    if row.deletes:
        messages.success(request, f"“{article}” is deleted for good.")
        return
    state = "a draft" if change.to_status == Article.Status.DRAFT else change.get_to_status_display()
    when = f", to go out on {in_full(article.published_at)}" if row.needs_a_time else ""
    messages.success(request, f"“{article}” is now {state}{when}. {row.tells}")


def step_view(admin, request, object_id):
    """A step on its own, for somebody who may move the story but not edit it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    article = admin.get_object(request, object_id)
    if article is None:
        raise Http404
    if not admin.has_view_permission(request, article):
        raise PermissionDenied
    taken = take_the_asked_step(request, article, saved=False)
    if taken and not Article.objects.filter(pk=article.pk).exists():
        return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
