"""How a page leaves the house: its template, its neighbours in the menu, and who may keep a copy."""

import re

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path

from articles.public.visible import sections_in_print

PER_PAGE = 20
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)

#: Anybody may keep a copy, but has to ask whether it is still good: a withdrawn story is gone at once.
ASK_EACH_TIME = "public, max-age=0, must-revalidate"
KEEP_NOTHING = "private, no-store"


def absolute(address):
    """The address on the public site; never built from what a request claims the host is."""
    return f"{settings.SITE_URL}{address}"


def page(request, template, context, *, at):
    """A page that is the same for everybody. One about a row says which path is its own (`own_path`): it is also
    found under the same slug in capitals."""
    path = context.get("own_path") or escape_uri_path(request.path)
    shared = {
        "sections": sections_in_print(at),
        "own_path": path,
        "canonical": absolute(numbered(path, context.get("listed"))),
    }
    response = render(request, template, {**shared, **context})
    response["Cache-Control"] = ASK_EACH_TIME
    return response


def page_for_some(request, template, context, *, at, preview):
    """A page whose address also shows staff what readers do not see yet (`preview`)."""
    response = page(request, template, {"preview": preview, **context}, at=at)
    patch_vary_headers(response, ["Cookie"])
    if preview:
        response["Cache-Control"] = KEEP_NOTHING
        response["X-Robots-Tag"] = "noindex, noarchive"
    return response


def numbered(path, listed):
    """The page's one address: without a query, save for the number of a later page of a list."""
    return f"{path}?page={listed.number}" if listed and listed.number > 1 else path


def may_preview(request):
    """Whether this is somebody from the desk. Costs nothing for a reader without a session."""
    user = request.user
    return user.is_active and user.is_staff and user.has_perm("articles.view_article")


def paged(request, rows):
    """The page of a list a reader asked for; an unknown or odd number is an unknown address."""
    number = request.GET.get("page", "1")
    pages = Paginator(rows, PER_PAGE)
    if not PAGE_NUMBER.fullmatch(number) or int(number) > pages.num_pages:
        raise Http404
    return pages.page(int(number))
