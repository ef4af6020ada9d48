"""Where a story really stands: moments that have come move it without anybody's doing."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from articles.editorial.newsroom_time import in_full
from articles.models import Article, ArticleStatus, clock


def standing(article: Article, at: dt.datetime | None = None) -> ArticleStatus:
    """The state a story is in: a scheduled one whose time has come is published, and one whose time is over is
    withdrawn."""
    at = at or clock.now()
    if article.status in ArticleStatus.going_out():
        if article.withdraw_at and article.withdraw_at <= at:
            return ArticleStatus.WITHDRAWN
        if article.is_public(at):
            return ArticleStatus.PUBLISHED
    return ArticleStatus(article.status)


def standing_as(status: str, at: dt.datetime | None = None) -> Q:
    """The same rule as a condition on stories: those that stand there at that moment."""
    at = at or clock.now()
    going_out, over = Q(status__in=ArticleStatus.going_out()), Q(withdraw_at__lte=at)
    # Looked up for each scheduled story: a list of all that is public to look in would take a second to make.
    is_public = Q(Exists(Article.objects.published(at).filter(pk=OuterRef("pk"))))
    match status:
        case ArticleStatus.WITHDRAWN:
            return Q(status=status) | (going_out & over)
        case ArticleStatus.PUBLISHED:
            return going_out & ~over & (Q(status=status) | is_public)
        case ArticleStatus.SCHEDULED:
            return Q(status=status) & ~over & ~is_public
    return Q(status=status)


def in_words(article: Article, at: dt.datetime | None = None) -> str:
    """Where a story stands, for people: its state, and what keeps it from readers or soon will."""
    at = at or clock.now()
    status = standing(article, at)
    if status in ArticleStatus.going_out():
        if article.embargo_until and article.goes_out_at() == article.embargo_until > at:
            return f"{status.label}, under embargo until {in_full(article.embargo_until)}"
        if article.withdraw_at and status == ArticleStatus.PUBLISHED:
            return f"{status.label}, until {in_full(article.withdraw_at)}"
    if status == ArticleStatus.WITHDRAWN and status != article.status:
        return f"{status.label} by itself on {in_full(article.withdraw_at)}"
    return status.label
