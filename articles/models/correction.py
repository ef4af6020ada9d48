"""Correction: what a story got wrong or left open, said to its readers and dated."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst

from articles.fields import MomentField, PlainTextField
from articles.models.keyed import Keyed, KeyedQuerySet, not_empty, one_of


class CorrectionKind(models.TextChoices):
    CORRECTION = "correction", "correction"
    CLARIFICATION = "clarification", "clarification"
    UPDATE = "update", "update"
    RETRACTION = "retraction", "retraction"


class CorrectionQuerySet(KeyedQuerySet):
    def newest_first(self):
        return self.order_by("-made_at", "-number", "-pk")


class Correction(Keyed):
    Kind = CorrectionKind
    key_lookups = ("article__slug", "number")

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="corrections")
    number = models.PositiveSmallIntegerField(
        default=1, help_text="1 for the story's first correction, 2 for the second, and so on."
    )
    kind = models.CharField(
        max_length=20,
        choices=CorrectionKind.choices,
        default=CorrectionKind.CORRECTION,
        help_text="A retraction also stands on top of the story.",
    )
    text = PlainTextField(
        help_text="For readers: what the story said before, and what is right. It stands under the story."
    )
    on_top = models.BooleanField(
        default=False,
        verbose_name="on top of the story",
        help_text="Readers meet it before the text, and not only under it. A retraction always stands there.",
    )
    made_at = MomentField(default=timezone.now, verbose_name="corrected on")
    quote = models.ForeignKey(
        "Quote",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="corrections",
        help_text="Only if it is about the words of one quote of this story.",
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["article", "number"]
        indexes = [models.Index(fields=["-made_at", "-id"], name="corrections_newest")]
        constraints = [
            not_empty("text", "correction_has_words", "A correction needs its words."),
            one_of("kind", CorrectionKind, "correction_kind_is_known"),
            models.UniqueConstraint(
                fields=["article", "number"],
                name="correction_is_counted_once",
                violation_error_message="This story has a correction with that number already; take the next one.",
            ),
        ]

    def __str__(self):
        words = self.text if len(self.text) <= 60 else f"{self.text[:57]}…"
        return f"{capfirst(self.get_kind_display())}: {words}"

    def natural_key(self):
        return (*self.article.natural_key(), self.number)

    natural_key.dependencies = ["articles.article"]

    def clean(self):
        if self.quote and self.quote.article_id != self.article_id:
            raise ValidationError(
                {"quote": f"{self.quote} is a quote of another story. Choose one of this story's quotes."}
            )
