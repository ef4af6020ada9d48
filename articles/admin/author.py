"""Authors: who signs stories, and the byline in a story's form."""

from django.contrib import admin

from articles.admin.ordered import OrderedForm, OrderedFormSet
from articles.admin.page import DeskAdmin, NamedCells
from articles.admin.rows import StoryRows
from articles.admin.site import desk
from articles.models import Author, Byline


class BylineInline(NamedCells, StoryRows, admin.TabularInline):
    model = Byline
    form = OrderedForm
    formset = OrderedFormSet
    fields = ["position", "author", "role"]
    autocomplete_fields = ["author"]
    extra = 0
    verbose_name = "author"
    verbose_name_plural = "Byline"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("author")


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
