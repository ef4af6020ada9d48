"""PreviewLink: a secret address under which somebody without an account reads a story before readers do."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from articles.fields import LineField, MomentField
from articles.models.article import Article
from articles.models.keyed import Keyed, not_empty
from articles.models.revision import Revision


class PreviewLink(Keyed):
    """Of the secret only a digest is kept: who reads the database cannot open the page."""

    key_lookups = ("key",)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="preview_links")
    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, null=True, blank=True, related_name="preview_links",
        help_text="The version it shows for good. Without one it follows the story as it is edited.",
    )  # fmt: skip
    digest = models.CharField(max_length=64, unique=True, editable=False)
    meant_for = LineField(max_length=200, blank=True, help_text="For whom, for example: the lawyers.")
    made_at = MomentField(default=timezone.now)
    by_username = models.CharField(max_length=150)
    by_name = LineField(max_length=310)
    expires_at = MomentField(help_text="At most a week after it was made.")
    revoked_at = MomentField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["article", "-made_at"], name="preview_links_of_a_story")]
        constraints = [
            not_empty("digest", "preview_link_has_a_digest", "A preview link needs its digest."),
            not_empty("by_username", "preview_link_has_a_person", "A preview link needs a person."),
        ]

    def __str__(self):
        return f"{self.article} for {self.meant_for}" if self.meant_for else str(self.article)

    def clean(self):
        if self.revision and self.revision.article_id != self.article_id:
            raise ValidationError(
                {"revision": f"“{self.revision}” is of another story. Choose a revision of this one."}
            )
