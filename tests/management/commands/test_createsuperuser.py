import io

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles.editorial import audit
from articles.models import AuditEntry
from tests.make import make_user

pytestmark = pytest.mark.django_db


def open_account(name, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a long enough password")
    call_command(
        "createsuperuser", interactive=False, username=name, email="chief@example.org", stdout=io.StringIO()
    )


def test_the_account_has_a_line_in_its_history(monkeypatch):
    make_user("other", is_superuser=True)
    open_account("chief", monkeypatch)
    line = AuditEntry.objects.get()
    assert list(audit.history_of(User.objects.get(username="chief"))) == [line]
    assert (line.by_username, line.by_name, line.action) == (
        "createsuperuser",
        "manage.py createsuperuser",
        "added",
    )
    assert line.message == "Let chief into the desk. Gave chief every right there is."


def test_an_account_that_is_not_opened_has_none(monkeypatch):
    make_user("chief")
    with pytest.raises(CommandError):
        open_account("chief", monkeypatch)
    assert not AuditEntry.objects.exists()
