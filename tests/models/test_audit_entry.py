import pytest

from articles.models import AuditEntry
from tests.make import make_audit_entry, make_quote, make_user
from tests.models.history import assert_cannot_be_rewritten, assert_writing_the_same_passes
from tests.models.refusals import BY_BULK_CREATE, BY_CREATE, Refusal, each

pytestmark = pytest.mark.django_db

REFUSALS = [
    Refusal(
        "audit_entry_has_a_person", make_audit_entry, {"by_username": ""}, ways=(BY_CREATE, BY_BULK_CREATE)
    ),
]


@pytest.mark.parametrize(("refusal", "way"), each(REFUSALS))
def test_the_database_refuses(refusal, way):
    refusal.try_by(way)


def test_reads_as_who_did_what():
    entry = make_audit_entry(by_name="Ana Ruiz", action=AuditEntry.Action.DELETED, object_name="Talks fail")
    assert str(entry) == "Ana Ruiz deleted Talks fail"


def test_an_entry_can_be_neither_changed_nor_deleted():
    assert_cannot_be_rewritten(make_audit_entry)


def test_writing_the_same_once_more_passes():
    assert_writing_the_same_passes(make_audit_entry)


def test_survives_the_account_and_the_object():
    user, quote = make_user("ana"), make_quote()
    entry = make_audit_entry(by_username=user.username, object_id=str(quote.pk), object_name=str(quote))
    quote.article.delete()
    user.delete()
    assert AuditEntry.objects.values_list("by_username", "object_name").get() == ("ana", entry.object_name)
