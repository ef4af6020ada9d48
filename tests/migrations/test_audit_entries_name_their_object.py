"""On a loaded database: what history says stays, what it is about gets its key, and the triggers are in force."""

import uuid

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from articles.editorial import audit
from articles.models import Article, AuditEntry
from tests.make import (
    make_article,
    make_audit_entry,
    make_author,
    make_editor,
    make_image,
    make_quote,
    make_reply_request,
    make_section,
    make_source,
    make_statement,
    make_status_change,
    make_tag,
    make_user,
)
from tests.migrations.states import at
from tests.migrations.test_history_is_append_only import can_be_rewritten, triggers

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = "0003_corrections"
STORIES = [
    "sections", "authors", "sources", "aliases", "affiliations", "statements", "tags", "tag_synonyms", "articles",
    "bylines", "tagged_articles", "quotes",
]  # fmt: skip


def everything_with_a_history():
    article = make_article(slug="ærlig")
    return [
        article,
        make_author(),
        make_image(),
        make_quote(article),
        make_reply_request(article),
        make_reply_request(article, number=2),
        make_section(),
        make_source(),
        make_statement(),
        make_tag("a “tag”"),
        make_user("ana"),
        Group.objects.create(name="Night desk"),
    ]


def lines():
    return list(AuditEntry.objects.order_by("pk").values())


def as_it_was_before(noun, number):
    """A line as the newsroom wrote them before, into the table of that time."""
    state = MigrationExecutor(connection).loader.project_state(("articles", BEFORE))
    state.apps.get_model("articles", "AuditEntry").objects.create(
        key=uuid.uuid4(), by_username="ana", by_name="Ana", action="deleted", noun=noun, object_id=number
    )


def test_lines_get_the_keys_of_what_is_still_there():
    things, editor = everything_with_a_history(), make_editor()
    for thing in things * 2:
        audit.record(AuditEntry.Action.CHANGED, thing, by=editor, message="Changed.")
    recorded = lines()
    with at(BEFORE):
        as_it_was_before("articles.tag", "999999")
        as_it_was_before("articles.nothing", "1")
        as_it_was_before("articles.tag", "not a number")
    assert lines()[: len(recorded)] == recorded
    assert [line["object_key"] for line in lines()[len(recorded) :]] == ["", "", ""]
    assert all(line["object_key"] for line in recorded)


def test_history_is_append_only_before_and_after():
    protected = triggers()
    rows = [make_status_change(), make_audit_entry()]
    with at(BEFORE):
        assert triggers() == protected
        assert not any(can_be_rewritten(row) for row in rows)
    assert triggers() == protected
    assert not any(can_be_rewritten(row) for row in rows)


def test_the_new_column_is_protected_as_well():
    with at(BEFORE):
        pass
    entry = make_audit_entry()
    with pytest.raises(DatabaseError, match="history is append-only"):
        AuditEntry.objects.filter(pk=entry.pk).update(object_key='["another"]')


def test_the_history_of_the_stories_that_come_with_the_newsroom_stays_theirs():
    call_command("loaddata", *STORIES, verbosity=0)
    editor, stories = make_editor(), list(Article.objects.all())
    for story in stories:
        audit.record(AuditEntry.Action.CHANGED, story, by=editor, message=story.slug)
    with at(BEFORE):
        pass
    assert len(stories) == 4
    for story in stories:
        assert [(line.message, line.object_key) for line in audit.history_of(story)] == [
            (story.slug, audit.key_of(story))
        ]
