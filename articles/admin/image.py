"""Pictures: uploaded once, printed anywhere."""

from django import forms
from django.contrib import admin
from django.core.files.images import get_image_dimensions
from django.core.files.uploadedfile import UploadedFile
from django.db.models import OuterRef
from django.urls import path

from articles.admin.listing import number_of
from articles.admin.page import DeskAdmin
from articles.admin.pictures import picture_cards
from articles.admin.site import desk
from articles.editorial.pictures import clean_picture
from articles.models import Article, Illustration, Image


class ImageForm(forms.ModelForm):
    def clean_file(self):
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        picture = clean_picture(file)
        self.instance.width, self.instance.height = get_image_dimensions(picture)
        return picture


@admin.register(Image, site=desk)
class ImageAdmin(DeskAdmin):
    form = ImageForm
    readers_see_it = True
    fields = ["title", "slug", "file", "alt", "caption", "credit"]
    prepopulated_fields = {"slug": ["title"]}
    list_display = ["title", "size", "credit", "used"]
    ordering = ["title", "slug"]
    search_fields = ["title", "alt", "caption", "credit"]

    def get_queryset(self, request):
        # A story that opens with a picture and shows it again in its text uses it once.
        in_texts = Illustration.objects.exclude(article__image=OuterRef("pk"))
        uses = number_of(Article.objects.all(), "image") + number_of(in_texts, "image")
        return super().get_queryset(request).annotate(used=uses)

    def get_urls(self):
        """The pages, and what the body editor asks for."""
        cards = self.admin_site.admin_view(picture_cards)
        return [
            path("cards/", cards, {"pictures": self}, name="articles_image_cards"),
            *super().get_urls(),
        ]

    @admin.display(description="size")
    def size(self, image):
        return f"{image.width} × {image.height}"

    @admin.display(description="stories", ordering="used")
    def used(self, image):
        return image.used
