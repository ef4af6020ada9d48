"""A story at the reader's template before readers see it: for the desk, and for whoever holds a secret link.

Which story and which version is decided by the address alone, never by a header or a query, and nobody keeps a copy.
"""

from csp.decorators import csp_replace
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from articles.editorial.preview_links import in_force, link_for, pictures_shown_by, shown_by
from articles.editorial.revisions.keeping import kept_in
from articles.editorial.revisions.putting_back import CannotPutBack, as_if
from articles.editorial.revisions.saving import shown_in_form
from articles.models import Article, Revision, clock
from articles.public.article import story_page, with_everything_shown
from articles.public.page import may_preview

#: The cookie with which the pictures of a shared story are asked for; without it they would stay hidden.
PICTURES_OF = "preview"


@require_safe
def shared(request, secret):
    """The page behind a secret link; one that ended is as unknown as one that never was."""
    at = clock.now()
    link = link_for(secret, at)
    if link is None:
        raise Http404
    response = as_it_will_be(request, link.article, shown_by(link), at=at, banner={"link": link})
    response["Referrer-Policy"] = "no-referrer"
    response.set_cookie(
        PICTURES_OF,
        signing.dumps(str(link.key), salt=PICTURES_OF),
        path=reverse("media", args=["x"]).removesuffix("x"),
        expires=link.expires_at,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return response


def pictures_shared(request) -> set[str]:
    """The slugs of the pictures in a story of which somebody holds a link that they opened; else none."""
    try:
        key = signing.loads(request.COOKIES.get(PICTURES_OF, ""), salt=PICTURES_OF)
    except signing.BadSignature:
        return set()
    link = in_force(clock.now()).filter(key=key).first()
    return pictures_shown_by(link) if link else set()


def framed(view):
    """For the desk's page that shows two widths side by side: it alone may put this page into a frame."""
    return csp_replace({"frame-ancestors": ["'self'"]})(xframe_options_sameorigin(view))


@require_safe
@framed
def story(request, number):
    """What the desk is writing: the draft of a story readers see, else the story."""
    article = for_the_desk(request, Article.objects.filter(pk=number))
    return as_it_will_be(request, article, shown_in_form(article), at=clock.now(), banner={"desk": True})


@require_safe
@framed
def version(request, key):
    """One version that was kept."""
    article = for_the_desk(request, Article.objects.filter(revisions__key=key))
    revision = Revision.objects.get(key=key)
    return as_it_will_be(
        request, article, kept_in(revision), at=clock.now(), banner={"desk": True, "version": revision}
    )


def for_the_desk(request, stories) -> Article:
    if not may_preview(request):
        raise Http404
    return get_object_or_404(stories)


def as_it_will_be(request, article, fragment, *, at, banner):
    """The page, made while the database reads as if the story were so."""
    if fragment is None:
        raise Http404
    try:
        with transaction.atomic(), as_if(article, fragment):
            shown = with_everything_shown(Article.objects.filter(pk=article.pk), at).get()
            return story_page(request, shown, at=at, preview=True, banner=banner)
    except (CannotPutBack, ValidationError) as refusal:
        raise Http404(str(refusal)) from refusal
