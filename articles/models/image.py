"""Image: a picture with everything needed to print it."""

import secrets

from django.core.validators import FileExtensionValidator
from django.db import models

from articles.fields import LineField
from articles.models.keyed import Keyed, SlugField, not_empty


def random_name(image, filename):
    """Where an upload is kept: under a name nobody can guess, so an unpublished picture stays unseen."""
    return f"images/{secrets.token_hex(16)}.{filename.rsplit('.', 1)[-1].lower()}"


class Image(Keyed):
    title = LineField(max_length=120, help_text="For finding the picture again; readers do not see it.")
    slug = SlugField(help_text="Names the picture in fixtures.")
    file = models.ImageField(
        upload_to=random_name,
        validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp"])],
        help_text="A JPEG, PNG or WebP file. It is stored anew, without the data a camera hides in it.",
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt = LineField(
        max_length=300,
        verbose_name="alternative text",
        help_text="What the picture shows, for readers who cannot see it.",
    )
    caption = LineField(max_length=500, blank=True)
    credit = LineField(max_length=200, blank=True, help_text="Who made it, for example: Photo: Jane Doe.")

    class Meta:
        ordering = ["title", "slug"]
        constraints = [
            not_empty("slug", "image_has_a_slug", "A picture needs a slug."),
            not_empty("file", "image_has_a_file", "A picture needs its file."),
            not_empty("alt", "image_has_alt_text", "A picture needs a text for readers who cannot see it."),
        ]

    def __str__(self):
        return self.title
