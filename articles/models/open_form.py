"""OpenForm: that somebody has a story open on the desk, and what they have typed since the last save."""

import uuid

from django.db import models
from django.utils import timezone

from articles.fields import LineField, MomentField, PlainTextField
from articles.models.article import Article
from articles.models.keyed import Keyed, not_empty


class OpenForm(Keyed):
    """One row for each form, that is, for each tab. Kept until what was typed is saved or let go of."""

    key_lookups = ("key",)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, blank=True, related_name="open_forms",
        help_text="None while the story is new.",
    )  # fmt: skip
    by_username = models.CharField(max_length=150)
    by_name = LineField(max_length=310)
    opened_at = MomentField(default=timezone.now)
    seen_at = MomentField(default=timezone.now, help_text="When the form was last heard of.")
    seen_version = models.PositiveIntegerField(default=0, help_text="The version it was opened at.")
    typed = PlainTextField(blank=True, help_text="The fields of the form as a browser sends them.")
    typed_at = MomentField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["article", "-seen_at"], name="open_forms_of_a_story"),
            models.Index(fields=["by_username", "-seen_at"], name="open_forms_of_a_person"),
        ]
        constraints = [
            not_empty("by_username", "open_form_has_a_person", "An open form needs the person at it.")
        ]

    def __str__(self):
        return f"{self.by_name}: {self.article or 'a new story'}"
