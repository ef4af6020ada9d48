"""The draft of a published story: what the desk goes on writing while readers see what they saw."""

import datetime as dt

from articles.editorial.revisions.fragment import Fragment
from articles.editorial.revisions.keeping import keep, kept_in, number_new_rows
from articles.models import Article, LiveDraft, Revision


def draft_of(article: Article) -> LiveDraft | None:
    """The draft of a story, with its revision; None if there is none that can be read."""
    draft = LiveDraft.objects.select_related("revision").filter(article=article).first()
    return draft if draft and kept_in(draft.revision) else None


def draft_fragment(draft: LiveDraft) -> Fragment:
    return kept_in(draft.revision)


def keep_draft(
    article: Article, fragment: Fragment, *, by, note: str = "", at: dt.datetime | None = None
) -> Revision:
    """Keeps the fragment as the story's draft; nothing that readers see changes. The caller has raised the version."""
    revision = keep(article, number_new_rows(fragment), by=by, kind=Revision.Kind.DRAFT, note=note, at=at)
    LiveDraft.objects.update_or_create(
        article=article,
        defaults={"revision": revision},
        create_defaults={"revision": revision, "based_on": article.version},
    )
    return revision


def let_go_of_draft(article: Article) -> None:
    """There is no draft any more: it went live, or was discarded. Its revisions stay."""
    LiveDraft.objects.filter(article=article).delete()
