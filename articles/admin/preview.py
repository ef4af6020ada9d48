"""The preview of a story at two widths, and the secret links to it."""

from functools import partial

from csp.decorators import csp_update
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from articles.admin.revisions import page_of, story
from articles.editorial.newsroom_time import in_full
from articles.editorial.preview_links import DAYS, links_of, make_link, revoke
from articles.editorial.revisions.drafts import draft_of
from articles.editorial.revisions.keeping import keep_what_was
from articles.models import PreviewLink, Revision

FOLLOWS, PINNED = "follows", "pinned"


class LinkForm(forms.Form):
    meant_for = forms.CharField(
        required=False,
        max_length=PreviewLink._meta.get_field("meant_for").max_length,
        label="For whom",
        help_text="For example: the lawyers. They read it on the page.",
    )
    shows = forms.ChoiceField(
        choices=[(FOLLOWS, "the story as it is edited"), (PINNED, "the story as it is now, for good")],
        initial=FOLLOWS,
        label="It shows",
    )
    days = forms.TypedChoiceField(
        choices=[(days, "1 day" if days == 1 else f"{days} days") for days in DAYS],
        coerce=int,
        initial=DAYS[1],
        label="It opens for",
    )


def preview_urls(model_admin) -> list:
    """The addresses; they must stand before Django's own, which take any path for a story's number."""

    def address(route, view, name):
        view = model_admin.admin_site.admin_view(partial(view, model_admin))
        return path(f"<path:object_id>/{route}", view, name=f"articles_article_{name}")

    return [
        address("preview/", preview_view, "preview"),
        address("preview/share/", share_view, "share"),
        address("preview/revoke/<uuid:key>/", revoke_view, "revoke"),
    ]


@csp_update({"frame-src": ["'self'"]})
def preview_view(model_admin, request, object_id):
    """Phone and desk side by side, as readers will see the story; below, who else can."""
    article = story(model_admin, request, object_id)
    return preview_page(model_admin, request, article)


def preview_page(model_admin, request, article, *, form=None, secret=None):
    context = {
        **page_of(model_admin, request, article, f"Preview of “{article}”"),
        "frame": reverse("preview_story", args=[article.pk]),
        "draft": draft_of(article),
        "links": [{"link": link, "opens_until": in_full(link.expires_at)} for link in links_of(article)],
        "form": form or LinkForm(),
        "new_link": secret and f"{settings.SITE_URL}{reverse('preview_shared', args=[secret])}",
    }
    return TemplateResponse(request, "admin/articles/article/preview.html", context)


@csp_update({"frame-src": ["'self'"]})
def share_view(model_admin, request, object_id):
    """Makes a link and shows its secret, this one time."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    with transaction.atomic():
        article = story(model_admin, request, object_id)
        if not model_admin.has_change_permission(request, article):
            raise PermissionDenied
        form = LinkForm(request.POST)
        if not form.is_valid():
            return preview_page(model_admin, request, article, form=form)
        asked = form.cleaned_data
        made = make_link(
            article,
            by=request.user,
            revision=as_it_is_now(article) if asked["shows"] == PINNED else None,
            meant_for=asked["meant_for"],
            days=asked["days"],
        )
    return preview_page(model_admin, request, article, secret=made.secret)


def as_it_is_now(article) -> Revision:
    """The version that the form shows."""
    draft = draft_of(article)
    if draft:
        return draft.revision
    keep_what_was(article)
    return article.revisions.saved().order_by("-version", "-pk").first()


def revoke_view(model_admin, request, object_id, key):
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    with transaction.atomic():
        article = story(model_admin, request, object_id)
        if not model_admin.has_change_permission(request, article):
            raise PermissionDenied
        revoke(get_object_or_404(PreviewLink, article=article, key=key), by=request.user)
    messages.success(request, "The link is revoked: nobody opens it any more.")
    return HttpResponseRedirect(reverse("admin:articles_article_preview", args=[article.pk]))
