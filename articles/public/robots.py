"""robots.txt: where crawlers find everything, and where there is nothing for them."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.public.page import ASK_EACH_TIME, absolute


@require_safe
def robots(request):
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        f"Sitemap: {absolute(reverse('sitemap'))}",
    ]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = ASK_EACH_TIME
    return response
