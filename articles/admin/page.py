"""What every admin page of the desk shares: history nobody can edit, and pages that obey the strict CSP."""

import json
from contextlib import nullcontext

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.forms import CheckboxInput
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from js_asset import Media

from articles.admin.chosen import OneChoice, RowChoice
from articles.admin.deletion import Deletion
from articles.admin.listing import KeysFirst, QuickList, found_in
from articles.editorial import audit
from articles.editorial.edition import new_edition
from articles.editorial.turns import take_turns
from articles.models import AuditEntry

TRIES = 5


class CalmRelations:
    """Beside a field that leads to another noun: the plus sign to add one, and no further buttons.

    Changing or deleting a source, a tag or a section touches other stories; it is done on its own page.
    """

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs |= {"widget": OneChoice(db_field, self.admin_site), "form_class": RowChoice}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = False
            field.widget.can_delete_related = False
            field.widget.can_view_related = False
        return field


class NamedCells:
    """For rows in a table: each cell's field is called what its column is called, also by a screen reader."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", capfirst(field.label))
        return field

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.deletion_widget = NamedDeletion
        return formset


class NamedDeletion(CheckboxInput):
    def __init__(self, attrs=None):
        super().__init__({"aria-label": "Delete this row", **(attrs or {})})


class DeskAdmin(CalmRelations, Deletion, admin.ModelAdmin):
    """A ModelAdmin that writes the newsroom's own history and makes a new edition where readers may see a change."""

    readers_see_it = False
    #: Whether a change of a row has to wait its turn like a new row: where names are compared beyond what the database can.
    names_take_turns = False
    save_on_top = False
    list_per_page = 50
    paginator = KeysFirst
    show_full_result_count = False
    object_history_template = "admin/articles/object_history.html"

    def get_changelist(self, request, **kwargs):
        return QuickList

    def get_search_results(self, request, queryset, search_term):
        fields = self.get_search_fields(request)
        if not fields or not search_term.strip():
            return queryset, False
        return found_in(queryset, fields, search_term), False

    def lookup_allowed(self, lookup, value, request):
        """No patterns in addresses: the right one keeps the database busy for minutes."""
        return not lookup.endswith(("__regex", "__iregex")) and super().lookup_allowed(lookup, value, request)

    def changelist_view(self, request, extra_context=None):
        """Called what it lists, and not “Select story to change”."""
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Who adds a row waits for others who add one, so that each finds a name that is free. One that is changed
        may take the name of another all the same: whoever comes second tries once more."""
        takes_a_turn = request.method == "POST" and (object_id is None or self.names_take_turns)
        for _ in range(TRIES):
            try:
                with transaction.atomic() if takes_a_turn else nullcontext():
                    if takes_a_turn:
                        take_turns(self.model)
                    return super().changeform_view(request, object_id, form_url, extra_context)
            except IntegrityError:
                continue
        return super().changeform_view(request, object_id, form_url, extra_context)

    # Django calls these after a change, inside its transaction. Its own LogEntry rows fall with the account
    # that caused them, so they are not written at all.
    def log_addition(self, request, obj, message):
        self.write_down(AuditEntry.Action.ADDED, request, obj, message)

    def log_change(self, request, obj, message):
        self.write_down(AuditEntry.Action.CHANGED, request, obj, message)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            self.write_down(AuditEntry.Action.DELETED, request, obj, "")

    def write_down(self, action, request, obj, message):
        if self.is_seen_by_readers(obj):
            new_edition()
        audit.record(action, obj, by=request.user, message=in_words(message))

    def is_seen_by_readers(self, obj) -> bool:
        return self.readers_see_it

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        return self.history_page(request, obj)

    def history_page(self, request, obj):
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of “{obj}”",
            "subtitle": None,
            "opts": self.opts,
            "object": obj,
            "preserved_filters": self.get_preserved_filters(request),
            "lines": self.history_lines(obj),
        }
        return TemplateResponse(request, self.object_history_template, context)

    def history_lines(self, obj) -> list[dict]:
        """Who did what with this row, newest first."""
        return [
            {"at": entry.at, "by": entry.by_name, "what": entry.get_action_display(), "detail": entry.message}
            for entry in audit.history_of(obj)
        ]

    def render_change_form(self, request, context, *args, **kwargs):
        # The body editor brings an import map, which the CSP lets through by its nonce only.
        context["media"] = Media.from_media(context["media"]).with_nonce(str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)


def in_words(message) -> str:
    """Django's list of changes as the sentence it shows: “Changed Headline and Deck.”"""
    text = message if isinstance(message, str) else json.dumps(message)
    sentence = str(LogEntry(change_message=text).get_change_message())
    return sentence.replace("““", "“").replace("””", "”")  # a quote's name brings its own marks


class ReadOnly:
    """Mix-in for pages that only show: nobody adds, changes or deletes there."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
