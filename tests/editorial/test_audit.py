import pytest

from articles.editorial import audit
from articles.editorial.workflow import take_step
from articles.models import AuditEntry
from tests.make import make_article, make_editor, make_source

pytestmark = pytest.mark.django_db


def test_a_line_says_who_did_what_with_which_row():
    editor = make_editor("ana", first_name="Ana", last_name="Ruiz")
    source = make_source("City Hall")
    audit.record(AuditEntry.Action.CHANGED, source, by=editor, message="Changed Name.")
    line = AuditEntry.objects.get()
    assert (line.by_username, line.by_name, line.action) == ("ana", "Ana Ruiz", "changed")
    assert (line.noun, line.object_id, line.object_name) == ("articles.source", str(source.pk), "City Hall")
    assert line.message == "Changed Name."


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
