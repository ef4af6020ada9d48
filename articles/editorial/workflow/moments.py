"""When a story goes out and off, and which of these moments cannot stand together."""

import datetime as dt

from articles.editorial.newsroom_time import in_full
from articles.editorial.readiness import Finding, needed
from articles.editorial.workflow.table import PUBLISHED, SCHEDULED, Step
from articles.models import Article


def what_clashes(article: Article, *, goes_out: dt.datetime | None) -> list[Finding]:
    """What is wrong with the story's embargo and its moment to be withdrawn, if it goes out then (None: not yet
    decided)."""
    embargo, off = article.embargo_until, article.withdraw_at
    findings = []
    if goes_out and embargo and embargo > goes_out:
        findings.append(
            needed(
                f"The story is under embargo until {in_full(embargo)}; schedule it for then or after.",
                "embargo_until",
            )
        )
    if goes_out and off and off <= goes_out:
        findings.append(
            needed(
                f"The story is to be withdrawn on {in_full(off)}, before it would go out on {in_full(goes_out)}. "
                "Clear that moment, or set a later one.",
                "withdraw_at",
            )
        )
    elif embargo and off and off <= embargo:
        findings.append(
            needed(
                f"The story is to be withdrawn on {in_full(off)}, and its embargo lasts until {in_full(embargo)}: "
                "readers would never see it.",
                "withdraw_at",
            )
        )
    return findings


def what_is_wrong_with_the_time(row: Step, goes_out: dt.datetime | None, at: dt.datetime) -> list[Finding]:
    """Of the moment somebody chose for a step that needs one."""
    if not row.needs_a_time or (goes_out is not None and goes_out > at):
        return []
    past = f" {in_full(goes_out)} is past." if goes_out else ""
    return [needed(f"To schedule a story, set a moment that lies ahead.{past}", "goes_out_at")]


def date_after(row: Step, article: Article, *, at: dt.datetime, goes_out: dt.datetime | None):
    """The story's date after the step: readers keep the day they first saw it on."""
    was_out = article.published_at is not None and article.published_at <= at
    if row.target == SCHEDULED:
        return goes_out
    if row.target == PUBLISHED:
        return article.published_at if was_out else at
    return article.published_at if was_out else None
