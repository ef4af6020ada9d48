"""The front page: the newest stories on top, some words that were said, then every section in turn."""

from django.db.models import F, Window, prefetch_related_objects
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Quote
from articles.public.page import page
from articles.public.quote_cards import card_rows, cards
from articles.public.visible import public_quotes, public_stories, sections_in_print

ON_TOP = 4
IN_A_SECTION = 4
QUOTES = 3


@require_safe
def front_page(request):
    at = timezone.now()
    stories = public_stories(at).select_related("section", "image").defer("body")
    top = list(stories.newest_first()[:ON_TOP])
    rows = list(newest_of_each_section(stories.exclude(pk__in=[story.pk for story in top])))
    prefetch_related_objects([*top, *rows], "bylines__author")
    sections = list(sections_in_print(at))
    context = {
        "today": timezone.localdate(at),
        "sections": sections,
        "lead": top[0] if top else None,
        "seconds": top[1:],
        "river": river(sections, rows),
        "quotes": cards(card_rows(newest_words(at), at), at),
    }
    return page(request, "articles/front_page.html", context, at=at)


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
    """Words as somebody said or wrote them, newest first, one quote from each story."""
    spoken = public_quotes(at).filter(kind__in=Quote.Kind.verbatim())
    place = Window(RowNumber(), partition_by=[F("article")], order_by=[F("position").asc(), F("pk").asc()])
    return spoken.annotate(place=place).filter(place=1).newest_first()[:QUOTES]
