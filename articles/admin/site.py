"""The desk's own admin site: its name, its first page and its menu in the order of daily use."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.db.models.functions import Coalesce, Greatest
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone

from articles.editorial import audit
from articles.editorial.edition import current_edition
from articles.models import Article, AuditEntry, StatusChange

# Heading, and the models below it as they are opened in a day's work.
MENU = [
    ("Stories", ["Article", "Quote", "Source", "Statement", "ReplyRequest", "Image"]),
    ("Lists", ["Tag", "Section", "Author"]),
    ("Administration", ["User", "Group", "StatusChange", "AuditEntry"]),
]
A_FEW = 8
REDIRECT = 302


class DeskSite(AdminSite):
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
        own = path(
            "r/<int:content_type_id>/<int:object_id>/",
            self.admin_view(self.view_on_site),
            name="view_on_site",
        )
        return [own, *super().get_urls()]

    def view_on_site(self, request, content_type_id, object_id):
        """To the page of a row; Django's own view would tell its address to anybody with an account."""
        kind = get_object_or_404(ContentType, pk=content_type_id)
        page = self._registry.get(kind.model_class())
        row = page and page.get_object(request, str(object_id))
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


def desk_at_a_glance(user) -> dict:
    """What somebody wants to see first: their drafts, what waits, what goes out next, what went out."""
    if not user.has_perm("articles.view_article"):
        return {}
    now = timezone.now()
    stories = Article.objects.select_related("section").defer("body")
    status = Article.Status
    return {
        "now_in": timezone.localtime(now).tzname(),
        "edition": current_edition(now),
        "lists": [
            {
                "title": "My drafts",
                "empty": "You have no drafts.",
                "stories": stories.filter(status=status.DRAFT, created_by=user).order_by("-pk")[:A_FEW],
            },
            {
                "title": "Waiting for review",
                "empty": "Nothing waits for review.",
                "stories": stories.filter(status=status.IN_REVIEW).order_by("-pk")[:A_FEW],
            },
            {
                "title": "Going out next",
                "empty": "Nothing is scheduled.",
                "stories": stories.filter(status__in=status.going_out())
                .exclude(pk__in=Article.objects.published(now).values("pk"))
                .order_by(Greatest("published_at", Coalesce("embargo_until", "published_at")), "pk")[:A_FEW],
            },
            {
                "title": "Recently published",
                "empty": "Nothing is published yet.",
                "stories": stories.published(now).newest_first()[:A_FEW],
            },
        ],
        "steps": StatusChange.objects.select_related("article")
        .defer("article__body")
        .order_by("-at", "-pk")[:A_FEW],
    }


#: The site every page of the desk is registered with.
desk = DeskSite(name="admin")
