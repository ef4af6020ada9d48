"""Sources, with the names they go by and the titles they hold."""

from django.contrib import admin

from articles.admin.listing import number_of
from articles.admin.page import CalmRelations, DeskAdmin, NamedCells
from articles.admin.site import desk
from articles.models import Affiliation, Alias, Quote, Source


class AliasInline(NamedCells, admin.TabularInline):
    model = Alias
    extra = 0


class AffiliationInline(NamedCells, CalmRelations, admin.TabularInline):
    model = Affiliation
    fk_name = "source"
    fields = ["title", "organisation", "started_on", "ended_on", "known_on"]
    autocomplete_fields = ["organisation"]
    extra = 0


@admin.register(Source, site=desk)
class SourceAdmin(DeskAdmin):
    readers_see_it = True
    inlines = [AliasInline, AffiliationInline]
    fields = ["name", "slug", "kind", "description", "website"]
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "kind", "quoted"]
    list_filter = ["kind"]
    ordering = ["name", "slug"]
    search_fields = ["name", "aliases__name", "description"]
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(quoted=number_of(Quote.objects.all(), "source"))

    @admin.display(description="quotes", ordering="quoted")
    def quoted(self, source):
        return source.quoted
