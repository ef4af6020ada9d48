"""Related stories: which others lead on from this one, and why, in words for readers.

Computed when asked, from what editors did anyway: quotes, sources, tags and picks. What few stories share
says more than what many share, so a reason weighs less the more public stories it fits; what very many share
says nothing and is not even looked up.
"""

import datetime as dt
import math
from collections import defaultdict
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q, Value

from articles.models import Article, Quote, Source, Statement, TaggedArticle, clock

# What a reason weighs that fits these two stories only.
STATEMENT = 6.0
SOURCE = 3.0
TAG = 2.0
PUBLICATION = 0.6  # that both cite the same paper says little about what they are about

#: What more public stories share than this is no reason.
TOO_COMMON = 500


@dataclass(frozen=True)
class Reason:
    """Why a story is related: `before name`, where the name leads to the page of that kind and slug."""

    kind: str
    before: str
    name: str
    slug: str
    weight: float

    def __str__(self):
        return f"{self.before} {self.name}"


@dataclass(frozen=True)
class Related:
    """One related story: whether the editors picked it, its reasons, the strongest first, and their weight."""

    article: Article
    picked: bool
    score: float
    reasons: tuple[Reason, ...]

    @property
    def strongest(self) -> list[Reason]:
        """The strongest reason of each kind: enough to be told, and none crowds out another kind."""
        first = {}
        for reason in self.reasons:
            first.setdefault(reason.kind, reason)
        return list(first.values())


def related_to(article: Article, *, at: dt.datetime | None = None, limit: int = 5) -> list[Related]:
    """The public stories that lead on from this one: picks first, then those with the weightiest reasons.

    Four queries, however many stories, quotes and tags there are. Equally related stories come newest first,
    then by slug. A source links two stories only if both name it.
    """
    at = at or clock.now()
    dates: dict[int, tuple[dt.datetime, str]] = {}
    stories_of: dict[Reason, set[int]] = defaultdict(set)
    for pk, published_at, slug, reason in [*by_quotes(article, at), *by_tags(article, at)]:
        dates[pk] = (published_at, slug)
        stories_of[reason].add(pk)

    reasons_for: dict[int, list[Reason]] = defaultdict(list)
    for reason, pks in stories_of.items():
        weighed = replace(reason, weight=reason.weight / math.log2(max(len(pks | {article.pk}), 2)))
        for pk in pks - {article.pk}:
            reasons_for[pk].append(weighed)

    def order(pk):
        published_at, slug = dates[pk]
        return (-score(reasons_for[pk]), -published_at.timestamp(), slug)

    best = sorted(reasons_for, key=order)[: max(limit, 0)]
    stories = {story.pk: story for story in best_and_picked(article, best, at)}
    for pk, story in stories.items():
        dates[pk] = (story.published_at, story.slug)
    ranked = sorted(stories, key=lambda pk: (not stories[pk].is_pick, *order(pk)))[: max(limit, 0)]
    return [
        Related(stories[pk], stories[pk].is_pick, score(reasons_for[pk]), in_order(reasons_for[pk]))
        for pk in ranked
    ]


def best_and_picked(article, pks, at):
    """These stories and the editors' picks, as far as they are public."""
    picks = Article.picks.through.objects.filter(from_article=article, to_article=OuterRef("pk"))
    stories = Article.objects.published(at).exclude(pk=article.pk).annotate(is_pick=Exists(picks))
    return stories.filter(Q(pk__in=pks) | Q(is_pick=True)).select_related("section").defer("body")


def in_print(column, at):
    """The condition that the story this column points to is public, asked row by row: quick in a large archive."""
    return Exists(Article.objects.published(at).filter(pk=OuterRef(column)))


def by_quotes(article, at):
    """Every public story that quotes, by name, a source or statement this story quotes by name; with each."""
    quotes = Quote.objects.named().filter(in_print("article", at))
    own = Quote.objects.named().filter(article=article)
    telling = telling_ones(Source, "source", own, quotes).union(
        telling_ones(Statement, "statement", own, quotes), all=True
    )
    telling = telling.order_by()  # from Django 6.1 on, a union asks for the order of the first noun again
    sources, statements = set(), set()
    for kind, pk in telling:
        (sources if kind == "source" else statements).add(pk)
    shared = quotes.filter(Q(source__in=sources) | Q(statement__in=statements))
    story = ("article_id", "article__published_at", "article__slug")
    source = ("source_id", "source__slug", "source__name", "source__kind")
    statement = ("statement_id", "statement__slug", "statement__form", "statement__title")
    for row in shared.values_list(*story, *source, *statement):
        story_values, (source_pk, *source_values), (statement_pk, *statement_values) = (
            row[:3],
            row[3:7],
            row[7:],
        )
        if source_pk in sources:
            yield *story_values, source_reason(*source_values)
        if statement_pk in statements:
            yield *story_values, statement_reason(*statement_values)


def telling_ones(noun, column, own, quotes):
    """("source" or "statement", key) of those in `own` that not too many stories share; each is counted once.

    A story counts by its first quote. DISTINCT would read every quote, and SQLite leaves it out within EXISTS.
    """
    earlier = Quote.objects.named().filter(
        article=OuterRef("article"), position__lt=OuterRef("position"), **{column: OuterRef(column)}
    )
    stories = quotes.filter(~Exists(earlier), **{column: OuterRef("pk")})
    telling = noun.objects.filter(~too_many(stories), pk__in=own.values(column))
    return telling.order_by().values_list(Value(column), "pk")


def too_many(rows):
    """Whether there are too many of these; looks at no more than it must."""
    return Exists(rows[TOO_COMMON : TOO_COMMON + 1])


def by_tags(article, at):
    """Every public story with a tag of this story; with each."""
    tagged = TaggedArticle.objects.filter(in_print("content_object", at))
    same = tagged.filter(tag=OuterRef("tag"))
    own = TaggedArticle.objects.filter(~too_many(same), content_object=article)
    shared = tagged.filter(tag__in=own.values("tag"))
    story = ("content_object_id", "content_object__published_at", "content_object__slug")
    for *story_values, slug, name in shared.values_list(*story, "tag__slug", "tag__name"):
        yield *story_values, Reason(kind="tag", before="also about", name=name, slug=slug, weight=TAG)


def source_reason(slug, name, kind):
    cited = kind in {Source.Kind.DOCUMENT, Source.Kind.PUBLICATION}
    return Reason(
        kind="source",
        before="both cite" if cited else "both quote",
        name=name,
        slug=slug,
        weight=PUBLICATION if kind == Source.Kind.PUBLICATION else SOURCE,
    )


def statement_reason(slug, form, title):
    return Reason(
        kind="statement",
        before=f"the same {Statement.Form(form).label} is quoted in both:",
        name=title,
        slug=slug,
        weight=STATEMENT,
    )


def score(reasons) -> float:
    """The weight of all reasons together; rounded, so that the order they came in makes no difference."""
    return round(math.fsum(reason.weight for reason in reasons), 6)


def in_order(reasons) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda reason: (-reason.weight, reason.kind, reason.name, reason.slug)))
