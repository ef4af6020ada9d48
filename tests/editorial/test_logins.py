import pytest
import time_machine

from articles.editorial import audit, logins
from articles.models import AuditEntry
from tests.make import make_user

pytestmark = pytest.mark.django_db


def lines():
    return [(line.by_name, line.action, line.object_name) for line in AuditEntry.objects.order_by("pk")]


def test_an_account_comes_in_and_goes_by_itself():
    ana = make_user("ana", first_name="Ana", last_name="Ruiz")
    logins.came_in(ana)
    logins.went(ana)
    assert lines() == [("Ana Ruiz", "logged in", "ana"), ("Ana Ruiz", "logged out", "ana")]
    assert audit.history_of(ana).count() == 2


@pytest.mark.parametrize(
    ("told", "action"), [(logins.turned_away, "turned away"), (logins.locked_out, "locked out")]
)
def test_nobody_knows_who_was_turned_away(told, action):
    ana = make_user("ana")
    told("ana")
    assert lines() == [("Somebody", action, "ana")]
    assert audit.history_of(ana).count() == 1


@pytest.mark.parametrize("told", [logins.turned_away, logins.locked_out])
def test_a_name_that_nobody_has_is_not_kept(told):
    told("a password typed into the wrong box")
    line = AuditEntry.objects.get()
    assert (line.object_name, line.object_id, line.object_key) == ("an unknown name", "", "")
    assert "typed" not in line.message


def test_a_lockout_that_goes_on_is_told_once_in_a_while_of_each_account():
    make_user("ana"), make_user("bob")
    with time_machine.travel("2026-03-01 05:00", tick=False) as clock:
        for name in ["ana", "ana", "bob"]:
            logins.locked_out(name)
        clock.shift(16 * 60)
        logins.locked_out("ana")
    assert [name for _, _, name in lines()] == ["ana", "bob", "ana"]


def test_history_outlives_the_account():
    ana = make_user("ana")
    logins.came_in(ana)
    ana.delete()
    assert [str(line) for line in AuditEntry.objects.all()] == ["ana logged in"]
