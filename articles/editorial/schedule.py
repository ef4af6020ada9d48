"""What the desk has to expect: what goes out and off in a week, what waits for review, what is late."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import F, Max, OuterRef, Q, Subquery
from django.utils import timezone

from articles.editorial.newsroom_time import in_full
from articles.models import Article, ArticleStatus, StatusChange, clock

#: So long a story may wait for review before it counts as late.
PATIENCE = dt.timedelta(days=2)
A_DAY = dt.timedelta(days=1)
UNDER_WAY = [ArticleStatus.DRAFT, ArticleStatus.IN_REVIEW]
ON_THE_CALENDAR = [*UNDER_WAY, *ArticleStatus.going_out()]
MOST_IN_A_WEEK = 500

#: What is told before the moment, and after it.
GOES_OUT, GOES_OFF, EMBARGO_ENDS = (
    ("goes out", "went out"), ("goes off", "went off"), ("embargo ends", "embargo ended")
)  # fmt: skip


@dataclass(frozen=True)
class Event:
    """Something that happens to a story by itself."""

    at: dt.datetime
    words: tuple[str, str]
    story: Article
    has_happened: bool

    @property
    def what(self) -> str:
        """“goes out”, or “went out”."""
        return self.words[self.has_happened]


@dataclass(frozen=True)
class Day:
    date: dt.date
    events: list[Event] = field(default_factory=list)


@dataclass(frozen=True)
class Waiting:
    """A story in review, and since when."""

    story: Article
    since: dt.datetime | None

    def days(self, at: dt.datetime) -> int:
        return (at - self.since) // A_DAY if self.since else 0


@dataclass(frozen=True)
class Late:
    story: Article
    why: str


def monday_of(year: int, week: int) -> dt.date:
    """The first day of that week of the ISO calendar. Raises ValueError if the year has no such week."""
    return dt.date.fromisocalendar(year, week, 1)


def week_from(monday: dt.date, at: dt.datetime) -> list[Day]:
    """The seven days with what happens on each, by the newsroom's clock."""
    start, end = midnight(monday), midnight(monday + 7 * A_DAY)
    days = [Day(monday + number * A_DAY) for number in range(7)]
    columns = ["published_at", "embargo_until", "withdraw_at"]
    within = reduce(or_, (Q(**{f"{name}__gte": start, f"{name}__lt": end}) for name in columns))
    stories = for_lists(Article.objects.filter(within, status__in=ON_THE_CALENDAR))
    events = [
        event
        for story in stories.order_by("published_at", "pk")[:MOST_IN_A_WEEK]
        for event in events_of(story, at)
        if start <= event.at < end
    ]
    for event in sorted(events, key=lambda event: (event.at, event.story.pk)):
        days[(timezone.localtime(event.at).date() - monday).days].events.append(event)
    return days


def events_of(story: Article, at: dt.datetime) -> Iterator[Event]:
    """Going out and off, for a story on its way; and the end of an embargo, unless the story goes out at that very
    moment."""
    out = story.goes_out_at()
    if out:
        yield Event(out, GOES_OUT, story, out <= at)
        if story.withdraw_at:
            yield Event(story.withdraw_at, GOES_OFF, story, story.withdraw_at <= at)
    if story.embargo_until and story.embargo_until != out:
        yield Event(story.embargo_until, EMBARGO_ENDS, story, story.embargo_until <= at)


def waiting_for_review(limit: int) -> list[Waiting]:
    """Stories in review, those that have waited longest first."""
    handed_in = StatusChange.objects.filter(article=OuterRef("pk"), to_status=ArticleStatus.IN_REVIEW)
    since = handed_in.order_by().values("article").annotate(last=Max("at")).values("last")
    stories = for_lists(Article.objects.filter(status=ArticleStatus.IN_REVIEW))
    oldest_first = stories.annotate(since=Subquery(since)).order_by(F("since").asc(nulls_last=True), "pk")
    return [Waiting(story, story.since) for story in oldest_first[:limit]]


def late(at: dt.datetime, waiting: list[Waiting], limit: int) -> list[Late]:
    """What should have happened by now, and why it has not."""
    found = [
        Late(row.story, f"in review for {row.days(at)} days")
        for row in waiting
        if row.since and at - row.since > PATIENCE
    ]
    kept_back = Q(status__in=ArticleStatus.going_out(), published_at__lte=at, embargo_until__gt=at)
    embargo_over = Q(status__in=UNDER_WAY, embargo_until__lte=at, published_at=None)
    over = Q(status__in=UNDER_WAY, withdraw_at__lte=at)
    stories = for_lists(Article.objects.filter(kept_back | embargo_over | over)).order_by("pk")
    named = {row.story.pk for row in found}
    return [*found, *(Late(story, why_late(story, at)) for story in stories[:limit] if story.pk not in named)]


def why_late(story: Article, at: dt.datetime) -> str:
    if story.status in ArticleStatus.going_out():
        return f"was to go out on {in_full(story.published_at)}, its embargo lasts until {in_full(story.embargo_until)}"
    if story.withdraw_at and story.withdraw_at <= at:
        return f"was to be withdrawn on {in_full(story.withdraw_at)} and never went out"
    return f"its embargo was over on {in_full(story.embargo_until)}, and it has not gone out"


def for_lists(stories):
    return stories.select_related("section", "created_by").defer("body")


def midnight(date: dt.date) -> dt.datetime:
    """The first moment of the day by the newsroom's clock, also where the clock leaves out its midnight."""
    return timezone.make_aware(dt.datetime.combine(date, dt.time.min))


def today() -> dt.date:
    return timezone.localtime(clock.now()).date()
