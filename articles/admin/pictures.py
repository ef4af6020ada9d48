"""Pictures as the body editor shows them, in JSON."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from articles.admin.chosen import is_key
from articles.models import Image

A_FEW = 24
LONGEST_SEARCH = 100


def card(image) -> dict:
    return {
        "slug": image.slug,
        "title": image.title,
        "alt": image.alt,
        "caption": image.caption,
        "credit": image.credit,
        "address": image.file.url,
        "width": image.width,
        "height": image.height,
    }


@require_safe
def picture_cards(request, *, pictures):
    """The newest pictures; those that fit the words typed (`q`); the one a text names (`slug`); the one just
    uploaded (`pk`). What is not there is an empty list and no error."""
    if not pictures.has_view_permission(request):
        raise PermissionDenied
    found = Image.objects.order_by("-pk")
    slug, key = request.GET.get("slug", ""), request.GET.get("pk", "")
    words = request.GET.get("q", "")[:LONGEST_SEARCH]
    if slug:
        found = found.filter(slug=slug)
    if key:
        found = found.filter(pk=key if is_key(key) else None)
    if words:
        found, _ = pictures.get_search_results(request, found, words)
    cards = [card(image) for image in found[: A_FEW + 1]]
    return JsonResponse({"cards": cards[:A_FEW], "more": len(cards) > A_FEW})
