"""What waits for somebody at the desk. Every list is short, and none grows slower to read with the archive."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch, Q, prefetch_related_objects
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from articles.editorial.quote_marks import mismatched
from articles.editorial.verification import verify
from articles.models import Article, ArticleStatus, Correction, LiveDraft, OpenForm, Quote, ReplyRequest

A_FEW = 8
#: The quotes of so many stories are held against their words: those under way, and the newest that readers see.
LOOKED_OVER = 30
UNDER_WAY = [ArticleStatus.IN_REVIEW, ArticleStatus.SCHEDULED]


@dataclass(frozen=True)
class Mismatch:
    """A story with quotes whose words do not stand in it."""

    story: Article
    quotes: list[Quote]


def stories():
    return Article.objects.select_related("section").defer("body")


def drafts_of(person):
    """The drafts somebody began, newest first."""
    return stories().filter(status=ArticleStatus.DRAFT, created_by=person).order_by("-pk")[:A_FEW]


def drafts_of_live_stories():
    """Changes to published stories that readers do not see yet."""
    drafts = LiveDraft.objects.select_related("article", "revision")
    return drafts.defer("article__body", "revision__content", "revision__numbers").order_by("-revision__at")[
        :A_FEW
    ]


def never_saved(person):
    """What somebody typed and never saved."""
    typed = OpenForm.objects.filter(by_username=person.get_username()).exclude(typed="")
    return typed.select_related("article").defer("typed", "article__body").order_by("-typed_at")[:A_FEW]


def waiting_for_review():
    """In the order in which they were begun: the oldest waits longest."""
    return stories().filter(status=ArticleStatus.IN_REVIEW).order_by("pk")[:A_FEW]


def going_out_today(at: dt.datetime):
    """What becomes public by itself before the day is over, in the newsroom's time; then what comes after."""
    waiting = stories().filter(
        Q(published_at__gt=at) | Q(embargo_until__gt=at), status__in=ArticleStatus.going_out()
    )
    goes_out = Greatest("published_at", Coalesce("embargo_until", "published_at"))
    return waiting.annotate(goes_out=goes_out).order_by("goes_out", "pk")[:A_FEW]


def is_today(moment: dt.datetime, at: dt.datetime) -> bool:
    return timezone.localdate(moment) == timezone.localdate(at)


def recently_published(at: dt.datetime):
    return stories().published(at).newest_first()[:A_FEW]


def recent_corrections():
    corrections = Correction.objects.select_related("article").defer("article__body")
    return corrections.order_by("-made_at", "-pk")[:A_FEW]


def requests_unanswered():
    """Requests for comment that nobody has answered, the oldest first."""
    waiting = ReplyRequest.objects.filter(outcome=ReplyRequest.Outcome.WAITING).exclude(
        article__status=ArticleStatus.BINNED
    )
    waiting = waiting.select_related("article", "source").defer("article__body")
    return waiting.order_by(F("asked_on").asc(nulls_last=True), "pk")[:A_FEW]


def quotes_that_do_not_match(at: dt.datetime) -> list[Mismatch]:
    """Stories in review, on their way out or new to readers, with quotes whose words are not in them."""
    every = Article.objects.filter(Exists(Quote.objects.filter(article=OuterRef("pk"))))
    under_way = every.filter(status__in=UNDER_WAY).order_by("-pk")[:LOOKED_OVER]
    public = every.published(at).newest_first()[:LOOKED_OVER]
    stories = unique([*under_way, *public])
    quotes = Quote.objects.select_related("source").in_story_order()
    prefetch_related_objects(stories, Prefetch("quotes", quotes))
    found = []
    for story in stories:
        wrong = wrong_quotes(story)
        if wrong:
            found.append(Mismatch(story, wrong))
    return found[:A_FEW]


def wrong_quotes(story: Article) -> list[Quote]:
    """The quotes whose record says something else than the story."""
    quotes = list(story.quotes.all())
    blocked = [verdict.quote for verdict in verify(story, quotes) if verdict.blocks]
    marked = [each.quote for each in mismatched(story, quotes)]
    return unique([*blocked, *marked])


def unique(rows: Iterable) -> list:
    return list({row.pk: row for row in rows}.values())
