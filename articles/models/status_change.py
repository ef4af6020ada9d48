"""StatusChange: one step of a story on its way, who took it and when. Append-only."""

import uuid

from django.db import models
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.utils import timezone

from articles.fields import LineField, MomentField, PlainTextField
from articles.models.article import ArticleStatus
from articles.models.keyed import Keyed, not_empty


class RowOrNone(ForwardManyToOneDescriptor):
    def get_object(self, instance):
        try:
            return super().get_object(instance)
        except self.field.related_model.DoesNotExist:
            return None


class LastingReference(models.ForeignKey):
    """A foreign key that stays when its row is gone, and then reads as None."""

    forward_related_accessor_class = RowOrNone

    def __init__(self, *args, **kwargs):
        # Null where the copy a row was loaded from was made after its story had gone.
        super().__init__(
            *args, **{**kwargs, "null": True, "on_delete": models.DO_NOTHING, "db_constraint": False}
        )

    def get_internal_type(self):
        return "ForeignKey"

    def value_from_object(self, obj):
        # What a fixture gets: the key of a row that is gone would be that of another row elsewhere.
        return super().value_from_object(obj) if getattr(obj, self.name) else None


class StatusChange(Keyed):
    """The database refuses to change or delete a row (see the migration `history_is_append_only`).

    The person is kept by name, not by reference, so that the row outlives the account; the story's row is
    referred to without a foreign key in the database, so that it outlives the story as well.
    """

    key_lookups = ("key",)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = LastingReference("Article", related_name="status_changes")
    headline = LineField(max_length=200, help_text="The headline at that moment.")
    step = models.CharField(max_length=20)
    from_status = models.CharField(max_length=20, choices=ArticleStatus.choices)
    to_status = models.CharField(max_length=20, choices=ArticleStatus.choices)
    by_username = models.CharField(max_length=150)
    by_name = LineField(max_length=310)
    at = MomentField(default=timezone.now)
    note = PlainTextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["-at", "-id"], name="steps_newest")]
        constraints = [
            not_empty("by_username", "status_change_has_a_person", "A step needs the person who took it.")
        ]

    def __str__(self):
        return f"{self.headline}: {self.get_to_status_display()}"
