"""Author: a name that stands over stories, of a person or a desk; Byline: that name over one story."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from articles.fields import LineField, PlainTextField
from articles.models.keyed import Keyed, KeyedQuerySet, SlugField, not_empty, one_of


class AuthorKind(models.TextChoices):
    PERSON = "person", "person"
    DESK = "desk", "desk"


class Author(Keyed):
    Kind = AuthorKind

    name = LineField(max_length=120, help_text="As it stands in the byline.")
    slug = SlugField(
        help_text="Part of the address of the author's page. Changing it breaks links to that page."
    )
    kind = models.CharField(
        max_length=20,
        choices=Kind.choices,
        default=Kind.PERSON,
        help_text="Search engines are told whether somebody or a team wrote the story: a desk is a team that signs together.",
    )
    title = LineField(max_length=120, blank=True, help_text="For example: technology reporter.")
    bio = PlainTextField(blank=True, help_text="A few sentences for the author's page.")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        verbose_name="account",
        help_text="The account this person logs in with. An author without an account is fine.",
    )

    class Meta:
        ordering = ["name", "slug"]
        constraints = [
            not_empty("name", "author_has_a_name", "An author needs a name."),
            not_empty("slug", "author_has_a_slug", "An author needs a slug."),
            one_of("kind", AuthorKind, "author_kind_is_known"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("author", args=[self.slug])


class Byline(Keyed):
    key_lookups = ("article__slug", "author__slug")

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="bylines")
    position = models.PositiveIntegerField(default=1, help_text="The order of names; 1 comes first.")
    role = LineField(
        max_length=60,
        blank=True,
        help_text="Only if it is not plain writing, for example: additional reporting.",
    )

    objects = KeyedQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author"],
                name="byline_names_an_author_once",
                violation_error_message="This author is in the byline already.",
            ),
            models.UniqueConstraint(
                fields=["article", "position"],
                name="byline_position_is_taken_once",
                violation_error_message="Two names in the byline have the same position.",
            ),
        ]

    def __str__(self):
        return f"{self.author} ({self.role})" if self.role else str(self.author)

    def natural_key(self):
        return (*self.article.natural_key(), *self.author.natural_key())

    natural_key.dependencies = ["articles.article", "articles.author"]
