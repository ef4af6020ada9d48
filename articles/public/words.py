"""Who said what: the pages of a quote, of a statement in all its cuts, and of a source."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Affiliation, Article, Quote, clock
from articles.public.page import may_preview, page, page_for_some, paged
from articles.public.quote_cards import card_rows, cards
from articles.public.visible import (
    has_page,
    public_quotes,
    said_or_reported_by,
    visible_sources,
    visible_statements,
)

OTHER_WORDS = 3
OTHER_CUTS = 5
PEOPLE = 30


@require_safe
def quote(request, slug):
    """A quote on its own. One from a source that is not named has no page: its address could name it."""
    at = clock.now()
    row = card_rows(public_quotes(at).filter(slug=slug), at).first()
    preview = row is None and may_preview(request)
    if preview:
        row = card_rows(Quote.objects.named().filter(slug=slug), at).first()
    if row is None:
        raise Http404
    others = card_rows(public_quotes(at).exclude(pk=row.pk), at).newest_first()
    statements = [row.statement_id] if row.statement_id else []
    cuts = list(others.filter(statement__in=statements)[:OTHER_CUTS])
    more = others.filter(source=row.source_id).exclude(statement__in=statements)[:OTHER_WORDS]
    shown = cards([row, *cuts, *more], at)
    story = Article.objects.filter(pk=row.article_id).for_cards().get()
    context = {
        "own_path": row.get_absolute_url(),
        "quote": shown[0],
        "cuts": shown[1 : 1 + len(cuts)],
        "more": shown[1 + len(cuts) :],
        "story": story,
        "admin_address": reverse("admin:articles_article_change", args=[story.pk]) if preview else "",
    }
    return page_for_some(request, "articles/quote.html", context, at=at, preview=preview)


@require_safe
def statement(request, slug):
    """Every public cut of something said or written once, the earliest first."""
    at = clock.now()
    statement = get_object_or_404(visible_statements(at), slug=slug)
    cuts = public_quotes(at).filter(statement=statement)
    listed = paged(request, card_rows(cuts.order_by("article__published_at", "article_id", "position"), at))
    context = {
        "statement": statement,
        "own_path": statement.get_absolute_url(),
        "listed": listed,
        "quotes": cards(listed, at),
    }
    return page(request, "articles/statement.html", context, at=at)


@require_safe
def source(request, slug):
    """Everything a source has said in public stories, and apart from it what it reported of others."""
    at = clock.now()
    source = get_object_or_404(visible_sources(at).prefetch_related("aliases"), slug=slug)
    words = public_quotes(at).filter(said_or_reported_by(source))
    listed = paged(request, card_rows(words.own_words_first(source), at))
    quotes = cards(listed, at)
    own = public_quotes(at).filter(source=source).count()
    context = {
        "source": source,
        "own_path": source.get_absolute_url(),
        "aliases": source.aliases.all(),
        "titles": titles_heard(source, quotes),
        "listed": listed,
        "quotes": quotes,
        "said": [quote for quote in quotes if is_by(source, quote)],
        "number_said": own,
        "reported": [quote for quote in quotes if not is_by(source, quote)],
        "number_reported": listed.paginator.count - own,
        "stories": list(dict.fromkeys(quote.story for quote in quotes)),
        "people": people_of(source, at),
    }
    return page(request, "articles/source.html", context, at=at)


def is_by(source, quote):
    return quote.speaker.address == source.get_absolute_url()


def titles_heard(source, quotes):
    """The titles the source held when it said these words: what it holds next may not be announced yet."""
    own = [quote for quote in quotes if is_by(source, quote)]
    return list(dict.fromkeys(title for quote in own for title in quote.titles))


def people_of(source, at):
    """Who of those quoted elsewhere holds or held a title in this organisation."""
    people = Affiliation.objects.filter(has_page("source", at), organisation=source)
    begun = people.exclude(started_on__gt=timezone.localdate(at)).select_related("source")
    return begun.order_by("source__name", "source__slug", "pk")[:PEOPLE]
