"""The page of a story: what readers get, and what staff see before readers do."""

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from articles.editorial.related import related_to
from articles.models import Article, Byline, Quote, ReplyRequest, Source, TaggedArticle, clock
from articles.public.body import passages_of, pictures_of, pieces
from articles.public.corrections import notices
from articles.public.page import ASK_EACH_TIME, absolute, may_preview, page_for_some
from articles.public.quote_cards import Name, by_speaker, card_rows, cards
from articles.public.structured_data import as_script, news_article
from articles.public.visible import has_page, public_stories

#: How the page of quoted sources is summed up: (kinds of source, one of them, several of them).
CALLED = [
    ({Source.Kind.PERSON, Source.Kind.ORGANISATION, Source.Kind.GROUP}, "named source", "named sources"),
    ({Source.Kind.DOCUMENT}, "document", "documents"),
    ({Source.Kind.PUBLICATION}, "publication", "publications"),
]

#: Of more speakers than the second number, the first are shown and the others folded: a phone's page would get
#: twice as long.
SPEAKERS_AT_ONCE, WORTH_FOLDING = 6, 8


@require_safe
def article(request, slug):
    at = clock.now()
    stories = with_everything_shown(Article.objects.all(), at)
    story = stories.published(at).filter(slug=slug).first()
    preview = story is None and may_preview(request)
    if preview:
        story = stories.filter(slug=slug).first()
    if story is None:
        return lead_to_present_address(slug, at)
    return story_page(request, story, at=at, preview=preview)


def story_page(request, story, *, at, preview, banner=None):
    """The page of a story that was read by `with_everything_shown`. In a preview, `banner` says to whom it is shown
    and which version it is."""
    quotes = list(card_rows(Quote.objects.filter(article=story).in_story_order(), at))
    pictures, passages = pictures_of(story), passages_of(story, quotes)
    shown = cards(quotes, at, passages=passages)
    speakers = by_speaker(shown)
    at_once = len(speakers) if len(speakers) <= WORTH_FOLDING else SPEAKERS_AT_ONCE
    tags = [item.tag for item in story.tagged_items.all()]
    corrections = notices(
        story, {quote.pk: card for quote, card in zip(quotes, shown, strict=True)}, at, preview=preview
    )
    context = {
        "story": story,
        "pieces": pieces(story.body, passages=passages, images=pictures),
        "bylines": story.bylines.all(),
        "tags": tags,
        "speakers": speakers[:at_once],
        "more_speakers": speakers[at_once:],
        "more_quotes": sum(len(speaker.quotes) for speaker in speakers[at_once:]),
        "origin_title": Name(story.origin_headline or "there", story.origin_link)
        if story.origin_headline or story.origin_link
        else None,
        "sources_summed_up": sum_up(quotes),
        "reply_requests": reply_requests(story, quotes, at),
        "corrections": corrections,
        "retractions": [notice for notice in corrections if notice.retracts],
        "on_top": [notice for notice in corrections if notice.on_top and not notice.retracts],
        "related": related_to(story, at=at),
        "canonical": story.canonical_link or absolute(story.get_absolute_url()),
        "structured_data": as_script(
            news_article(story, tags=tags, corrections=corrections, pictures=pictures.values())
        ),
        "banner": banner,
        "admin_address": reverse("admin:articles_article_change", args=[story.pk]) if preview else "",
    }
    return page_for_some(request, "articles/article.html", context, at=at, preview=preview)


def with_everything_shown(stories, at):
    return stories.select_related("section", "image").prefetch_related(
        Prefetch("bylines", Byline.objects.select_related("author")),
        Prefetch("tagged_items", TaggedArticle.objects.select_related("tag")),
    )


def lead_to_present_address(slug, at):
    """From an address the story had before; an address of a hidden story is as unknown as any other."""
    story = public_stories(at).filter(former_slugs__slug=slug).first()
    if story is None:
        raise Http404
    response = redirect(story, permanent=True)
    response["Cache-Control"] = ASK_EACH_TIME
    return response


def reply_requests(story, quotes, at):
    """Who was asked for comment, and where their name leads.

    Somebody who speaks in this story without being named is left out: that they were asked would tell.
    """
    named = {quote.source_id for quote in quotes if quote.is_named}
    unnamed = {quote.source_id for quote in quotes} - named
    asked = ReplyRequest.objects.filter(article=story).exclude(source__in=unnamed).select_related("source")
    return [
        {
            "asked": Name(row.source.name, row.source.get_absolute_url() if row.source_has_page else ""),
            "answer": what_came_of_it(row),
        }
        for row in asked.annotate(source_has_page=has_page("source", at))
    ]


def what_came_of_it(row):
    """“Asked by USA Today, July 19, 2018: declined to comment. The note.”"""
    asked = "Asked again" if row.number > 1 else "Asked"
    by = f" by {row.asked_by}" if row.asked_by else ""
    on = f", {date_format(row.asked_on, 'F j, Y')}" if row.asked_on else ""
    return f"{asked}{by}{on}: {row.get_outcome_display()}. {row.note}".strip()


def sum_up(quotes):
    """“6 named sources and 1 document”, or nothing if nobody is quoted by name."""
    kinds = {quote.source_id: quote.source.kind for quote in quotes if quote.is_named}
    parts = []
    for group, one, several in CALLED:
        number = sum(kind in group for kind in kinds.values())
        if number:
            parts.append(f"{number} {one if number == 1 else several}")
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
