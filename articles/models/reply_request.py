"""ReplyRequest: that somebody was asked for comment, and what came of it."""

from django.db import models

from articles.fields import DayField, LineField, PlainTextField
from articles.models.keyed import Keyed, KeyedQuerySet, one_of


class ReplyOutcome(models.TextChoices):
    WAITING = "waiting", "no answer yet"
    ANSWERED = "answered", "answered"
    POINTED = "pointed", "pointed to earlier statements"
    DECLINED = "declined", "declined to comment"
    SILENT = "silent", "did not answer"


class ReplyRequest(Keyed):
    Outcome = ReplyOutcome
    key_lookups = ("article__slug", "source__slug", "number")

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="reply_requests")
    source = models.ForeignKey(
        "Source", on_delete=models.PROTECT, related_name="reply_requests", help_text="Who was asked."
    )
    number = models.PositiveSmallIntegerField(
        default=1, help_text="1 for the first request, 2 for a second, and so on."
    )
    asked_on = DayField(null=True, blank=True, help_text="Empty if the day is not known.")
    asked_by = LineField(max_length=200, blank=True, help_text="If another newsroom asked, its name.")
    outcome = models.CharField(max_length=20, choices=ReplyOutcome.choices, default=ReplyOutcome.WAITING)
    note = PlainTextField(
        blank=True, help_text="What came of it, in a sentence readers may see under the story."
    )

    objects = KeyedQuerySet.as_manager()

    class Meta:
        verbose_name = "request for comment"
        verbose_name_plural = "requests for comment"
        ordering = ["asked_on", "source", "number"]
        constraints = [
            one_of("outcome", ReplyOutcome, "reply_outcome_is_known"),
            models.UniqueConstraint(
                fields=["article", "source", "number"],
                name="reply_request_is_counted_once",
                violation_error_message="This request for comment is listed already; give a second one number 2.",
            ),
        ]

    def __str__(self):
        return f"{self.source}: {self.get_outcome_display()}"

    def natural_key(self):
        return (*self.article.natural_key(), *self.source.natural_key(), self.number)

    natural_key.dependencies = ["articles.article", "articles.source"]
