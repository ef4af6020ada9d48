"""The front page: the newest stories on top, some words that were said, then every section in turn."""

import re

from django.db.models import F, Window, prefetch_related_objects
from django.db.models.functions import Length, RowNumber
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.editorial.verification import plain_text
from articles.models import Quote, clock
from articles.public.page import page
from articles.public.quote_cards import card_rows, cards
from articles.public.visible import public_quotes, public_stories, sections_in_print

ON_TOP = 4
IN_A_SECTION = 4
WORDS_OF_LEAD = 110
HEADINGS = re.compile("<h[23]>.*?</h[23]>", re.DOTALL)
#: Between two sentences. After a longer word only, which leaves “Mr.” and “U.S.” alone.
BETWEEN_SENTENCES = re.compile(r"(?<=\w{4}[.!?])\s+(?=[A-Z“\"])|(?<=[.!?][”\"])\s+(?=[A-Z“\"])")
QUOTES = 3
LONGEST_QUOTE = 180
STORIES_WITH_QUOTES = 30


@require_safe
def front_page(request):
    at = clock.now()
    stories = public_stories(at).select_related("section", "image")
    top = list(stories.newest_first()[:ON_TOP])
    others = stories.exclude(pk__in=[story.pk for story in top]).defer("body")
    rows = list(newest_of_each_section(others))
    prefetch_related_objects([*top, *rows], "bylines__author")
    sections = list(sections_in_print(at))
    context = {
        "today": timezone.localdate(at),
        "sections": sections,
        "lead": top[0] if top else None,
        "opening": opening(top[0]) if top else "",
        "seconds": top[1:],
        "river": river(sections, rows),
        "quotes": cards(card_rows(newest_words(at), at), at),
    }
    return page(request, "articles/front_page.html", context, at=at)


def opening(story):
    """The first paragraphs of a story as plain text: what a paper prints of its lead on the front page.

    Whole paragraphs, or at least whole sentences, as many as fit; nothing rather than half of one.
    """
    lines = [" ".join(line.split()) for line in plain_text(HEADINGS.sub("", story.body)).splitlines()]
    paragraphs = [line for line in lines if line]
    first = BETWEEN_SENTENCES.split(paragraphs[0]) if paragraphs else []
    return as_many_as_fit(paragraphs) or as_many_as_fit(first)


def as_many_as_fit(pieces):
    """The first of these texts, together, up to where no quotation is left open."""
    best = ""
    for end in range(1, len(pieces) + 1):
        text = " ".join(pieces[:end])
        if len(text.split()) > WORDS_OF_LEAD:
            break
        if text.count("“") == text.count("”") and text.count('"') % 2 == 0:
            best = text
    return best


def newest_of_each_section(stories):
    """The same small number of stories for every section, in one query."""
    place = Window(
        RowNumber(), partition_by=[F("section")], order_by=[F("published_at").desc(), F("pk").desc()]
    )
    return stories.annotate(place=place).filter(place__lte=IN_A_SECTION).newest_first()


def river(sections, stories):
    """(section, its stories), leaving out sections whose stories all stand on top."""
    banks = [
        (section, [story for story in stories if story.section_id == section.pk]) for section in sections
    ]
    return [(section, found) for section, found in banks if found]


def newest_words(at):
    """Words as somebody said or wrote them, newest first: from each story the longest that fits."""
    spoken = public_quotes(at).filter(kind__in=Quote.Kind.verbatim()).annotate(length=Length("text"))
    place = Window(
        RowNumber(), partition_by=[F("article")], order_by=[F("length").desc(), F("position").asc()]
    )
    newest = public_stories(at).newest_first().values("pk")[:STORIES_WITH_QUOTES]
    fitting = spoken.filter(length__lte=LONGEST_QUOTE, article__in=newest).annotate(place=place)
    return fitting.filter(place=1).newest_first()[:QUOTES]
