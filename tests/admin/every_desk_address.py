"""Every address of the desk, taken from the URLconf, filled in for a row of each noun and for every kind of story.

A new route takes part by itself as long as its parameters are known; one with another parameter fails with a word
on where to say what stands for it: in PARAMETERS below.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from articles.admin.site import desk
from articles.editorial import audit
from articles.editorial.revisions.drafts import keep_draft
from articles.editorial.revisions.fragment import Fragment, fragment_of
from articles.editorial.revisions.keeping import keep
from articles.models import Article, AuditEntry, Revision
from tests.make import (
    an_hour_ago,
    make_article,
    make_author,
    make_kept_image,
    make_preview_link,
    make_quote,
    make_reply_request,
    make_section,
    make_source,
    make_statement,
    make_status_change,
    make_tag,
    make_user,
)

DESK = "admin/"
HERE = "tests/admin/every_desk_address.py"

#: What stands for a parameter in an address about this row: by its name, or by the page and its name where one name
#: means different things on different pages.
PARAMETERS = {
    "object_id": lambda row: row.pk,
    "id": lambda row: row.pk,  # an account, for its password
    "content_type_id": lambda row: ContentType.objects.get_for_model(row).pk,
    "app_label": lambda row: "articles",
    "url": lambda row: "no/such/page/",
    "old": lambda row: row.version_kept.key,
    "new": lambda row: row.version_set_aside.key,
    "together key": lambda row: row.version_set_aside.key,
    "revision key": lambda row: row.version_kept.key,
    "revision_name key": lambda row: row.version_kept.key,
    "restore key": lambda row: row.version_kept.key,
    "told key": lambda row: row.version_kept.key,
    "revoke key": lambda row: row.link.key,
}

#: Routes whose row is told by no noun in their address: the noun they are about.
NOUNS = {"view_on_site": "article", "calendar": "article"}

REGISTERED = {(model._meta.app_label, model._meta.model_name) for model in desk._registry}
TOMORROW = timezone.now() + dt.timedelta(days=1)
#: Where a story can stand, beyond the states it is moved to.
STATES = {
    "scheduled": {"status": "scheduled", "published_at": TOMORROW},
    "published": {"status": "published", "published_at": an_hour_ago()},
    "redrafted": {"status": "published", "published_at": an_hour_ago()},
    "embargoed": {"status": "published", "published_at": an_hour_ago(), "embargo_until": TOMORROW},
    "ended": {"status": "published", "published_at": an_hour_ago(), "withdraw_at": an_hour_ago()},
}


@dataclass(frozen=True)
class Route:
    """One line of the URLconf, with all that stands before it. `page` is what the desk calls it: “change”."""

    name: str
    pattern: str
    parameters: tuple[str, ...]

    @property
    def noun(self) -> str:
        """The model it is about; empty for pages of the desk as a whole."""
        return self.label[1] or NOUNS.get(self.name, "")

    @property
    def page(self) -> str:
        return self.name.removeprefix("_".join([*self.label, ""]))

    @property
    def label(self) -> tuple[str, str]:
        found = re.match(rf"{DESK}(\w+)/(\w+)/", self.pattern)
        return found.groups() if found and found.groups() in REGISTERED else ("", "")

    def address(self, row: Model | None) -> str:
        filled = self.pattern
        for name in self.parameters:
            value = PARAMETERS.get(f"{self.page} {name}") or PARAMETERS.get(name)
            if value is None:
                raise LookupError(
                    f"Nothing stands for “{name}” in {self.pattern}: add “{name}” or “{self.page} {name}” to "
                    f"PARAMETERS in {HERE}."
                )
            place = rf"<(?:\w+:)?{name}>|\(\?P<{name}>[^)]*\)"
            filled = re.sub(place, str(value(row)), filled)
        return f"/{re.sub(r'[$^]', '', filled)}"


def routes(resolver=None, before: str = "", space: str = "") -> Iterator[Route]:
    """Every route of the site, the reader's pages too."""
    for pattern in (resolver or get_resolver()).url_patterns:
        whole = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, whole, pattern.namespace or space)
        elif isinstance(pattern, URLPattern):
            parameters = (*before_parameters(before), *parameters_of(pattern))
            yield Route(pattern.name or "", whole, parameters)


def parameters_of(pattern):
    inner = pattern.pattern
    return tuple(getattr(inner, "converters", None) or inner.regex.groupindex)


def before_parameters(before):
    return tuple(re.findall(r"<(?:\w+:)?(\w+)>", before))


def desk_routes() -> list[Route]:
    return [route for route in routes() if route.pattern.startswith(DESK)]


def make_story(state, person, **values) -> Article:
    """A story with a version that was kept, one that was set aside, and a link; `state` as in the matrix."""
    story = make_article(
        f"Canary, {state}",
        created_by=person,
        **{"by": [make_author()], "tags": [make_tag()], **STATES.get(state, {"status": state}), **values},
    )
    story.version_kept = keep(story, changed(story, deck="As it was."), by=person, judgement="open")
    story.version_set_aside = keep(story, changed(story, deck="Typed."), by=person, kind=Revision.Kind.ASIDE)
    story.link = make_preview_link(story)
    if state == "redrafted":
        keep_draft(story, changed(story, headline="Canary of a draft"), by=person)
    return story


def changed(story, **values) -> Fragment:
    now = fragment_of(story)
    first, *rows = now.entries
    return Fragment([{**first, "fields": {**first["fields"], **values}}, *rows], now.numbers)


def make_rows(keeper) -> dict[str, Model]:
    """One row of each noun but stories, used nowhere, so that whoever may delete it can."""
    quote = make_quote(make_article("Canary of a quote"), text="Canary words")
    return {
        "source": make_source("Canary source"),
        "tag": make_tag("canary tag"),
        "author": make_author("Canary author"),
        "image": make_kept_image(title="Canary picture"),
        "section": make_section("Canary section"),
        "statement": make_statement("Canary statement"),
        "quote": quote,
        "replyrequest": make_reply_request(source=make_source("Canary, asked")),
        "statuschange": make_status_change(headline="Canary of a step"),
        "auditentry": audit.record(AuditEntry.Action.ADDED, quote, by=keeper),
        "user": make_user("canary-account"),
        "group": Group.objects.create(name="Canary role"),
    }
