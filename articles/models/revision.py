"""Revision: a story as one save left it. LiveDraft: the revision of a published story that readers do not see yet."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from articles.fields import LineField, MomentField, PlainTextField
from articles.models.article import Article
from articles.models.keyed import Keyed, KeyedQuerySet, not_empty, one_of


class RevisionKind(models.TextChoices):
    SAVED = "saved", "saved"
    DRAFT = "draft", "draft of a live story"
    ASIDE = "aside", "typed, but not saved"


class RevisionJudgement(models.TextChoices):
    """What was decided about a change of substance to a story that readers had already seen."""

    NOT_ASKED = "", "not asked"
    OPEN = "open", "open"
    ROUTINE = "routine", "routine"
    TOLD = "told", "readers were told"


class RevisionQuerySet(KeyedQuerySet):
    def newest_first(self):
        return self.order_by("-at", "-pk")

    def saved(self):
        """What the story itself was, one save after another."""
        return self.filter(kind=RevisionKind.SAVED)


class Revision(Keyed):
    """Written by `editorial.revisions` alone. Only its name and the judgement change after that.

    `content` is the story as a fixture states it: a JSON list of objects, the story's own first.
    """

    Kind = RevisionKind
    Judgement = RevisionJudgement
    key_lookups = ("key",)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField(help_text="The story's version after that save.")
    kind = models.CharField(max_length=20, choices=RevisionKind.choices, default=RevisionKind.SAVED)
    at = MomentField(default=timezone.now)
    by_username = models.CharField(max_length=150)
    by_name = LineField(max_length=310)
    note = LineField(max_length=500, blank=True, help_text="What it was for, or where it came from.")
    name = LineField(
        max_length=120, blank=True, help_text="To find it again, for example: as sent to the lawyers."
    )
    judgement = models.CharField(
        max_length=20, choices=RevisionJudgement.choices, default=RevisionJudgement.NOT_ASKED, blank=True
    )
    content = PlainTextField(help_text="The story and its rows as objects of a fixture, in JSON.")
    numbers = PlainTextField(
        blank=True,
        serialize=False,
        help_text="The rows in this database that the objects stand for. Never in a fixture.",
    )

    #: In place of a name, where nobody at the desk ever touched the story before.
    FROM_A_FILE = "a file"

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["article", "-at", "-id"], name="revisions_of_a_story"),
            models.Index(
                fields=["judgement"], name="revisions_to_judge", condition=models.Q(judgement="open")
            ),
        ]
        constraints = [
            one_of("kind", RevisionKind, "revision_kind_is_known"),
            one_of("judgement", RevisionJudgement, "revision_judgement_is_known"),
            not_empty("by_username", "revision_has_a_person", "A revision needs the person who saved."),
            not_empty("content", "revision_has_content", "A revision needs the story it keeps."),
        ]

    def __str__(self):
        called = "Typed over version" if self.kind == RevisionKind.ASIDE else "Version"
        return self.name or f"{called} {self.version}"


class LiveDraft(Keyed):
    """While there is one, the form of the story opens on it, and readers see the story itself."""

    key_lookups = ("article__slug",)

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="live_draft")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    based_on = models.PositiveIntegerField(
        help_text="The version of the story that the draft was begun from."
    )

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"Draft of {self.article}"

    def natural_key(self):
        return self.article.natural_key()

    natural_key.dependencies = ["articles.article"]

    def clean(self):
        if self.revision_id and self.revision.article_id != self.article_id:
            raise ValidationError(
                {"revision": f"“{self.revision}” is of another story. Choose a revision of this one."}
            )
