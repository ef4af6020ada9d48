"""Secret addresses under which somebody without an account reads a story before readers do.

The secret is shown once, when the link is made; the newsroom keeps a digest of it. It has 256 bits, so nobody finds
it by trying, and it ends by itself within a week.
"""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from django.utils import timezone

from articles.editorial import audit
from articles.editorial.revisions.fragment import Fragment
from articles.editorial.revisions.keeping import kept_in
from articles.editorial.revisions.saving import shown_in_form
from articles.models import Article, AuditEntry, PreviewLink, Revision

BYTES = 32
LONGEST = dt.timedelta(days=7)
DAYS = (1, 3, 7)
MOST_CHARACTERS = 100


@dataclass(frozen=True)
class Made:
    """A new link and its secret, which nobody can be told again."""

    link: PreviewLink
    secret: str


def make_link(
    article: Article, *, by, revision: Revision | None = None, meant_for: str = "", days: int = 7, at=None
) -> Made:
    """A link to the story as it is edited, or to one version of it for good. `days` is at most seven."""
    at = at or timezone.now()
    secret = secrets.token_urlsafe(BYTES)
    link = PreviewLink.objects.create(
        article=article,
        revision=revision,
        digest=digest_of(secret),
        meant_for=meant_for,
        made_at=at,
        by_username=by.get_username(),
        by_name=audit.name_of(by),
        expires_at=at + min(dt.timedelta(days=days), LONGEST),
    )
    shown = str(revision) if revision else "the story as it is edited"
    write_down(link, by, f"Made a link to a preview of {shown}{f' for {meant_for}' if meant_for else ''}.")
    return Made(link, secret)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def link_for(secret: str, at: dt.datetime | None = None) -> PreviewLink | None:
    """The link with that secret, while it holds; None for one that ended, was revoked or never was."""
    if len(secret) > MOST_CHARACTERS:
        return None
    return in_force(at).filter(digest=digest_of(secret)).first()


def in_force(at: dt.datetime | None = None):
    """The links that somebody can still open: of a story in the bin there are none."""
    at = at or timezone.now()
    links = PreviewLink.objects.select_related("article", "revision")
    return links.filter(
        revoked_at=None, expires_at__gt=at, made_at__gt=at - LONGEST - dt.timedelta(minutes=1)
    ).exclude(article__status=Article.Status.BINNED)


def links_of(article: Article, at: dt.datetime | None = None):
    """The links that hold, newest first."""
    return in_force(at).filter(article=article).order_by("-made_at", "-pk")


def revoke(link: PreviewLink, *, by, at: dt.datetime | None = None) -> None:
    """Nobody opens it any more."""
    if PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at or timezone.now()):
        write_down(link, by, "Revoked a link to a preview.")


def shown_by(link: PreviewLink) -> Fragment | None:
    """What the link shows: its version for good, or what the desk is writing now."""
    return kept_in(link.revision) if link.revision else shown_in_form(link.article)


def pictures_shown_by(link: PreviewLink) -> set[str]:
    """The slugs of the pictures on the page behind a link."""
    shown = shown_by(link)
    if shown is None:
        return set()
    keys = [shown.story.get("image"), *(key for (key,) in shown.rows["articles.illustration"])]
    return {key[0] for key in keys if key}


def write_down(link: PreviewLink, by, message: str) -> None:
    audit.record(AuditEntry.Action.CHANGED, link.article, by=by, message=message)
