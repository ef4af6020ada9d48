"""What readers are told of corrections: on the page of a story, and on a page of all there are."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from articles.models import Correction, clock
from articles.public.page import page, paged
from articles.public.quote_cards import Name
from articles.public.visible import public_corrections

#: Letters of a correction that stand above the text; the rest is read under it.
ON_TOP = 240


@dataclass(frozen=True)
class Notice:
    """One correction. `quote` is the address of the quote it is about, or empty; `story` is none on its own page."""

    kind: str
    label: str
    anchor: str
    text: str
    made_at: dt.datetime
    on_top: bool
    quote: str
    story: Name | None = None

    @property
    def retracts(self):
        return self.kind == Correction.Kind.RETRACTION

    @property
    def opening(self):
        """As much of it as stands above the text."""
        first = self.text.partition("\n")[0]
        if len(first) <= ON_TOP:
            return first
        return f"{first[:ON_TOP].rpartition(' ')[0] or first[:ON_TOP]}…"

    @property
    def goes_on(self):
        return self.opening != self.text


def notices(story, shown, at, *, preview=False):
    """The story's corrections, newest first, in one query; `shown` are the cards of its quotes by their key.

    A preview also shows those whose date lies ahead.
    """
    rows = Correction.objects if preview else public_corrections(at)
    return [
        notice(row, quote=f"#{shown[row.quote_id].anchor}" if row.quote_id in shown else "")
        for row in rows.filter(article=story).newest_first()
    ]


def notice(row, *, quote, story=None):
    return Notice(
        kind=row.kind,
        label=capfirst(row.get_kind_display()),
        anchor=anchor(row),
        text=row.text,
        made_at=row.made_at,
        on_top=row.on_top,
        quote=quote,
        story=story,
    )


def anchor(row):
    """Where on the page of its story it stands."""
    return f"correction-{row.number}"


@require_safe
def corrections(request):
    """Every correction of a public story, newest first, under the months they were made in."""
    at = clock.now()
    listed = paged(request, with_their_stories(public_corrections(at)))
    context = {"listed": listed, "months": by_month(listed), "own_path": reverse("corrections")}
    return page(request, "articles/corrections.html", context, at=at)


def with_their_stories(rows):
    return rows.newest_first().select_related("article", "quote").defer("article__body")


def by_month(rows):
    """The first day of each month and its notices; the months are those of the newsroom's time zone."""
    months = groupby(rows, key=lambda row: timezone.localdate(row.made_at).replace(day=1))
    return [(month, [elsewhere(row) for row in group]) for month, group in months]


def elsewhere(row):
    """The notice of a correction away from its story. A quote that is not on the record has no page to lead to."""
    quote = row.quote
    has_page = quote is not None and quote.is_named and quote.article_id == row.article_id
    story = Name(row.article.headline, f"{row.article.get_absolute_url()}#{anchor(row)}")
    return notice(row, quote=quote.get_absolute_url() if has_page else "", story=story)
