"""Sections, in the order of the menu."""

from django.contrib import admin

from articles.admin.page import DeskAdmin
from articles.admin.site import desk
from articles.models import Section


@admin.register(Section, site=desk)
class SectionAdmin(DeskAdmin):
    readers_see_it = True
    fields = ["name", "slug", "description", "position"]
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "position", "description"]
    search_fields = ["name"]
