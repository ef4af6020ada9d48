"""Whether readers are told of a change to a story they had seen: asked once it is published, and answered by an editor.

The moment under which a story says “Updated” moves with what readers are told, and with nothing else.
"""

import datetime as dt

from django.db.models import F, Max, QuerySet

from articles.editorial import audit
from articles.editorial.edition import new_edition
from articles.editorial.revisions.drafts import draft_fragment, draft_of, keep_draft
from articles.editorial.revisions.fragment import Fragment, fragment_of
from articles.editorial.revisions.keeping import keep, keep_what_was, kept_in
from articles.editorial.revisions.merging import merge
from articles.editorial.seals import sealed_last
from articles.editorial.substance import Change, changes_of_substance
from articles.editorial.workflow import may_edit
from articles.models import Article, AuditEntry, Correction, Quote, Revision, Source, clock

ROUTINE = "routine"
#: What an answer can be. A retraction is nothing one owes to a change: the text of the story then stays as it was.
TOLD_AS = (Correction.Kind.CORRECTION, Correction.Kind.CLARIFICATION, Correction.Kind.UPDATE)
CORRECTION, QUOTE = Correction._meta.label_lower, Quote._meta.label_lower


class AnswerRefused(Exception):  # noqa: N818 - read aloud, it is what happens
    """Nothing was written; the message says why and what to do."""


class StoryChanged(AnswerRefused):
    """Somebody saved the story while the answer was written: it may have to say something else."""


def ask(revision: Revision, before: Fragment, after: Fragment) -> list[Change]:
    """Asks, if what was just published changes something of substance; returns what does.

    Call it in the transaction of the save, for a story that readers see. Whoever added a correction in the same save
    has answered already.
    """
    changes = changes_between(before, after)
    if not changes:
        return []
    told = moves_revised_at(before, after)
    judge(revision, Revision.Judgement.TOLD if told else Revision.Judgement.OPEN)
    return [] if told else changes


def moves_revised_at(before: Fragment, after: Fragment) -> bool:
    """Whether readers are told something new: a correction, clarification, update or retraction was added.

    One that was taken out leaves its number to the next.
    """
    was = before.rows[CORRECTION]
    return any(
        key not in was or told_in(was[key]).isdisjoint(told_in(fields))
        for key, fields in after.rows[CORRECTION].items()
    )


def told_in(correction: dict) -> set:
    return {correction.get("made_at"), correction.get("text")}


def open_questions() -> QuerySet[Revision]:
    """Changes of substance that nobody has judged yet, newest first."""
    waiting = Revision.objects.filter(judgement=Revision.Judgement.OPEN)
    return (
        waiting.exclude(article__status=Article.Status.BINNED)
        .select_related("article")
        .defer("content", "numbers", "article__body")
        .newest_first()
    )


def what_changed(revision: Revision) -> list[Change]:
    """What is of substance in a revision, as against the one before it; nothing if either cannot be read."""
    older = before(revision)
    was, now = older and kept_in(older), kept_in(revision)
    return changes_between(was, now) if was and now else []


def before(revision: Revision) -> Revision | None:
    """What readers saw before it; None if that is not kept."""
    older = Revision.objects.saved().filter(article=revision.article_id, pk__lt=revision.pk)
    return older.order_by("-version", "-pk").first()


def changes_between(before: Fragment, after: Fragment) -> list[Change]:
    sources = [quote.get("source") for each in (before, after) for quote in each.rows[QUOTE].values()]
    slugs = {key[0] for key in sources if isinstance(key, list) and key and isinstance(key[0], str)}
    names = dict(Source.objects.filter(slug__in=slugs).values_list("slug", "name"))
    return changes_of_substance(before.entries, after.entries, names=names)


def may_answer(article: Article, *, by) -> bool:
    return may_edit(article, by=by) and by.has_perm("articles.add_correction")


def answer(
    revision: Revision,
    kind: str,
    text: str = "",
    *,
    by,
    seen_version: int,
    quote: Quote | None = None,
    on_top: bool = False,
    at: dt.datetime | None = None,
) -> Correction | None:
    """Tells readers, or notes that the change was routine, which moves nothing; or raises AnswerRefused.

    The correction, the moment of revision, version, history and edition are written in one transaction. A draft of the
    story gets the correction as well: published later, it would take it away again. `seen_version` is the version of
    the story that whoever answers has looked at.
    """
    at = at or clock.now()
    with sealed_last():
        article = Article.objects.select_for_update().get(pk=revision.article_id)
        current = Revision.objects.defer("content", "numbers").get(pk=revision.pk)
        refuse_if_wrong(article, current, kind, text, by=by, quote=quote)
        if article.version != seen_version:
            raise StoryChanged(
                f"Somebody saved “{article}” while you wrote. Read what you wrote once more, then send it again."
            )
        if kind == ROUTINE:
            judge(current, Revision.Judgement.ROUTINE)
            audit.record(
                AuditEntry.Action.CHANGED,
                current,
                by=by,
                message=f"Judged the changes to “{article}” routine: readers are not told.",
            )
            return None
        judge(current, Revision.Judgement.TOLD)
        return tell(article, kind, text, by=by, quote=quote, on_top=on_top, at=at)


def refuse_if_wrong(article, revision, kind, text, *, by, quote) -> None:
    if not may_answer(article, by=by):
        raise AnswerRefused(
            f"You may not correct “{article}”. Ask somebody who edits it and whose role includes corrections."
        )
    if revision.judgement != Revision.Judgement.OPEN:
        raise AnswerRefused(f"This was answered already: {revision.get_judgement_display()}.")
    if kind != ROUTINE and kind not in TOLD_AS:
        raise AnswerRefused("Say whether it is a correction, a clarification, an update or routine.")
    if kind != ROUTINE and not text.strip():
        raise AnswerRefused("Readers need words: what the story said before, and what is right.")
    if quote and quote.article_id != article.pk:
        raise AnswerRefused(
            f"{quote} is a quote of another story. Choose one of this story’s quotes, or none."
        )


def judge(revision: Revision, judgement: Revision.Judgement) -> None:
    Revision.objects.filter(pk=revision.pk).update(judgement=judgement)
    revision.judgement = judgement


def tell(article: Article, kind, text, *, by, quote, on_top, at) -> Correction:
    """Adds the correction to the story as readers see it, and to its draft."""
    keep_what_was(article)
    before, draft = fragment_of(article), draft_of(article)
    last = article.corrections.aggregate(last=Max("number"))["last"]
    correction = Correction.objects.create(
        article=article,
        number=(last or 0) + 1,
        kind=kind,
        text=text,
        made_at=at,
        quote=quote,
        on_top=on_top,
    )
    Article.objects.filter(pk=article.pk).update(revised_at=at, version=F("version") + 1)
    article.refresh_from_db()
    line = audit.record(
        AuditEntry.Action.CHANGED, article, by=by, message=f"Added correction “{correction}”."
    )
    now = fragment_of(article)
    keep(article, now, by=by, note="Readers were told of a change.", at=line.at)
    if draft:
        both = merge(before, now, draft_fragment(draft)).fragment
        keep_draft(article, both, by=by, note="With the correction that readers see now.", at=line.at)
    if article.status in Article.Status.going_out():
        new_edition(at)
    return correction
