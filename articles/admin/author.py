"""Authors: the names in bylines."""

from django.contrib import admin

from articles.admin.desk import DeskAdmin
from articles.admin.site import desk
from articles.models import Author


@admin.register(Author, site=desk)
class AuthorAdmin(DeskAdmin):
    readers_see_it = True
    fields = ["name", "slug", "title", "bio", "user"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["user"]
    list_display = ["name", "title", "user"]
    list_select_related = ["user"]
    search_fields = ["name", "title"]
