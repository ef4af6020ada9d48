"""What a story's readers are told of its corrections, and where on its page."""

import datetime as dt
from dataclasses import dataclass

from django.utils.text import capfirst

from articles.models import Correction


@dataclass(frozen=True)
class Notice:
    """One correction. `quote` is the place on the page of the quote it is about, or empty."""

    kind: str
    label: str
    anchor: str
    text: str
    made_at: dt.datetime
    quote: str

    @property
    def retracts(self):
        return self.kind == Correction.Kind.RETRACTION


def notices(story, shown):
    """The story's corrections, newest first, in one query; `shown` are the cards of its quotes by their key."""
    return [
        Notice(
            kind=row.kind,
            label=capfirst(row.get_kind_display()),
            anchor=f"correction-{row.number}",
            text=row.text,
            made_at=row.made_at,
            quote=f"#{shown[row.quote_id].anchor}" if row.quote_id in shown else "",
        )
        for row in Correction.objects.filter(article=story).newest_first()
    ]
