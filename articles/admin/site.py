"""The desk's own admin site: its name, its first page and its menu in the order of daily use."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from articles.editorial.edition import current_edition
from articles.models import Article, StatusChange

# Heading, and the models below it as they are opened in a day's work.
MENU = [
    ("Stories", ["Article", "Quote", "Source", "Statement", "ReplyRequest", "Image"]),
    ("Lists", ["Tag", "Section", "Author"]),
    ("Administration", ["User", "Group", "StatusChange", "AuditEntry"]),
]
A_FEW = 8


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
