import io

import pytest
from django.core.management import CommandError, call_command

from articles.editorial import audit
from articles.management.commands.changepassword import Command
from articles.models import AuditEntry
from tests.make import make_user

pytestmark = pytest.mark.django_db


def change(monkeypatch, password, *name):
    monkeypatch.setattr(Command, "_get_pass", lambda command, prompt="": password)
    call_command("changepassword", *name, stdout=io.StringIO(), stderr=io.StringIO())


def test_the_account_has_a_line_in_its_history(monkeypatch):
    ana = make_user("ana", first_name="Ana", last_name="Ruiz")
    change(monkeypatch, "another long password", "ana")
    ana.refresh_from_db()
    assert ana.check_password("another long password")
    line = audit.history_of(ana).get()
    assert (line.by_name, line.message) == ("manage.py changepassword", "Changed the password of Ana Ruiz.")


def test_without_a_name_it_is_that_of_whoever_is_at_the_machine(monkeypatch):
    ana = make_user("ana")
    monkeypatch.setattr("getpass.getuser", lambda: "ana")
    change(monkeypatch, "another long password")
    assert audit.history_of(ana).get().message == "Changed the password of ana."


def test_a_password_that_is_not_changed_leaves_no_line(monkeypatch):
    make_user("ana")
    with pytest.raises(CommandError):
        change(monkeypatch, "short", "ana")
    assert not AuditEntry.objects.exists()
