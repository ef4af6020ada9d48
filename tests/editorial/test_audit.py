import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from articles.editorial import audit
from articles.editorial.workflow import take_step
from articles.models import AuditEntry, Edition
from tests.make import (
    make_article,
    make_editor,
    make_former_slug,
    make_quote,
    make_reply_request,
    make_section,
    make_source,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_a_line_says_who_did_what_with_which_row():
    editor = make_editor("ana", first_name="Ana", last_name="Ruiz")
    source = make_source("City Hall")
    audit.record(AuditEntry.Action.CHANGED, source, by=editor, message="Changed Name.")
    line = AuditEntry.objects.get()
    assert (line.by_username, line.by_name, line.action) == ("ana", "Ana Ruiz", "changed")
    assert (line.noun, line.object_id, line.object_name) == ("articles.source", str(source.pk), "City Hall")
    assert (line.object_key, line.message) == (f'["{source.slug}"]', "Changed Name.")


def test_a_line_names_its_row_by_the_key_it_has_in_every_database():
    request = make_reply_request(make_article(slug="ærlig"), make_source(slug="city-hall"), number=2)
    assert (
        audit.record(AuditEntry.Action.ADDED, request, by=make_editor()).object_key
        == '["ærlig", "city-hall", 2]'
    )


def test_a_row_that_has_only_a_number_is_named_by_no_key():
    assert audit.record(AuditEntry.Action.CHANGED, Edition(), by=make_editor()).object_key == ""


def test_an_account_without_a_name_is_called_by_its_login():
    assert audit.name_of(make_editor("ana")) == "ana"


def test_the_history_of_a_row_is_its_own_newest_first_and_outlives_account_and_row():
    editor, source, other = make_editor(), make_source(), make_source()
    for message in ["one", "two"]:
        audit.record(AuditEntry.Action.CHANGED, source, by=editor, message=message)
    audit.record(AuditEntry.Action.CHANGED, other, by=editor)
    editor.delete()
    assert [line.message for line in audit.history_of(source)] == ["two", "one"]
    source_id = source.pk
    source.delete()
    assert AuditEntry.objects.filter(object_id=str(source_id), noun="articles.source").count() == 2


def test_the_history_of_a_row_begins_where_it_was_added():
    """Another database has kept lines about a tag that was deleted, and about the one that took its key."""
    tag = make_tag()
    for minute, action in enumerate(["added", "changed", "deleted", "added", "changed"]):
        line = entry(tag, action=action, minute=minute)
        line.object_id, line.by_username, line.message = str(tag.pk), "ana", f"{action} {minute}"
        line.save()
    assert [line.message for line in audit.history_of(tag)] == ["changed 4", "added 3"]


def test_the_last_touch_is_the_newer_of_a_save_and_a_step():
    ana, ben = make_editor(first_name="Ana"), make_editor(first_name="Ben")
    article = make_article(created_by=ben)
    assert audit.last_touch(article) is None
    audit.record(AuditEntry.Action.CHANGED, article, by=ana)
    assert (audit.last_touch(article).by, audit.last_touch(article).what) == ("Ana", "saved this story")
    take_step(article, "submit", by=ben)
    assert (audit.last_touch(article).by, audit.last_touch(article).what) == (
        "Ben",
        "moved this story to “in review”",
    )


def entry(thing_or_noun, key=None, *, action="changed", minute=0):
    """A line as a fixture brings it: not saved, with the number a row had in another database."""
    noun = thing_or_noun if isinstance(thing_or_noun, str) else thing_or_noun._meta.label_lower
    return AuditEntry(
        noun=noun,
        object_id="7",
        object_key=audit.key_of(thing_or_noun) if key is None else key,
        action=action,
        at=timezone.now() + dt.timedelta(minutes=minute),
    )


def found(*entries):
    audit.find_objects(list(entries), using="default")
    return [entry.object_id for entry in entries]


class TestFindingObjects:
    def test_finds_rows_of_every_noun_by_their_keys(self):
        things = [
            make_article(),
            make_quote(),
            make_reply_request(),
            make_reply_request(make_article(), make_source(), number=2),
            make_section(),
            make_tag("Граница", slug="граница"),
            make_user("ana"),
            Group.objects.create(name="Night desk"),
        ]
        assert found(*map(entry, things)) == [str(thing.pk) for thing in things]

    def test_a_story_is_found_by_an_address_it_had_before(self):
        story, other = make_article(slug="new"), make_article(slug="other")
        make_former_slug(story, slug="old")
        assert found(entry("articles.article", '["old"]'), entry("articles.article", '["other"]')) == [
            str(story.pk),
            str(other.pk),
        ]

    @pytest.mark.parametrize(
        ("noun", "key"),
        [
            ("articles.source", ""),
            ("articles.source", '["nobody"]'),
            ("articles.tag", '["city-hall"]'),
            ("articles.source", '"city-hall"'),
            ("articles.source", '{"city-hall": 1}'),
            ("articles.source", '["city-hall", 1]'),
            ("articles.source", '["city-hall"'),
            ("articles.source", "[" * 100_000),
            ("articles.source", f"[{'9' * 5_000}]"),
            ("articles.source", '["\\u0000"]'),
            ("auth.user", '["\\u0000"]'),
            ("auth.user", '["\\ud800"]'),
            ("articles.statuschange", '["no-number"]'),
            ("articles.replyrequest", '["a", "b", "c"]'),
            ("articles.edition", "[1]"),
            ("articles.nothing", '["city-hall"]'),
            ("", '["city-hall"]'),
        ],
    )
    def test_leaves_empty_what_names_nothing_here(self, noun, key):
        make_source(slug="city-hall")
        assert found(entry(noun, key)) == [""]

    def test_tells_apart_rows_whose_keys_begin_alike(self):
        first = make_reply_request()
        second = make_reply_request(first.article, first.source, number=2)
        other = make_reply_request(first.article)
        assert found(entry(second), entry(other), entry(first)) == [
            str(second.pk),
            str(other.pk),
            str(first.pk),
        ]

    def test_asks_no_more_for_many_than_for_few(self, django_assert_num_queries):
        tags, stories = [make_tag() for _ in range(12)], [make_article() for _ in range(12)]
        with django_assert_num_queries(3):  # tags, stories, former addresses
            found(entry(tags[0]), entry(stories[0]))
        with django_assert_num_queries(3):
            found(*map(entry, [*tags, *stories, *tags]))

    def test_keys_that_do_not_fit_into_one_query_are_found_by_several(self, monkeypatch):
        monkeypatch.setattr(audit, "MOST_KEYS", 2)
        tags = [make_tag() for _ in range(5)]
        assert found(*map(entry, tags)) == [str(tag.pk) for tag in tags]

    def test_shows_each_row_its_own_lines_and_never_a_strangers(self):
        stranger, story = make_article(), make_article()
        line = entry(story)
        line.object_id, line.by_username = str(stranger.pk), "ana"
        audit.find_objects([line], using="default")
        line.save()
        assert not audit.history_of(stranger).exists()
        assert list(audit.history_of(story)) == [line]
