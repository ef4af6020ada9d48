"""A whole newsroom with whatever makes a fixture hard to load, and rooms for others."""

import datetime as dt
import io
from contextlib import contextmanager
from itertools import cycle, product
from zoneinfo import ZoneInfo

from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from articles.editorial.audit import record
from articles.editorial.fixtures.nouns import STAYS
from articles.models import Article, AuditEntry, Correction, Edition, Quote, ReplyRequest, Revision, Source
from tests.make import (
    make_affiliation,
    make_alias,
    make_article,
    make_audit_entry,
    make_author,
    make_byline,
    make_correction,
    make_former_slug,
    make_illustration,
    make_kept_image,
    make_live_draft,
    make_open_form,
    make_preview_link,
    make_published,
    make_quote,
    make_reply_request,
    make_revision,
    make_section,
    make_source,
    make_statement,
    make_status_change,
    make_tag,
    make_tag_synonym,
    make_user,
)

MODELS = [
    model for model in apps.get_app_config("articles").get_models() if model._meta.label_lower not in STAYS
]
ACCOUNTS = [User, Group]
EVERY_MODEL = [*MODELS, *ACCOUNTS]


def a_full_newsroom():
    """At least one of every noun, and whatever makes a fixture hard to load."""
    editor = make_user("editor")
    tags = [make_tag("Граница", slug="граница"), make_tag("trade", kind="topic"), make_tag("a, b & “c”")]
    make_tag_synonym(tags[0], "frontier")
    ana, zoe = make_author("Ana", user=editor), make_author("Zoe", kind="desk")
    agency = make_source("Agency", kind=Source.Kind.ORGANISATION)
    paper = make_source("Paper", kind=Source.Kind.PUBLICATION, website="https://paper.example/")
    speaker = make_source("Speaker")
    make_alias(agency, "AG")
    make_alias(paper, "AG")
    for title in ("director", "adviser"):
        make_affiliation(speaker, agency, title=title, started_on=dt.date(2018, 1, 1))
    make_affiliation(agency, paper, title="owner", known_on=dt.date(2018, 9, 25))
    letter = make_statement("Letter")
    section = make_section("Business")
    image = make_kept_image(caption="At the border", credit="Photo: Ana")
    first = make_published(tags=tags, by=[zoe, ana], section=section, image=image, created_by=editor)
    second = make_published(
        tags=tags[:2], by=[ana], section=section, body="<p>Words <em>kept</em>.</p>\n<p>€</p>"
    )
    draft = make_article(tags=tags[1:], embargo_until=first.published_at)
    first.picks.add(draft, second)
    second.picks.add(first)
    make_former_slug(first)
    make_byline(draft, zoe, role="additional reporting", position=5)
    words = make_quote(first, speaker, statement=letter, reported_by=paper, said_on=dt.date(2018, 9, 24))
    make_quote(second, speaker, statement=letter, link="https://paper.example/letter")
    make_quote(
        second,
        agency,
        terms=Quote.Terms.UNNAMED,
        attribution="an aide",
        unnamed_reason="Fears.",
        approved_by=editor,
    )
    make_correction(first, quote=words)
    make_correction(first, kind="retraction", made_at=first.published_at, on_top=True)
    for number in (1, 2):
        make_reply_request(first, agency, number=number, note="Did not answer.")
    make_illustration(first, image)
    make_illustration(second, make_kept_image())
    make_desk(first, second)
    make_status_change(first)
    gone = make_article("Gone")
    make_status_change(gone)
    gone.delete()
    make_audit_entry()
    record(AuditEntry.Action.CHANGED, first, by=editor, message="Changed the deck.")
    make_one_of_every_choice()
    desk = Group.objects.create(name="Desk")
    desk.permissions.set(Permission.objects.filter(codename__endswith="_quote"))
    editor.groups.add(desk)
    Edition.objects.all().delete()
    Edition.objects.create(number=7)


def make_desk(first, second):
    """What the desk keeps beside two stories: revisions, a draft of each, forms that are open, links to a preview."""
    for judgement in Revision.Judgement.values:
        make_revision(first, judgement=judgement, note="Restored.", name="as sent to the lawyers")
    make_revision(second, kind=Revision.Kind.ASIDE, numbers="[1]")
    sent = make_live_draft(first).revision
    make_live_draft(second)
    make_open_form(first, typed='{"headline": "記者"}', typed_at=first.published_at)
    make_open_form()
    make_preview_link(first, revision=sent, meant_for="the lawyers")
    make_preview_link(second, revoked_at=first.published_at)


def make_one_of_every_choice():
    """Every state of a story, kind and terms of a quote, outcome, and set of dates of a title, under odd names."""
    source, other = (
        make_source("كاتبة \u200fالصحيفة", slug="كاتبة"),
        make_source("न\u200dत e\u0301 👩🏽‍🚒", slug="新聞社"),
    )
    kinds, terms = cycle(Quote.Kind.values), cycle(Quote.Terms.values)
    here = ZoneInfo("America/Los_Angeles")
    moments = [
        None,
        dt.datetime(1900, 1, 1, tzinfo=dt.UTC),
        dt.datetime(2200, 12, 31, 23, 59, 59, 999000, here),
    ]
    for status, moment in product(Article.Status.values, moments):
        article = make_article(
            f"記者 {status}",
            status=status,
            published_at=moment or dt.datetime(2018, 9, 25, 22, 0, tzinfo=dt.UTC),
            embargo_until=moment,
            revised_at=moment,
            withdraw_at=moment,
            section=None,
        )
        make_quote(
            article,
            source,
            kind=next(kinds),
            terms=next(terms),
            attribution="a clerk",
            unnamed_reason="Asked.",
        )
    for kind in Correction.Kind.values:
        make_correction(article, kind=kind)
    for number, outcome in enumerate(ReplyRequest.Outcome.values, start=1):
        make_reply_request(article, source, number=number, outcome=outcome)
    ends = [dt.date(1000, 1, 1), dt.date(2018, 9, 25), dt.date(2200, 12, 31)]
    for number, days in enumerate(product(*([None, day] for day in ends))):
        names = ["started_on", "known_on", "ended_on"]
        make_affiliation(source, other, title=f"title {number}", **dict(zip(names, days, strict=True)))


def empty_the_database():
    """Of everything but the permissions that one may give; the counts of primary keys begin anew."""
    connection.check_constraints()
    # With the keys they have, for Django remembers content types beyond the end of a test.
    kept = [list(model._base_manager.all()) for model in (ContentType, Permission)]
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    for rows in kept:
        type(rows[0])._base_manager.bulk_create(rows)
    assert not any(model._default_manager.exists() for model in EVERY_MODEL)


@contextmanager
def desk(media):
    """A newsroom that keeps its pictures in that folder, and is gone at the end of the block."""
    with override_settings(MEDIA_ROOT=media), transaction.atomic():
        yield
        transaction.set_rollback(True)


def dump_news(folder):
    call_command("dumpnews", folder, verbosity=0, stderr=io.StringIO())
    return files_in(folder)


def files_in(folder):
    """The bytes of every file, the pictures among them, by name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
