"""Edition: the number of the newspaper as readers see it now. One row."""

from django.db import models
from django.utils import timezone

from articles.fields import MomentField
from articles.models.keyed import Keyed


class Edition(Keyed):
    """Any change a reader can see raises the number in the same transaction (see `editorial.edition`)."""

    THE_ONE = 1
    key_lookups = ("pk",)

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE, editable=False)
    number = models.PositiveBigIntegerField(default=1)
    since = MomentField(default=timezone.now)
    next_change_at = MomentField(
        null=True, help_text="When the next scheduled story falls due; the edition is over at that moment."
    )

    class Meta:
        default_permissions = ("view",)
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_edition")]

    def __str__(self):
        return f"Edition {self.number}"
