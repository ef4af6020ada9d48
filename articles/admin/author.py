"""Authors: the names in bylines."""

from django.contrib import admin

from articles.admin.page import DeskAdmin
from articles.admin.site import desk
from articles.models import Author


@admin.register(Author, site=desk)
class AuthorAdmin(DeskAdmin):
    readers_see_it = True
    fields = ["name", "slug", "kind", "title", "bio", "user"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["user"]
    list_display = ["name", "kind", "title", "user"]
    list_filter = ["kind"]
    list_select_related = ["user"]
    search_fields = ["name", "title"]
    show_facets = admin.ShowFacets.NEVER
