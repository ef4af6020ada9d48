"""Whose address a request has, seen through none, one or several proxies."""

import pytest
from axes.models import AccessAttempt
from django.test import RequestFactory
from django.urls import reverse

from newsroom.proxies import client_address

PROXY = "10.0.0.1"
READER = "203.0.113.7"


def seen(settings, proxies, forwarded=None, remote=PROXY):
    settings.PROXIES = proxies
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, PROXY),
        (0, READER, PROXY),
        (1, None, PROXY),
        (1, "", PROXY),
        (1, READER, READER),
        (1, f"198.51.100.9, {READER}", READER),
        (2, f"{READER}, 192.0.2.1", READER),
        (2, f"198.51.100.9,{READER},192.0.2.1", READER),
        (2, READER, PROXY),
    ],
)
def test_only_what_trusted_proxies_wrote_is_believed(settings, proxies, forwarded, address):
    assert seen(settings, proxies, forwarded) == address


@pytest.mark.parametrize(
    ("step", "address"),
    [
        (f"{READER}:49152", READER),
        ("2001:db8::7", "2001:db8::7"),
        ("2001:0DB8:0::7", "2001:db8::7"),
        ("[2001:db8::7]", "2001:db8::7"),
        ("[2001:db8::7]:49152", "2001:db8::7"),
        ("fe80::1%eth0", "fe80::1"),
        ("unknown", PROXY),
        ("'; DROP TABLE", PROXY),
        (" ", PROXY),
        (f"{READER},", PROXY),
    ],
)
def test_an_address_is_an_address_whatever_stands_in_the_header(settings, step, address):
    assert seen(settings, 1, step) == address


@pytest.mark.parametrize("remote", ["", "unix:"])
def test_a_caller_on_a_socket_file_has_no_address(settings, remote):
    assert seen(settings, 0, remote=remote) is None


@pytest.mark.parametrize(("remote", "kept"), [(READER, READER), ("", None)])
def test_a_failed_login_is_counted_for_the_address(db, client, remote, kept):
    client.post(
        reverse("admin:login"), {"username": "editor", "password": "a wrong guess"}, REMOTE_ADDR=remote
    )
    assert [attempt.ip_address for attempt in AccessAttempt.objects.all()] == [kept]
