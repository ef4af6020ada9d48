"""Statements: what several stories quote, each in its own cut."""

from django.contrib import admin

from articles.admin.page import DeskAdmin
from articles.admin.site import desk
from articles.models import Statement


@admin.register(Statement, site=desk)
class StatementAdmin(DeskAdmin):
    readers_see_it = True
    fields = ["title", "slug", "form", "description"]
    prepopulated_fields = {"slug": ["title"]}
    list_display = ["title", "form"]
    list_filter = ["form"]
    search_fields = ["title", "description"]
    show_facets = admin.ShowFacets.NEVER
