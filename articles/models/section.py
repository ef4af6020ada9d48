"""Section: a part of the newspaper with a page and feeds of its own."""

from django.db import models
from django.urls import reverse

from articles.fields import LineField, PlainTextField
from articles.models.keyed import Keyed, KeyedQuerySet, SlugField, not_empty


class SectionQuerySet(KeyedQuerySet):
    def in_order(self):
        return self.order_by("position", "slug")


class Section(Keyed):
    name = LineField(max_length=60, unique=True)
    slug = SlugField(
        help_text="Part of the address of the section's page. Changing it breaks links to that page."
    )
    description = PlainTextField(
        blank=True, help_text="One or two sentences, shown on top of the section's page."
    )
    position = models.PositiveSmallIntegerField(
        default=100, help_text="Smaller numbers come first in the menu."
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]
        constraints = [
            not_empty("name", "section_has_a_name", "A section needs a name."),
            not_empty("slug", "section_has_a_slug", "A section needs a slug."),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("section", args=[self.slug])
