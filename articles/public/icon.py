"""The icon, for those who ask for it where browsers have always looked."""

from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from articles.public.page import ASK_EACH_TIME


@require_safe
def icon(request):
    response = redirect(static("articles/icon.svg"), permanent=True)
    response["Cache-Control"] = ASK_EACH_TIME
    return response
