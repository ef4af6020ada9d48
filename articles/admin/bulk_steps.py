"""The actions of the list of stories: one step with several stories at once, after a look at what that means.

The page between the list and the step carries each story with the version it showed: one that somebody changes in
the meantime is refused. Each story is judged on its own; the others are moved all the same.
"""

from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from articles.admin.findings import anchor
from articles.admin.moment import MomentBox
from articles.editorial.newsroom_time import RULE, zone_in_words
from articles.editorial.readiness import Finding, Weight, look_over
from articles.editorial.workflow import STEPS, Step, StepRefused, in_words, take_step
from articles.models import Article, Correction, Quote, clock

MOST_AT_ONCE = 100
NAMED = 20


def bulk_action(name: str):
    """The action of the list that takes one step with every chosen story."""
    row = STEPS[name]

    @admin.action(description=row.label, permissions=[name])
    def take(modeladmin, request, queryset):
        if "seen" in request.POST:
            return answered(modeladmin, request, row)
        stories = list(queryset.order_by("pk")[: MOST_AT_ONCE + 1])
        if len(stories) > MOST_AT_ONCE:
            messages.error(
                request,
                f"At most {MOST_AT_ONCE} stories are moved at once. Narrow the list, or choose fewer.",
            )
            return None
        return page(
            modeladmin, request, row, BulkForm(row, len(stories), initial={"seen": seen(stories)}), stories
        )

    take.__name__ = f"take_{name}"
    return take


def right_to(name: str):
    """The `has_…_permission` method of an admin page for one step."""

    def has_permission(modeladmin, request):
        return request.user.has_perm(STEPS[name].permission)

    return has_permission


class BulkSteps:
    """Mix-in for the admin page of stories: every step of the table as an action of its list."""

    actions = [bulk_action(name) for name in STEPS]


for step_name in STEPS:
    setattr(BulkSteps, f"has_{step_name}_permission", right_to(step_name))


class BulkForm(forms.Form):
    """What is asked on the page in between: the stories as they were seen, how many, when, and why."""

    seen = forms.CharField(widget=forms.HiddenInput)
    count = forms.IntegerField(
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 4}),
    )
    goes_out_at = MomentBox(
        required=False, label="Publish at", validators=Article._meta.get_field("published_at").validators
    )
    note = forms.CharField(
        required=False,
        max_length=500,
        label="Note for the history",
        widget=forms.TextInput(attrs={"size": 60}),
    )

    def __init__(self, row: Step, number: int, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.row, self.number = row, number
        if row.is_counted and (number > 1 or row.deletes):
            self.fields["count"].label = f"Type {number} to go on with {stories_in_words(number)}"
            self.fields["count"].required = True
        else:
            del self.fields["count"]
        if row.needs_a_time:
            self.fields["goes_out_at"].required = True
            self.fields["goes_out_at"].help_text = f"In {zone_in_words(clock.now())}. {RULE}"
        else:
            del self.fields["goes_out_at"]

    def clean_count(self):
        if self.cleaned_data["count"] != self.number:
            raise ValidationError(
                f"That is not the number of stories, {self.number}. Nothing was moved: look at the list again."
            )
        return self.number

    def clean_goes_out_at(self):
        moment = self.cleaned_data["goes_out_at"]
        if moment <= clock.now():
            raise ValidationError("Set a moment that lies ahead.")
        return moment


def seen(stories) -> str:
    """The stories and the versions they are shown in: “12:3 15:7”."""
    return " ".join(f"{story.pk}:{story.version}" for story in stories)


def versions_in(text: str) -> dict[int, int]:
    """The version seen of each story, by its primary key."""
    try:
        pairs = [tuple(map(int, pair.split(":"))) for pair in text.split()]
        versions = {pk: version for pk, version in pairs if 0 < pk < 2**63}
    except ValueError as error:
        raise ValidationError("The list of stories is damaged. Go back and choose them again.") from error
    if not 0 < len(versions) <= MOST_AT_ONCE:
        raise ValidationError("The list of stories is damaged. Go back and choose them again.")
    return versions


def answered(modeladmin, request, row: Step):
    """Takes the step with each story, or shows the page once more with what is wrong with the answer."""
    try:
        versions = versions_in(request.POST["seen"])
    except ValidationError as refusal:
        messages.error(request, refusal.message)
        return None
    found = {story.pk: story for story in modeladmin.get_queryset(request).filter(pk__in=versions)}
    form = BulkForm(row, len(versions), request.POST)
    if not form.is_valid():
        return page(modeladmin, request, row, form, list(found.values()))
    typed, done, refused = form.cleaned_data, [], []
    for pk, version in versions.items():
        try:
            take_step(
                found.get(pk) or Article(pk=pk, headline=f"Story number {pk}"),
                row.name,
                by=request.user,
                note=typed["note"],
                goes_out_at=typed.get("goes_out_at"),
                seen_version=version,
            )
            done.append(pk)
        except StepRefused as refusal:
            refused.append((pk, refusal))
    tell(request, row, len(done), refused)
    return None


def tell(request, row: Step, done: int, refused) -> None:
    if done:
        messages.success(request, f"{row.label}: done for {stories_in_words(done)}.")
    if refused:
        lines = format_html_join("", "<li>{}</li>", ((in_a_line(pk, refusal),) for pk, refusal in refused))
        words = f"Not done for {stories_in_words(len(refused))}:"
        messages.error(request, format_html('{} <ul class="message-findings">{}</ul>', words, lines))


def in_a_line(pk: int, refusal: StepRefused):
    """Why one story stays where it is; what is in the way leads to its field."""
    story = reverse("admin:articles_article_change", args=[pk])
    links = format_html_join(
        " ",
        '<a href="{}#{}">{}</a>',
        ((story, anchor(finding), finding.text) for finding in refusal.findings),
    )
    return format_html("{} {}", refusal.reason, links) if links else refusal.reason


@dataclass(frozen=True)
class Judged:
    """One of the chosen stories, and what is to be said about it before the step."""

    story: Article
    stands: str
    needed: list[Finding]
    advised: list[Finding]


def judged(row: Step, story: Article) -> Judged:
    found = look_over(story) if row.checks_readiness else []
    return Judged(
        story,
        in_words(story),
        [finding for finding in found if finding.weight == Weight.NEEDED],
        [finding for finding in found if finding.weight == Weight.ADVISED],
    )


def page(modeladmin, request, row: Step, form: BulkForm, stories: list[Article]):
    """What the step does, to which stories, and what has to be typed for it."""
    rows = [judged(row, story) for story in stories]
    context = {
        **modeladmin.admin_site.each_context(request),
        "title": f"{row.label}: {stories_in_words(form.number)}",
        "opts": modeladmin.opts,
        "step": row,
        "tells": row.tells if form.number == 1 else row.tells_of_many,
        "form": form,
        "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "action_name": f"take_{row.name}",
        "rows": rows[:NAMED],
        "more": max(0, len(rows) - NAMED),
        "not_ready": sum(1 for judgement in rows if judgement.needed),
        "with_advice": sum(1 for judgement in rows if judgement.advised and not judgement.needed),
        "falls": what_falls(stories) if row.deletes else "",
        "button": f"{row.label}: {stories_in_words(form.number)}",
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/articles/article/bulk_step.html", context)


def what_falls(stories: list[Article]) -> str:
    """What is deleted along with the stories, and how much of it readers have seen."""
    now = clock.now()
    quotes = Quote.objects.filter(article__in=stories).count()
    corrections = Correction.objects.filter(article__in=stories).count()
    were_out = sum(1 for story in stories if story.published_at and story.published_at <= now)
    return (
        f"With them fall {quotes} {'quote' if quotes == 1 else 'quotes'} and {corrections} "
        f"{'correction' if corrections == 1 else 'corrections'}. Readers had seen {stories_in_words(were_out)} of these."
    )


def stories_in_words(number: int) -> str:
    return f"{number} {'story' if number == 1 else 'stories'}"
