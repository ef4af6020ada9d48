"""Saves a story as a whole: its rows, its version, its history and, if readers see it, a new edition.

Each function works on the locked row, in the transaction of whoever calls it.
"""

from django.db.models import F

from articles.editorial import audit
from articles.editorial.addresses import keep_old_address
from articles.editorial.corrections import ask, moves_revised_at
from articles.editorial.edition import new_edition
from articles.editorial.readiness import what_blocks
from articles.editorial.revisions.comparing import compare
from articles.editorial.revisions.drafts import draft_fragment, draft_of, keep_draft, let_go_of_draft
from articles.editorial.revisions.fragment import TIMING, Fragment, fragment_of
from articles.editorial.revisions.keeping import keep, keep_what_was, kept_in
from articles.editorial.revisions.putting_back import CannotPutBack, put
from articles.models import Article, AuditEntry, Revision, clock


class UnfitForReaders(Exception):  # noqa: N818 - read aloud, it is what happens
    """Readers see the story, or will, and the save would take from it what they must not see it without."""

    def __init__(self, findings):
        super().__init__(" ".join(finding.text for finding in findings))
        self.findings = findings


def shown_in_form(article: Article, stands: Fragment | None = None) -> Fragment:
    """What the form of the story shows now: its draft if it has one, else the story."""
    draft = draft_of(article)
    return draft_fragment(draft) if draft else stands or fragment_of(article)


def save(
    article: Article, after: Fragment, *, by, note: str = "", stands: Fragment | None = None
) -> Revision | None:
    """Makes the story what the fragment says, for readers too if they see it; a draft it had is then over.

    A change of substance to what readers had seen leaves the revision with a question to answer (see
    `editorial.corrections`). None if nothing changes. Raises UnfitForReaders, and CannotPutBack. `stands`: the story
    as it is, for a caller who has read it since the row was locked.
    """
    before = stands or fragment_of(article)
    drafted = draft_of(article) is not None
    if before == after and not drafted:
        return None
    keep_what_was(article, before)
    was_slug, goes_out = article.slug, article.status in Article.Status.going_out()
    was_public = article.is_public()
    lacking = {finding.text for finding in what_blocks(article)} if goes_out else set()
    put(article, after)
    if goes_out:
        new = [finding for finding in what_blocks(article) if finding.text not in lacking]
        if new:
            raise UnfitForReaders(new)
    keep_old_address(article, was=was_slug)
    let_go_of_draft(article)
    raise_version(article)
    if was_public and moves_revised_at(before, after):
        Article.objects.filter(pk=article.pk).update(revised_at=clock.now())
        article.refresh_from_db(fields=["revised_at"])
    now = fragment_of(article)
    summary = compare(before, now).summary()
    line = write_down(article, by, f"{summary}." if summary else note)
    revision = keep(article, now, by=by, note=note or summary, at=line.at)
    if was_public:
        ask(revision, before, now)
    if goes_out:
        new_edition()
    return revision


def save_as_draft(
    article: Article, after: Fragment, *, by, note: str = "", stands: Fragment | None = None
) -> Revision | None:
    """Keeps the fragment from readers until it is published; None if the form showed the same already."""
    shown = shown_in_form(article, stands)
    if shown == after:
        return None
    keep_what_was(article, stands)
    raise_version(article)
    summary = compare(shown, after).summary()
    line = write_down(article, by, f"In a draft that readers do not see: {summary}.")
    return keep_draft(article, after, by=by, note=note or summary, at=line.at)


def discard_draft(article: Article, *, by) -> Revision | None:
    """The form shows the story as readers see it again; the draft stays among the revisions."""
    if draft_of(article) is None:
        let_go_of_draft(article)
        return None
    let_go_of_draft(article)
    raise_version(article)
    line = write_down(article, by, "Discarded the draft that readers did not see.")
    return keep(article, fragment_of(article), by=by, note="The draft was discarded.", at=line.at)


def restore(article: Article, revision: Revision, *, by) -> Revision | None:
    """Brings an old version back as a new one: as the draft if readers see the story, else at once.

    When readers see it stays as it is. None if the form showed the same already.
    """
    kept = kept_in(revision)
    if kept is None:
        raise CannotPutBack("This version came from a file and cannot be read. Choose another one.")
    shown = shown_in_form(article)
    story = {**kept.story, **{name: shown.story[name] for name in TIMING if name in shown.story}}
    wanted = Fragment([{**kept.entries[0], "fields": story}, *kept.entries[1:]], kept.numbers)
    note = f"“{revision}” of {revision.by_name} was restored."
    keeper = save_as_draft if article.is_public() else save
    return keeper(article, wanted, by=by, note=note)


def raise_version(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(version=F("version") + 1)
    article.refresh_from_db(fields=["version"])


def write_down(article: Article, by, message: str) -> AuditEntry:
    return audit.record(AuditEntry.Action.CHANGED, article, by=by, message=message)
