"""Lists that stay quick on a big archive.

Django's own list reads whole rows to sort and to count them, joins a search to everything it looks at, and asks of each
row which year it is from. With a hundred thousand stories, bodies and all, that takes seconds.
"""

import datetime as dt
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.contrib import messages
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import smart_split, unescape_string_literal

#: So many rows a search finds at most.
MOST_FOUND = 1_000


class KeysFirst(Paginator):
    """A page is found by the numbers of its rows, which an index can give; only then are the rows read."""

    @cached_property
    def count(self):
        rows = self.object_list
        return rows.order_by().values("pk").count() if rows.query.distinct else rows.count()

    def _get_page(self, rows, number, paginator):
        keys = list(rows.values_list("pk", flat=True))
        return Page(self.object_list.filter(pk__in=keys), number, paginator)


class QuickList(ChangeList):
    def get_results(self, request):
        super().get_results(request)
        if self.query and self.result_count >= MOST_FOUND:
            messages.info(
                request,
                f"Only the first {MOST_FOUND:,} of all that has these words are listed. Add a word to find fewer.",
            )
        if self.date_hierarchy:
            self.queryset = EveryYear(self.queryset)


class EveryYear:
    """The rows of a list, as the links to their years, months and days ask for them: of the years only the first and
    the last are looked up, and a year in between without rows leads to an empty list."""

    def __init__(self, rows):
        self.rows, self.ends = rows, {}

    def __iter__(self):
        return iter(self.rows)

    def __getattr__(self, name):
        return getattr(self.rows, name)

    def aggregate(self, **ends) -> dict:
        self.ends = self.rows.order_by().aggregate(**ends)
        return self.ends

    def datetimes(self, field, kind):
        if kind != "year":
            return self.rows.datetimes(field, kind)
        return years(timezone.localtime(end) for end in self.ends.values() if end)

    def dates(self, field, kind):
        if kind != "year":
            return self.rows.dates(field, kind)
        return years(end for end in self.ends.values() if end)


def years(days: Iterable[dt.date]) -> list[dt.date]:
    """The first day of each year from the first to the last of these days."""
    found = {day.year for day in days}
    return [dt.date(year, 1, 1) for year in range(min(found), max(found) + 1)] if found else []


def number_of(rows, leading: str):
    """How many of these rows lead, by that field, to the row a query is at.

    Asked only for rows that are shown, or all of them where a list is in the order of this number.
    """
    counted = rows.filter(**{leading: OuterRef("pk")}).order_by().values(leading).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def found_in(queryset, fields: list[str], term: str):
    """The rows of which each word typed stands in one of the fields; the first of them, if they are too many.

    What stands in other tables is looked up there, and no row comes twice.
    """
    words = [
        unescape_string_literal(word) if word[0] in "\"'" and word[0] == word[-1] else word
        for word in smart_split(term)
    ]
    found = queryset
    for word in words:
        first, *others = places(queryset.model, fields, word)
        found = found.filter(pk__in=first.union(*others, all=True) if others else first)
    # Without an order a search reads an index from end to end. Where much is found, the first are met soon in order.
    keys = list(found.order_by().values_list("pk", flat=True)[: MOST_FOUND + 1])
    if len(keys) > MOST_FOUND:
        keys = list(found.values_list("pk", flat=True)[:MOST_FOUND])
    return queryset.filter(pk__in=keys)


def places(model, names: list[str], word: str) -> list:
    """Where a word is looked for: in the row itself, in fields that have an index to themselves, along relations.

    Each gives the numbers of rows. Brought together they are quick to find; conditions with “or” would be asked of every
    row of the table.
    """
    own = [name for name in names if "__" not in name]
    indexed = [name for name in own if model._meta.get_field(name).unique]
    rows = model._base_manager.order_by()
    within = [Q(**{f"{name}__icontains": word}) for name in own if name not in indexed]
    found = [rows.filter(reduce(or_, within)).values("pk")] if within else []
    found += [rows.filter(**{f"{name}__icontains": word}).values("pk") for name in indexed]
    return found + [along(model, *name.split("__", 1), word) for name in names if name not in own]


def along(model, relation: str, rest: str, word: str):
    """The rows that lead, by this relation, to one with the word."""
    field = model._meta.get_field(relation)
    others = field.related_model._base_manager.order_by().filter(**{f"{rest}__icontains": word})
    if field.many_to_one:
        return model._base_manager.order_by().filter(**{f"{relation}__in": others.values("pk")}).values("pk")
    return others.values(field.remote_field.name)
