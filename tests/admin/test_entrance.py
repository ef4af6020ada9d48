"""Who comes in, who goes and who is turned away stands in history, and nothing that was typed there."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.editorial.seals import check
from articles.models import AuditEntry
from tests.make import make_user

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
RIGHT, WRONG = "a long enough password", "a wrong password"


def try_to_log_in(client, name="ana", password=WRONG):
    return client.post(LOGIN, {"username": name, "password": password, "next": "/admin/"})


def history():
    """Each line as a sentence, the oldest first."""
    return [str(line) for line in AuditEntry.objects.order_by("pk")]


@pytest.fixture
def ana():
    return make_user("ana", first_name="Ana", last_name="Ruiz", is_superuser=True)


def test_who_comes_in_and_goes_is_written_down(client, ana):
    assert try_to_log_in(client, password=RIGHT).status_code == 302
    assert client.post("/admin/logout/").status_code == 200
    assert history() == ["ana logged in", "ana logged out"]
    assert {(line.by_username, line.by_name) for line in AuditEntry.objects.all()} == {("ana", "Ana Ruiz")}
    ana.refresh_from_db()
    assert ana.last_login is not None
    assert check().told == []


def test_who_goes_twice_went_once(client, ana):
    client.force_login(ana)
    client.post("/admin/logout/")
    client.post("/admin/logout/")
    client.logout()
    assert history() == ["ana logged out"]


def test_who_is_turned_away_is_somebody(client, ana):
    try_to_log_in(client)
    line = AuditEntry.objects.get()
    assert str(line) == "ana turned away at the login"
    assert (line.by_username, line.by_name, line.object_id) == ("nobody", "Somebody", str(ana.pk))


def test_a_closed_account_is_turned_away_as_well(client):
    make_user("ana", is_active=False)
    try_to_log_in(client, password=RIGHT)
    assert history() == ["ana turned away at the login"]


@pytest.mark.parametrize("name", ["my Secret passw0rd", "", "x" * 300, "'; --", "名"])
def test_nothing_that_was_typed_is_kept(client, ana, name):
    assert try_to_log_in(client, name, "another Secret passw0rd").status_code == 200
    kept = [repr(values) for values in AuditEntry.objects.values()]
    assert not any("passw0rd" in text or (name and name in text) for text in kept)
    assert history() in (["an unknown name turned away at the login"], [])
    assert bool(history()) == (0 < len(name) <= 150)


def test_a_lockout_is_written_down_once(client, ana):
    for _ in range(settings.AXES_FAILURE_LIMIT + 3):
        try_to_log_in(client)
    tries = ["ana turned away at the login"] * (settings.AXES_FAILURE_LIMIT - 1)
    assert history() == [*tries, "ana locked out"]
    assert try_to_log_in(client, password=RIGHT).status_code == 429
    assert history() == [*tries, "ana locked out"]


def test_a_name_that_is_known_takes_as_many_queries_as_one_that_is_not(client, ana):
    def queries(name):
        with CaptureQueriesContext(connection) as captured:
            try_to_log_in(client, name)
        return len(captured)

    assert queries("ana") == queries("bob")


def test_the_history_of_an_account_shows_it_to_those_who_may_see_accounts(client, ana):
    try_to_log_in(client)
    try_to_log_in(client, password=RIGHT)
    address = reverse("admin:auth_user_history", args=[ana.pk])
    page = client.get(address).content.decode()
    assert "turned away at the login" in page
    assert "logged in" in page
    assert "an unknown name" not in page
    client.force_login(make_user())
    assert client.get(address).status_code == 403
