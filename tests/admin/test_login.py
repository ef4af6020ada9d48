import pytest

from tests.make import make_user

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"


def try_to_log_in(client, password, **headers):
    return client.post(LOGIN, {"username": "ana", "password": password, "next": "/admin/"}, **headers)


def test_the_right_password_opens_the_desk(client):
    make_user("ana")
    assert try_to_log_in(client, "a long enough password").status_code == 302
    assert client.get("/admin/").status_code == 200


def test_guessing_is_stopped_for_a_while_even_with_the_right_password_at_last(client):
    make_user("ana")
    for guess in range(8):
        try_to_log_in(client, f"guess number {guess}")
    locked = try_to_log_in(client, "a long enough password")
    assert locked.status_code == 429
    assert "Wait a quarter of an hour" in locked.content.decode()
    assert client.get("/admin/").status_code == 302


def test_somebody_elsewhere_is_not_locked_out_by_a_strangers_guessing(client):
    make_user("ana")
    for guess in range(9):
        try_to_log_in(client, f"guess number {guess}", REMOTE_ADDR="203.0.113.9")
    assert try_to_log_in(client, "a long enough password", REMOTE_ADDR="198.51.100.7").status_code == 302
