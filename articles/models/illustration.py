"""Illustration: that a picture stands in the text of a story."""

from django.db import models

from articles.models.article import Article
from articles.models.image import Image
from articles.models.keyed import Keyed


class Illustration(Keyed):
    """The text says where it stands. With this row the picture is public when its story is, and is not deleted."""

    key_lookups = ("article__slug", "image__slug")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="illustrations")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="illustrations")

    class Meta:
        ordering = ["article", "image"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["article", "image"],
                name="illustration_is_noted_once",
                violation_error_message="This picture is noted for the story already.",
            )
        ]

    def __str__(self):
        return f"{self.image} in {self.article}"

    def natural_key(self):
        return (*self.article.natural_key(), *self.image.natural_key())

    natural_key.dependencies = ["articles.article", "articles.image"]
