"""Seal: that a line of history is as it was written, and where it stands among all the others. Append-only."""

from django.db import models

from articles.models.keyed import Keyed


class Seal(Keyed):
    """One for each StatusChange and AuditEntry, in the order in which they were written (see `editorial.seals`).

    The row with the number 0 is the head of the chain: its `line` says how many lines are sealed, and its digest that
    these are all. It alone is ever changed, by the next seal, and its count only goes up: the database refuses anything
    else (see the migration `history_is_sealed`).
    """

    HEAD = 0
    key_lookups = ("pk",)

    number = models.PositiveBigIntegerField(primary_key=True, help_text="Its place in the chain, from 1.")
    noun = models.CharField(
        max_length=100, blank=True, help_text="The model, for example: articles.auditentry."
    )
    line = models.PositiveBigIntegerField(help_text="The row of that model.")
    digest = models.CharField(max_length=64, help_text="Over the line, its place and the head before it.")

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["noun", "line"], name="seal_of_a_line")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number=0, noun="") | (models.Q(number__gt=0) & ~models.Q(noun="")),
                name="seal_is_of_a_line",
                violation_error_message="A seal needs the line it is of; only the head of the chain is of none.",
            ),
        ]

    def __str__(self):
        return f"Seal {self.number}" if self.number else f"Head over {self.line} seals"
