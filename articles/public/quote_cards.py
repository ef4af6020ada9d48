"""Quotes as readers may see them.

Templates get cards, never rows: the card of a quote that is not on the record does not hold its source, so
no template can print it, link to it or hint at it.
"""

import datetime as dt
from dataclasses import dataclass
from types import MappingProxyType

from django.utils import timezone
from django.utils.html import escape, format_html

from articles.models import Affiliation, Quote
from articles.public.visible import has_page


@dataclass(frozen=True)
class Name:
    """Words, and where they lead. A template prints them as a link, or as mere words without an address."""

    text: str
    address: str = ""

    def __str__(self):
        if not self.address:
            return escape(self.text)
        return format_html('<a href="{}">{}</a>', self.address, self.text)

    __html__ = __str__


@dataclass(frozen=True)
class Title:
    """What somebody was where, that day: “chief executive, Salesforce”."""

    title: str
    organisation: Name

    def __str__(self):
        return format_html("{}, {}", self.title, self.organisation)

    __html__ = __str__


@dataclass(frozen=True)
class QuoteCard:
    text: str
    kind: str
    kind_label: str
    verbatim: bool
    anchor: str
    address: str
    named: bool
    speaker: Name
    titles: tuple[Title, ...]
    reason: str
    said_on: dt.date | None
    occasion: str
    reporter: Name | None
    statement: Name | None
    statement_form: str
    check_at: str
    story: Name
    printed_on: dt.datetime | None
    passage: str


def card_rows(quotes, at):
    """The rows cards are made of, in one query."""
    rows = quotes.select_related("source", "reported_by", "statement", "article").defer("article__body")
    return rows.annotate(reporter_has_page=has_page("reported_by", at))


def cards(rows, at, *, passages=MappingProxyType({})):
    """Cards for rows of `card_rows`, with the titles the speakers held on the day; one query more.

    On the story's own page: `passages` by slug, the words that are marked in its text.
    """
    rows = list(rows)
    held = affiliations_by_source({row.source_id for row in rows if row.is_named}, at)
    return [card(row, held.get(row.source_id, []), passages.get(row.slug)) for row in rows]


def anchor_of(quote):
    """Where the card of a quote stands on the page of its story; says nothing of who is quoted."""
    return f"quote-{quote.position}"


def card(quote, affiliations, passage=None):
    shared = {
        "text": quote.text,
        "kind": quote.kind,
        "kind_label": quote.get_kind_display(),
        "verbatim": quote.kind in Quote.Kind.verbatim(),
        "anchor": anchor_of(quote),
        "passage": passage.anchor if passage else "",
        "named": quote.is_named,
        "story": Name(quote.article.headline, quote.article.get_absolute_url()),
        "printed_on": quote.article.published_at,
    }
    if not quote.is_named:
        # Its own address is often made from the source's name; the occasion, the day, the place where it can
        # be checked and whoever reported it can give the source away as well.
        return QuoteCard(
            **shared,
            address="",
            speaker=Name(quote.attribution),
            titles=(),
            reason=quote.unnamed_reason,
            said_on=None,
            occasion="",
            reporter=None,
            statement=None,
            statement_form="",
            check_at="",
        )
    reporter, statement = quote.reported_by, quote.statement
    return QuoteCard(
        **shared,
        address=quote.get_absolute_url(),
        speaker=Name(quote.source.name, quote.source.get_absolute_url()),
        titles=titles_on(day_of(quote), affiliations),
        reason="",
        said_on=quote.said_on,
        occasion=quote.occasion,
        reporter=reporter
        and Name(reporter.name, reporter.get_absolute_url() if quote.reporter_has_page else ""),
        statement=statement and Name(statement.title, statement.get_absolute_url()),
        statement_form=statement.get_form_display() if statement else "",
        check_at=quote.link,
    )


def day_of(quote):
    """The day it was said, else the day it was printed, else today (a draft)."""
    return quote.said_on or timezone.localtime(quote.article.published_at).date()


@dataclass(frozen=True)
class Speaker:
    """Everything one speaker says in a story. Speakers without a name are told apart by their description."""

    name: Name
    named: bool
    titles: tuple[Title, ...]
    quotes: list[QuoteCard]


def by_speaker(shown):
    """The cards of a story, speaker by speaker, in the order in which they first speak."""
    speakers = {}
    for quote in shown:
        key = (quote.speaker, quote.named, quote.titles)
        speakers.setdefault(key, Speaker(quote.speaker, quote.named, quote.titles, [])).quotes.append(quote)
    return list(speakers.values())


def affiliations_by_source(source_ids, at):
    """The affiliations of these sources, and whether the organisation has a page, in one query."""
    found = {}
    rows = Affiliation.objects.filter(source__in=source_ids).select_related("organisation")
    for row in rows.annotate(organisation_has_page=has_page("organisation", at)):
        found.setdefault(row.source_id, []).append(row)
    return found


def titles_on(day, affiliations):
    """The titles held that day: one for each organisation, the one reported nearest to the day."""
    nearest = {}
    for row in sorted(affiliations, key=lambda row: distance(row, day), reverse=True):
        if row.was_held_on(day):
            nearest[row.organisation_id] = row
    return tuple(
        Title(
            row.title,
            Name(
                row.organisation.name,
                row.organisation.get_absolute_url() if row.organisation_has_page else "",
            ),
        )
        for row in sorted(nearest.values(), key=lambda row: (row.organisation.name, row.pk))
    )


def distance(affiliation, day):
    """How far from the day we last heard of the title; a title without any date comes last."""
    known = [
        date
        for date in (affiliation.started_on, affiliation.known_on, affiliation.ended_on)
        if date is not None
    ]
    return min((abs(day - date) for date in known), default=dt.timedelta.max), affiliation.pk
