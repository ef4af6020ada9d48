"""The panel beside a story's form: where it stands, what it lacks, and the buttons that move it."""

from django import forms
from django.contrib import admin, messages
from django.utils import timezone

from articles.editorial.readiness import look_over
from articles.editorial.workflow import STEPS, StepRefused, in_words, may_edit, standing, steps_for, take_step
from articles.models import Article

ROWS = {"bylines", "quotes", "reply_requests"}


class StepForm(forms.Form):
    """What a button carries: the step, a note for the history, and for scheduling the moment."""

    step = forms.ChoiceField(choices=[(name, row.label) for name, row in STEPS.items()])
    step_note = forms.CharField(required=False, max_length=500)
    goes_out_at = forms.DateTimeField(
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        validators=Article._meta.get_field("published_at").validators,
        error_messages={
            "invalid": "The moment to publish at is not a date and time; an example: 2026-05-01 06:00."
        },
    )


def panel(article, *, by) -> dict:
    """Template values for the panel: the story as it is saved, not as a refused form has it in memory."""
    if not article or not article.pk:
        fresh = steps_for(Article(created_by=by), by=by)
        return {"steps": [row for row in fresh if row.target != Article.Status.BINNED]}
    article = Article.objects.get(pk=article.pk)
    steps = steps_for(article, by=by)
    now = timezone.localtime()
    return {
        "standing": standing(article),
        "standing_in_words": in_words(article),
        "may_edit": may_edit(article, by=by),
        "steps": steps,
        "can_schedule": any(row.needs_a_time for row in steps),
        "zone": f"{timezone.get_current_timezone_name()}, now {now:%H:%M %Z}",
        "earliest": f"{now:%Y-%m-%dT%H:%M}",
        "findings": [
            {"weight": row.weight, "text": row.text, "anchor": anchor(row)} for row in look_over(article)
        ],
    }


def anchor(finding) -> str:
    """Where on the form the field, the row or the group of rows stands."""
    if finding.row is not None:
        return f"{finding.field}-{finding.row}"
    return f"{finding.field}-group" if finding.field in ROWS else f"id_{finding.field}"


def take_the_asked_step(request, article, *, saved=True) -> bool:
    """Takes the step whose button was pressed, and tells how it went. True if it was taken."""
    kept = "Your changes are saved, but the step was not taken." if saved else "The step was not taken."
    form = StepForm({**request.POST.dict(), "step": request.POST.get("_step")})
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, f"{kept} {errors[0]}")
        return False
    asked = form.cleaned_data
    try:
        change = take_step(
            article, asked["step"], by=request.user, note=asked["step_note"], goes_out_at=asked["goes_out_at"]
        )
    except StepRefused as refusal:
        messages.error(request, f"{kept} {refusal}")
        return False
    row = STEPS[asked["step"]]
    state = "a draft" if change.to_status == Article.Status.DRAFT else change.get_to_status_display()
    messages.success(request, f"“{article}” is now {state}. {row.tells}")
    return True


def bulk_action(name):
    """The action of a list that takes one step with every chosen story, each judged on its own."""
    row = STEPS[name]

    @admin.action(description=row.label, permissions=[name])
    def take(modeladmin, request, queryset):
        done, refusals = 0, []
        for article in queryset.order_by("pk"):
            try:
                take_step(article, name, by=request.user)
                done += 1
            except StepRefused as refusal:
                refusals.append(str(refusal))
        if done:
            messages.success(request, f"{row.label}: done for {done} {'story' if done == 1 else 'stories'}.")
        for refusal in refusals:
            messages.error(request, refusal)

    take.__name__ = f"take_{name}"
    return take


def right_to(name):
    """The `has_…_permission` method of an admin page for one step."""

    def has_permission(modeladmin, request):
        return request.user.has_perm(STEPS[name].permission)

    return has_permission
