"""Deleting on the desk: what is used stays, and the page says where; what goes, goes after a question."""

from contextlib import nullcontext
from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.utils import model_ngettext
from django.db import IntegrityError, models
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.admin.site import desk
from articles.editorial.seals import sealed_last
from articles.editorial.uses import Use, uses_of
from articles.editorial.workflow import in_words, standing
from articles.models import Article

PLACES_ON_A_PAGE = 20
PLACES_IN_A_LIST = 3
MOST_AT_ONCE = 200

#: What somebody can do who wants to be rid of what is used.
INSTEAD = {
    "source": "Words keep their speaker. If somebody is listed twice, open each story and choose the other source "
    "there; nothing uses this one then, and it can be deleted. A wrong name is mended on the source's own page.",
    "author": "A story keeps its byline. If an author is listed twice, choose the other one in each byline first. "
    "Somebody who has left stays as an author; their account can be closed.",
    "image": "Choose another picture in each of these stories first.",
    "section": "Choose another section for each of these stories first; also for those in the bin.",
    "statement": "Take it off the quotes in each of these stories first.",
    "user": "To keep somebody out, close the account: take away “Active”, and nobody can log in with it.",
}
#: The same, where something goes along with what can be deleted.
RATHER = {
    "user": INSTEAD["user"],
    "tag": "If it is another word for a tag that stays, add it to that tag as a synonym: its address then leads there.",
}

#: Where a list of the desk shows all places of a use.
LISTS = {
    "articles.quote.source": ("articles_quote", "source__id__exact"),
    "articles.byline.author": ("articles_article", "bylines__author__id__exact"),
    "articles.article.section": ("articles_article", "section__id__exact"),
}
#: Stories stand together by their state, what readers see first.
STATES = ["published", "scheduled", "review", "draft", "withdrawn", "binned"]
ANCHORS = {"quote": "#quotes-group", "replyrequest": "#reply_requests-group", "byline": "#bylines-group"}


@dataclass(frozen=True)
class Place:
    """One place of use, as the page shows it; without an address for somebody who may not open it."""

    name: str
    address: str
    times: int
    status: str = ""
    state: str = ""


@dataclass(frozen=True)
class Shown:
    """One use: the sentence, the newest places, how many more there are, and whether there are hidden ones."""

    sentence: str
    places: list[Place]
    more: int
    all_of_them: str
    others: bool


@dataclass(frozen=True)
class Judged:
    """A row somebody wants to delete: what keeps it, if anything, and what goes with it."""

    row: models.Model
    address: str
    forbidden: bool
    keeps: list[Shown]
    goes: list[Shown]

    @property
    def stays(self) -> bool:
        return self.forbidden or bool(self.keeps)


class Deletion:
    """Mix-in for an admin page: says where a row is used in place of Django's list of “protected objects”."""

    delete_confirmation_template = "admin/articles/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/articles/delete_selected_confirmation.html"

    def delete_view(self, request, object_id, extra_context=None):
        try:
            with sealed_last() if request.method == "POST" else nullcontext():
                return super().delete_view(request, object_id, extra_context)
        except (models.ProtectedError, IntegrityError):
            messages.error(request, "Somebody has begun to use it meanwhile, so nothing was deleted.")
            return HttpResponseRedirect(request.get_full_path())

    def get_deleted_objects(self, objs, request):
        """Django asks this in both places; a value that is true in the last place means that nothing is deleted."""
        judged = self.judge(list(objs), request, at_most=PLACES_ON_A_PAGE)
        kept = [one for one in judged if one.stays]
        return judged, {}, set(), kept

    def judge(self, rows, request, *, at_most) -> list[Judged]:
        uses = uses_of(rows, visible=lambda model: self.rows_seen(model, request), at_most=at_most)
        return [
            Judged(
                row,
                self.address_of(row, request),
                not self.has_delete_permission(request, row),
                [self.shown(use, row, request) for use in uses[row.pk] if use.relation.keeps],
                [self.shown(use, row, request) for use in uses[row.pk] if not use.relation.keeps],
            )
            for row in rows
        ]

    def rows_seen(self, model, request):
        """What this person may see; rows without a page of their own belong to one that has."""
        page = self.admin_site._registry.get(model)
        if page is None:
            return model._default_manager.all()
        return (
            page.get_queryset(request) if page.has_view_permission(request) else model._default_manager.none()
        )

    def address_of(self, row, request) -> str:
        page = self.admin_site._registry.get(type(row))
        if page is None or not page.has_view_permission(request, row):
            return ""
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])

    def shown(self, use: Use, thing, request) -> Shown:
        anchor = ANCHORS.get(use.relation.column.model._meta.model_name, "")
        places = [self.place(row, times, anchor, request) for row, times in use.places]
        return Shown(
            str(use),
            sorted(places, key=lambda place: STATES.index(place.status) if place.status else 0),
            use.more,
            list_of_all(use, thing) if use.more else "",
            bool(use.seen and use.unseen),
        )

    def place(self, row, times, anchor, request) -> Place:
        address = self.address_of(row, request)
        if isinstance(row, Article):
            return Place(str(row), address and address + anchor, times, standing(row).value, in_words(row))
        return Place(str(row), address, times)

    def render_delete_form(self, request, context):
        [judged] = context["deleted_objects"]
        name = context["object_name"]
        context["title"] = (
            f"Cannot delete {name} “{judged.row}”" if judged.stays else f"Delete {name} “{judged.row}”?"
        )
        context |= {"judged": judged, "instead": instead(self.model, judged)}
        return super().render_delete_form(request, context)


def list_of_all(use: Use, thing) -> str:
    if use.relation.name == "articles.taggedarticle.tag":
        return f"{reverse('admin:articles_article_changelist')}?tag={thing.slug}"
    if use.relation.name not in LISTS:
        return ""
    page, lookup = LISTS[use.relation.name]
    return f"{reverse(f'admin:{page}_changelist')}?{lookup}={thing.pk}"


def instead(model, judged: Judged) -> str:
    """What else could be done, where something stands against deleting or goes with it."""
    advice = INSTEAD if judged.keeps else RATHER if judged.goes else {}
    return advice.get(model._meta.model_name, "")


@admin.action(permissions=["delete"], description="Delete selected %(verbose_name_plural)s")
def delete_selected(modeladmin, request, queryset):
    """First says what goes, what stays and why; then deletes what was shown to go, all of it or nothing."""
    rows = list(queryset.order_by("pk")[: MOST_AT_ONCE + 1])
    if not rows:
        messages.error(request, "Nothing was deleted: none of them is there any more.")
        return None
    if len(rows) > MOST_AT_ONCE:
        messages.error(
            request, f"Nothing was deleted: at most {MOST_AT_ONCE} can be deleted at once. Choose fewer."
        )
        return None
    judged = modeladmin.judge(rows, request, at_most=PLACES_IN_A_LIST)
    if request.POST.get("post"):
        if delete_all(modeladmin, request, judged):
            return None
        judged = modeladmin.judge(rows, request, at_most=PLACES_IN_A_LIST)
    return ask(modeladmin, request, judged)


def delete_all(modeladmin, request, judged) -> bool:
    """Deletes the rows, unless one of them has come into use since they were shown."""
    rows = [one.row for one in judged]
    chosen = modeladmin.model._default_manager.filter(pk__in=[row.pk for row in rows])
    try:
        if any(one.stays for one in judged):
            raise models.ProtectedError("in use", set())
        with sealed_last():
            modeladmin.log_deletions(request, rows)
            modeladmin.delete_queryset(request, chosen)
    except (models.ProtectedError, IntegrityError):
        messages.error(request, "Not all of them can be deleted any more, so nothing was deleted yet.")
        return False
    number = len(rows)
    messages.success(request, f"Deleted {number} {model_ngettext(modeladmin.opts, number)}.")
    return True


def ask(modeladmin, request, judged):
    goes, stays = [one for one in judged if not one.stays], [one for one in judged if one.stays]
    names = modeladmin.opts.verbose_name_plural
    if not goes:
        title = f"None of these {names} can be deleted"
    else:
        of = f" of {len(judged)}" if stays else ""
        title = f"Delete {len(goes)}{of} {model_ngettext(modeladmin.opts, len(judged))}?"
    context = {
        **modeladmin.admin_site.each_context(request),
        "title": title,
        "opts": modeladmin.opts,
        "goes": goes,
        "stays": stays,
        "of_those": model_ngettext(modeladmin.opts, len(goes)),
        "instead": next(filter(None, (instead(modeladmin.model, one) for one in [*stays, *goes])), ""),
        "action_checkbox_name": helpers.ACTION_CHECKBOX_NAME,
        "media": modeladmin.media,
    }
    request.current_app = modeladmin.admin_site.name
    return TemplateResponse(request, modeladmin.delete_selected_confirmation_template, context)


# In place of Django's own action, for every list of the desk.
desk.add_action(delete_selected, "delete_selected")
