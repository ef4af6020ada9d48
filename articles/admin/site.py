"""The desk's own admin site: its name, its first page and its menu in the order of daily use."""

from functools import partial

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path

from articles.admin.calendar import calendar
from articles.admin.dashboard import desk_at_a_glance
from articles.admin.entrance import LoginForm
from articles.editorial import audit
from articles.models import AuditEntry

# Heading, and the models below it as they are opened in a day's work.
MENU = [
    ("Stories", ["Article", "Quote", "Source", "Statement", "ReplyRequest", "Image"]),
    ("Lists", ["Tag", "Section", "Author"]),
    ("Administration", ["User", "Group", "StatusChange", "AuditEntry"]),
]
A_FEW = 8
REDIRECT = 302


class DeskSite(AdminSite):
    login_form = LoginForm
    site_header = settings.SITE_NAME
    site_title = settings.SITE_NAME
    index_title = "Desk"
    site_url = "/"
    empty_value_display = "–"

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        menu = [
            {
                "name": heading,
                "app_label": heading.lower(),
                "app_url": "",
                "has_module_perms": True,
                "models": [models.pop(name) for name in names if name in models],
            }
            for heading, names in MENU
        ]
        menu.append(
            {
                "name": "Other",
                "app_label": "other",
                "app_url": "",
                "has_module_perms": True,
                "models": list(models.values()),
            }
        )
        return [group for group in menu if group["models"]]

    def get_urls(self):
        # As wide as Django's own, so that nothing gets past: it reads “+7” as a number, too.
        own = path(
            "r/<path:content_type_id>/<path:object_id>/",
            self.admin_view(self.view_on_site),
            name="view_on_site",
        )
        week = path("calendar/", self.admin_view(partial(calendar, site=self)), name="calendar")
        return [own, week, *super().get_urls()]

    def view_on_site(self, request, content_type_id, object_id):
        """To the page of a row; Django's own view would tell its address to anybody with an account."""
        kinds = ContentType.objects.get_for_models(*self._registry)
        page = {str(kind.pk): self._registry[model] for model, kind in kinds.items()}.get(content_type_id)
        row = page and page.get_object(request, object_id)
        if row is None or not page.has_view_permission(request, row) or not hasattr(row, "get_absolute_url"):
            raise Http404
        return redirect(row)

    def password_change(self, request, extra_context=None):
        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == REDIRECT:
            audit.record(
                AuditEntry.Action.CHANGED,
                request.user,
                by=request.user,
                message="Changed their own password.",
            )
        return response

    def index(self, request, extra_context=None):
        return super().index(request, {**(extra_context or {}), **desk_at_a_glance(request.user)})


#: The site every page of the desk is registered with.
desk = DeskSite(name="admin")
