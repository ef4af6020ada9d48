"""AuditEntry: that somebody added, changed or deleted something on the desk, or came in. Append-only."""

import uuid

from django.db import models
from django.utils import timezone

from articles.fields import LineField, MomentField, PlainTextField
from articles.models.keyed import Keyed, not_empty


class AuditAction(models.TextChoices):
    ADDED = "added", "added"
    CHANGED = "changed", "changed"
    DELETED = "deleted", "deleted"
    LOGGED_IN = "logged in", "logged in"
    LOGGED_OUT = "logged out", "logged out"
    TURNED_AWAY = "turned away", "turned away at the login"
    LOCKED_OUT = "locked out", "locked out"


AT_THE_LOGIN = {
    AuditAction.LOGGED_IN,
    AuditAction.LOGGED_OUT,
    AuditAction.TURNED_AWAY,
    AuditAction.LOCKED_OUT,
}


class AuditEntry(Keyed):
    """Django's own LogEntry falls with the account that caused it; this one outlives both account and object.

    The database refuses to change or delete a row (see the migration `history_is_append_only`).
    """

    Action = AuditAction
    key_lookups = ("key",)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = MomentField(default=timezone.now)
    by_username = models.CharField(max_length=150)
    by_name = LineField(max_length=310)
    action = models.CharField(max_length=20, choices=AuditAction.choices)
    noun = models.CharField(max_length=100, help_text="The model, for example: articles.quote.")
    object_id = models.CharField(
        max_length=64,
        blank=True,
        serialize=False,
        help_text="The row in this database. Never in a fixture: elsewhere it would be somebody else's row.",
    )
    object_key = PlainTextField(
        blank=True,
        help_text='What the object was named by at that moment, as JSON, for example: ["dreamforce-cage-protest"].',
    )
    object_name = LineField(max_length=300)
    message = PlainTextField(blank=True, help_text="What changed, in words.")

    class Meta:
        verbose_name = "change made"
        verbose_name_plural = "changes made"
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["noun", "object_id", "-at"], name="audit_of_an_object"),
            models.Index(fields=["-at", "-id", "noun"], name="audit_newest"),
        ]
        constraints = [not_empty("by_username", "audit_entry_has_a_person", "An audit entry needs a person.")]

    def __str__(self):
        if self.action in AT_THE_LOGIN:
            return f"{self.object_name} {self.get_action_display()}"
        return f"{self.by_name} {self.action} {self.object_name}"
