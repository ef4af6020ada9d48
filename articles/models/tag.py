"""Tag: what a story is about; TagSynonym: another word for it; TaggedArticle: that a story carries it."""

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from taggit.models import ItemBase, TagBase

from articles.fields import LineField, PlainTextField
from articles.models.keyed import Keyed, KeyedQuerySet, SlugField, not_empty, one_of


class TagKind(models.TextChoices):
    TOPIC = "topic", "topic"
    PERSON = "person", "person"
    ORGANISATION = "organisation", "organisation"
    PLACE = "place", "place"
    EVENT = "event", "event"


class Tag(TagBase):
    Kind = TagKind
    key_lookups = ("slug",)

    name = LineField(max_length=100, unique=True)
    slug = SlugField(max_length=100, help_text="Part of the address of the tag's page.")
    kind = models.CharField(max_length=20, choices=TagKind.choices, default=TagKind.TOPIC)
    description = PlainTextField(
        blank=True, help_text="One or two sentences, shown on top of the tag's page."
    )

    objects = KeyedQuerySet.as_manager()

    class Meta:
        ordering = ["name", "slug"]
        constraints = [
            not_empty("name", "tag_has_a_name", "A tag needs a name."),
            not_empty("slug", "tag_has_a_slug", "A tag needs a slug."),
            one_of("kind", TagKind, "tag_kind_is_known"),
            models.UniqueConstraint(
                Lower("name"),
                name="tag_name_is_unique_in_any_case",
                violation_error_message="There is a tag with this name already.",
            ),
        ]

    def get_absolute_url(self):
        return reverse("tag", args=[self.slug])

    def natural_key(self):
        return (self.slug,)


class TagSynonym(Keyed):
    key_lookups = ("name",)

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="synonyms")
    name = LineField(max_length=100, help_text="Another word for the tag; whoever types it gets the tag.")

    class Meta:
        ordering = ["name"]
        constraints = [
            not_empty("name", "tag_synonym_has_a_name", "A synonym needs a name."),
            models.UniqueConstraint(
                Lower("name"),
                name="tag_synonym_means_one_tag",
                violation_error_message="This synonym stands for a tag already.",
            ),
        ]

    def __str__(self):
        return self.name


class TaggedArticle(ItemBase):
    """Our own through-model: with django-taggit's generic one, `dumpdata` and `loaddata` lose tags silently."""

    key_lookups = ("content_object__slug", "tag__slug")

    content_object = models.ForeignKey(
        "Article", on_delete=models.CASCADE, related_name="tagged_items", verbose_name="article"
    )
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_items")

    objects = KeyedQuerySet.as_manager()

    class Meta:
        verbose_name = "tagged article"
        ordering = ["tag__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="article_carries_a_tag_once")
        ]

    def __str__(self):
        return f"{self.content_object} is about {self.tag}"

    def natural_key(self):
        return (*self.content_object.natural_key(), *self.tag.natural_key())

    natural_key.dependencies = ["articles.article", "articles.tag"]
