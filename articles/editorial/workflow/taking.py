"""Takes a step: the one place that sets a story's status."""

import datetime as dt

from django.db.models import F

from articles.editorial import audit
from articles.editorial.edition import new_edition
from articles.editorial.readiness import Finding, Weight, look_over, what_blocks
from articles.editorial.revisions.keeping import keep_what_was
from articles.editorial.seals import sealed_last, write
from articles.editorial.workflow.moments import date_after, what_clashes, what_is_wrong_with_the_time
from articles.editorial.workflow.rights import may_take
from articles.editorial.workflow.standing import in_words, standing
from articles.editorial.workflow.table import SCHEDULED, STEPS, Step
from articles.models import Article, ArticleStatus, AuditEntry, StatusChange, clock


class StepRefused(Exception):  # noqa: N818 - read aloud, it is what happens
    """The step is not taken; the message says why and what to do. `findings` are what is in the way, with the
    fields to mend it in, and `reason` is the message without them."""

    def __init__(self, reason, findings=()):
        self.reason = reason
        self.findings = list(findings)
        super().__init__(" ".join([reason, *(finding.text for finding in self.findings)]))


def take_step(
    article: Article,
    name: str,
    *,
    by,
    note: str = "",
    at: dt.datetime | None = None,
    goes_out_at: dt.datetime | None = None,
    seen_version: int | None = None,
) -> StatusChange:
    """Takes a step, or raises `StepRefused` and leaves everything as it was.

    Status, history and edition change in one transaction, on the row as it is in the database, not as the
    caller remembers it. `goes_out_at` is the moment a scheduled story becomes public. Both times are aware.
    With `seen_version` a story that has been changed since that version is refused.
    """
    at = at or clock.now()
    row = STEPS[name]
    with sealed_last():
        current = Article.objects.select_for_update().filter(pk=article.pk).first()
        if current is None:
            raise StepRefused(f"“{article}” is not there any more: it was deleted for good.")
        status = standing(current, at)
        refuse_if_changed(current, seen_version)
        refuse_if_wrong(row, current, at, by=by)
        refuse_if_unfit(row, current, at=at, goes_out_at=goes_out_at)
        keep_what_was(current)  # the words that moved on, also of a story that was never saved on the desk
        change = StatusChange(
            article=current,
            headline=current.headline,
            step=row.name,
            from_status=status,
            to_status=row.target or status,
            by_username=by.get_username(),
            by_name=audit.name_of(by),
            at=at,
            note=note,
        )
        write(change)
        if row.deletes:
            delete_for_good(current, by=by)
            return change
        move(row, current, at=at, goes_out_at=goes_out_at)
    article.refresh_from_db(fields=["status", "published_at", "version"])
    return change


def move(row: Step, current: Article, *, at: dt.datetime, goes_out_at: dt.datetime | None) -> None:
    """Gives the story its new state, and readers a new edition where they may see the difference."""
    concerned_readers = current.status in ArticleStatus.going_out()
    current.published_at = date_after(row, current, at=at, goes_out=goes_out_at)
    current.status = row.target
    Article.objects.filter(pk=current.pk).update(
        status=current.status, published_at=current.published_at, version=F("version") + 1
    )
    if concerned_readers or current.status in ArticleStatus.going_out():
        new_edition(at)


def delete_for_good(current: Article, *, by) -> None:
    """The story and all that is part of it; the lines of its history stay."""
    audit.record(AuditEntry.Action.DELETED, current, by=by, message=what_falls_with(current))
    current.delete()


def what_falls_with(article: Article) -> str:
    """“With 3 quotes and 1 correction.”"""
    counts = [(article.quotes.count(), "quote"), (article.corrections.count(), "correction")]
    parts = [f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in counts if number]
    return f"With {' and '.join(parts)}." if parts else ""


def what_is_advised(article: Article, name: str) -> list[Finding]:
    """What it would be wise to mend before this step; nothing where something needed is missing anyway."""
    if not STEPS[name].checks_readiness:
        return []
    findings = look_over(article)
    if any(finding.weight == Weight.NEEDED for finding in findings):
        return []
    return findings


def refuse_if_changed(article: Article, seen_version: int | None) -> None:
    if seen_version is None or article.version == seen_version:
        return
    last = audit.last_touch(article)
    who = f"{last.by} {last.what}" if last else "somebody changed it"
    raise StepRefused(f"“{article}” is not as you saw it any more: {who}. Look at it again first.")


def refuse_if_wrong(row: Step, article: Article, at: dt.datetime, *, by) -> None:
    if standing(article, at) not in row.sources:
        raise StepRefused(
            f"“{article}” is {in_words(article, at)}; “{row.label}” is not possible from there."
        )
    if not may_take(row, article, by=by):
        raise StepRefused(
            f"You may not do that with “{article}”. Ask somebody whose role includes “{row.label}”."
        )


def refuse_if_unfit(row: Step, article: Article, *, at: dt.datetime, goes_out_at: dt.datetime | None) -> None:
    """Moments first: a story to be mended is looked at once its date is right."""
    wrong_time = what_is_wrong_with_the_time(row, goes_out_at, at)
    if wrong_time:
        raise StepRefused(f"“{article}” is not scheduled.", wrong_time)
    if not row.checks_readiness:
        return
    findings = [
        *what_clashes(article, goes_out=goes_out_at if row.target == SCHEDULED else at),
        *what_blocks(article),
    ]
    if findings:
        raise StepRefused(f"“{article}” is not ready.", findings)
