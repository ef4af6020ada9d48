"""Moves a story from state to state: one table of steps, one writer.

Buttons, bulk actions and tests read the table; nothing else in the newsroom sets a status.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.editorial.audit import name_of
from articles.editorial.edition import new_edition
from articles.editorial.readiness import what_blocks
from articles.models import Article, ArticleStatus, StatusChange

DRAFT = ArticleStatus.DRAFT
IN_REVIEW = ArticleStatus.IN_REVIEW
SCHEDULED = ArticleStatus.SCHEDULED
PUBLISHED = ArticleStatus.PUBLISHED
WITHDRAWN = ArticleStatus.WITHDRAWN
BINNED = ArticleStatus.BINNED


@dataclass(frozen=True)
class Step:
    """One way from state to state. `label` is the button, `tells` what it does to readers.

    `for_its_author`: only the reporter who started the story takes it, though they may not edit it any more.
    """

    name: str
    label: str
    tells: str
    sources: frozenset[ArticleStatus]
    target: ArticleStatus
    permission: str
    checks_readiness: bool = False
    needs_a_time: bool = False
    for_its_author: bool = False


def step(name, label, tells, sources, target, permission, **more) -> Step:
    return Step(name, label, tells, frozenset(sources), target, f"articles.{permission}", **more)


STEPS = {
    row.name: row
    for row in (
        step(
            "submit",
            "Hand in for review",
            "Editors see it as waiting for review.",
            [DRAFT],
            IN_REVIEW,
            "submit_article",
        ),
        step(
            "publish",
            "Publish now",
            "Readers see it at once.",
            [IN_REVIEW, SCHEDULED],
            PUBLISHED,
            "publish_article",
            checks_readiness=True,
        ),
        step(
            "schedule",
            "Schedule",
            "Readers see it from the moment you set.",
            [IN_REVIEW, SCHEDULED],
            SCHEDULED,
            "publish_article",
            checks_readiness=True,
            needs_a_time=True,
        ),
        step(
            "send_back",
            "Send back",
            "It becomes a draft again.",
            [IN_REVIEW, SCHEDULED],
            DRAFT,
            "review_article",
        ),
        step(
            "take_back",
            "Take back",
            "It becomes your draft again.",
            [IN_REVIEW],
            DRAFT,
            "submit_article",
            for_its_author=True,
        ),
        step(
            "withdraw",
            "Withdraw",
            "Readers no longer see it, anywhere.",
            [PUBLISHED],
            WITHDRAWN,
            "withdraw_article",
        ),
        step(
            "reopen",
            "Reopen as draft",
            "It can be mended and published again.",
            [WITHDRAWN],
            DRAFT,
            "review_article",
        ),
        step(
            "bin",
            "Move to the bin",
            "It can be restored from there.",
            [DRAFT, IN_REVIEW, SCHEDULED, WITHDRAWN],
            BINNED,
            "submit_article",
        ),
        step(
            "restore", "Restore from the bin", "It becomes a draft again.", [BINNED], DRAFT, "review_article"
        ),
    )
}


class StepRefused(Exception):  # noqa: N818 - read aloud, it is what happens
    """The step is not taken; the message says why and what to do. `findings` are what blocks publishing."""

    def __init__(self, message, findings=()):
        super().__init__(message)
        self.findings = list(findings)


def standing(article: Article, at: dt.datetime | None = None) -> ArticleStatus:
    """The state a story is really in: a scheduled one whose time has come is published."""
    if article.status == SCHEDULED and article.is_public(at):
        return PUBLISHED
    return ArticleStatus(article.status)


def in_words(article: Article, at: dt.datetime | None = None) -> str:
    """Where a story stands, for people: its state, and an embargo that keeps it from readers."""
    status = standing(article, at)
    if status in ArticleStatus.going_out() and not article.is_public(at):
        until = article.goes_out_at()
        if article.embargo_until == until:
            return f"{status.label}, under embargo until {timezone.localtime(until):%-d %B %Y, %H:%M %Z}"
    return status.label


def steps_for(article: Article, *, by, at: dt.datetime | None = None) -> list[Step]:
    """The steps this person may take with this story now, in the table's order."""
    status = standing(article, at)
    return [row for row in STEPS.values() if status in row.sources and may_take(row, article, by=by)]


def may_take(row: Step, article: Article, *, by) -> bool:
    """Whether the person has the right: the step's permission, and for a story of somebody else the editor's."""
    if not by.has_perm(row.permission) or not by.has_perm("articles.change_article"):
        return False
    edits_everything = by.has_perm("articles.review_article")
    if row.for_its_author:
        return article.created_by_id == by.pk and not edits_everything
    return edits_everything or (article.created_by_id == by.pk and article.status == DRAFT)


def may_edit(article: Article, *, by) -> bool:
    """A reporter edits the stories they started while they are drafts; an editor edits all outside the bin."""
    if not by.has_perm("articles.change_article") or article.status == BINNED:
        return False
    return by.has_perm("articles.review_article") or (
        article.created_by_id == by.pk and article.status == DRAFT
    )


def take_step(
    article: Article, name: str, *, by, note: str = "", at: dt.datetime | None = None, goes_out_at=None
) -> StatusChange:
    """Takes a step, or raises `StepRefused` and leaves everything as it was.

    Status, history and edition change in one transaction, on the row as it is in the database, not as the
    caller remembers it. `goes_out_at` is the moment a scheduled story becomes public. Both times are aware.
    """
    at = at or timezone.now()
    row = STEPS[name]
    with transaction.atomic():
        current = Article.objects.select_for_update().get(pk=article.pk)
        status = standing(current, at)
        refuse_if_wrong(row, current, status, by=by)
        refuse_if_unfit(row, current, at=at, goes_out_at=goes_out_at)
        was_public = current.is_public(at)
        current.status = row.target
        current.published_at = going_out(row, current, at=at, goes_out_at=goes_out_at)
        Article.objects.filter(pk=current.pk).update(
            status=current.status, published_at=current.published_at, version=F("version") + 1
        )
        change = StatusChange.objects.create(
            article=current,
            headline=current.headline,
            step=row.name,
            from_status=status,
            to_status=row.target,
            by_username=by.get_username(),
            by_name=name_of(by),
            at=at,
            note=note,
        )
        if was_public or current.status in ArticleStatus.going_out() or status == SCHEDULED:
            new_edition(at)
    article.refresh_from_db(fields=["status", "published_at", "version"])
    return change


def refuse_if_wrong(row: Step, article: Article, status: ArticleStatus, *, by) -> None:
    if status not in row.sources:
        raise StepRefused(f"“{article}” is {status.label}; “{row.label}” is not possible from there.")
    if not may_take(row, article, by=by):
        raise StepRefused(
            f"You may not do that with “{article}”. Ask somebody whose role includes “{row.label}”."
        )


def refuse_if_unfit(row: Step, article: Article, *, at: dt.datetime, goes_out_at: dt.datetime | None) -> None:
    if row.needs_a_time and (goes_out_at is None or goes_out_at <= at):
        raise StepRefused("To schedule a story, set a moment that lies ahead.")
    goes_out = goes_out_at if row.needs_a_time else at
    if row.checks_readiness and article.embargo_until and article.embargo_until > goes_out:
        until = timezone.localtime(article.embargo_until)
        raise StepRefused(
            f"“{article}” is under embargo until {until:%-d %B %Y, %H:%M %Z}; schedule it for then or after."
        )
    if row.checks_readiness:
        blocking = what_blocks(article)
        if blocking:
            raise StepRefused(
                f"“{article}” is not ready: {' '.join(finding.text for finding in blocking)}",
                findings=blocking,
            )


def going_out(row: Step, article: Article, *, at: dt.datetime, goes_out_at: dt.datetime | None):
    """The story's date after the step: readers keep the day they first saw it on."""
    was_out = article.published_at is not None and article.published_at <= at
    if row.target == SCHEDULED:
        return goes_out_at
    if row.target == PUBLISHED:
        return article.published_at if was_out else at
    return article.published_at if was_out else None
