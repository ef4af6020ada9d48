"""Who did what, over the whole desk: for reading only, here as in the database."""

from django.apps import apps
from django.contrib import admin

from articles.admin.page import DeskAdmin, ReadOnly
from articles.admin.site import desk
from articles.editorial.workflow import STEPS
from articles.models import AuditEntry, StatusChange


class StepFilter(admin.SimpleListFilter):
    """By what was done; the names are those of the table of steps, and no row is asked for them."""

    title = "step"
    parameter_name = "step"

    def lookups(self, request, model_admin):
        return [(name, row.label) for name, row in STEPS.items()]

    def queryset(self, request, queryset):
        return queryset.filter(step=self.value()) if self.value() in STEPS else queryset


@admin.register(StatusChange, site=desk)
class StatusChangeAdmin(ReadOnly, DeskAdmin):
    list_display = ["at", "by_name", "headline", "from_status", "to_status", "note"]
    list_filter = [StepFilter, "at"]
    search_fields = ["headline", "by_name", "by_username", "note"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]


@admin.register(AuditEntry, site=desk)
class AuditEntryAdmin(ReadOnly, DeskAdmin):
    """What was done to nouns this person may see; the history of accounts is for those who may see accounts."""

    def get_queryset(self, request):
        nouns = [
            model._meta.label_lower
            for model in apps.get_models()
            if request.user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")
        ]
        return super().get_queryset(request).filter(noun__in=nouns)

    list_display = ["at", "by_name", "action", "noun", "object_name", "message"]
    list_filter = ["action", "noun", "at"]
    search_fields = ["object_name", "by_name", "by_username", "message"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]
