"""Statement: something said or written once that several stories quote, each in its own cut."""

from django.db import models
from django.urls import reverse

from articles.fields import LineField, PlainTextField
from articles.models.keyed import Keyed, SlugField, not_empty, one_of


class StatementForm(models.TextChoices):
    LETTER = "letter", "letter"
    MEMO = "memo", "memo"
    POST = "post", "post"
    SPEECH = "speech", "speech"
    INTERVIEW = "interview", "interview"
    RELEASE = "release", "press release"
    REPORT = "report", "report"
    REMARK = "remark", "remark"


class Statement(Keyed):
    Form = StatementForm

    title = LineField(
        max_length=200,
        help_text="What was said or written, to whom and when, for example: Letter of the staff to the board, June 2018.",
    )
    slug = SlugField(help_text="Names the statement in fixtures and in its address.")
    form = models.CharField(
        max_length=20,
        choices=Form.choices,
        help_text="Readers see it as the reason: the same letter is quoted in both.",
    )
    description = PlainTextField(blank=True)

    class Meta:
        ordering = ["title", "slug"]
        constraints = [
            not_empty("title", "statement_has_a_title", "A statement needs a title."),
            not_empty("slug", "statement_has_a_slug", "A statement needs a slug."),
            one_of("form", StatementForm, "statement_form_is_known"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("statement", args=[self.slug])
