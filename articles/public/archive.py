"""The archive: everything in print, by year and month as they fall in the newsroom's time zone."""

import datetime as dt

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.http import Http404
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import clock
from articles.public.lists import story_list
from articles.public.page import page, paged
from articles.public.visible import public_stories


@require_safe
def archive(request):
    at = clock.now()
    years = {}
    for month in months_in_print(public_stories(at)):
        years.setdefault(month["month"].year, []).append(month)
    listed = [(year, sum(month["stories"] for month in months), months) for year, months in years.items()]
    return page(request, "articles/archive.html", {"years": listed}, at=at)


@require_safe
def archive_year(request, year):
    at = clock.now()
    stories = public_stories(at).filter(**between(dt.date(year, 1, 1), dt.date(year + 1, 1, 1)))
    months = list(months_in_print(stories))
    if not months:
        raise Http404
    context = {"year": year, "months": months, "listed": paged(request, story_list(stories))}
    return page(request, "articles/archive_year.html", context, at=at)


@require_safe
def archive_month(request, year, month):
    at = clock.now()
    first = dt.date(year, month, 1)
    next_first = (first + dt.timedelta(days=31)).replace(day=1)
    listed = paged(request, story_list(public_stories(at).filter(**between(first, next_first))))
    if not listed.object_list:
        raise Http404
    return page(request, "articles/archive_month.html", {"month": first, "listed": listed}, at=at)


def months_in_print(stories):
    """Each month something was published in, newest first, and how many stories that was."""
    months = stories.order_by().annotate(month=TruncMonth("published_at")).values("month")
    return months.annotate(stories=Count("pk")).order_by("-month")


def between(first, last):
    """Published from the start of the first day to before the start of the last."""
    midnight = dt.time()
    return {
        "published_at__gte": timezone.make_aware(dt.datetime.combine(first, midnight)),
        "published_at__lt": timezone.make_aware(dt.datetime.combine(last, midnight)),
    }
