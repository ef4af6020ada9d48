"""How the site is served: the settings of gunicorn, and what it does when a variable is wrong."""

import runpy
from types import SimpleNamespace

import pytest

from tests.outside import ROOT, SERVER, run


@pytest.fixture
def served_with(monkeypatch):
    def read(**variables):
        for name in SERVER:
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "newsroom" / "gunicorn.py"))

    return read


def gunicorn(*options, **variables):
    return run("-m", "gunicorn", "-c", "python:newsroom.gunicorn", *options, **variables)


def test_it_serves_on_this_machine_only_unless_told(served_with):
    config = served_with()
    assert config["wsgi_app"] == "newsroom.wsgi"
    assert (config["bind"], config["workers"], config["threads"]) == ("127.0.0.1:8000", 2, 4)
    assert config["accesslog"] is None
    assert config["forwarded_allow_ips"] == "127.0.0.1,::1"


def test_every_variable_reaches_the_server(served_with):
    config = served_with(
        BIND="unix:/run/newsroom.sock",
        WORKERS="5",
        THREADS="2",
        ACCESS_LOG="-",
        FORWARDED_ALLOW_IPS="10.0.0.0/8",
    )
    assert (config["bind"], config["workers"], config["threads"]) == ("unix:/run/newsroom.sock", 5, 2)
    assert config["accesslog"] == "-"
    assert config["forwarded_allow_ips"] == "10.0.0.0/8"


@pytest.mark.parametrize(
    ("name", "value"),
    [("BIND", "8000"), ("WORKERS", "0"), ("THREADS", "many"), ("FORWARDED_ALLOW_IPS", "proxy.example.org")],
)
def test_a_wrong_variable_ends_the_start_with_a_hint(served_with, name, value):
    with pytest.raises(SystemExit, match=f"^newsroom: {name} (is|holds) '{value}'"):
        served_with(**{name: value})


def test_ctrl_c_takes_the_way_that_waits_for_requests(served_with):
    master = SimpleNamespace(handle_int="the quick way", handle_term="the way that waits")
    served_with()["on_starting"](master)
    assert master.handle_int == "the way that waits"


def test_gunicorn_accepts_the_settings(tmp_path):
    done = gunicorn("--check-config", DATA_DIR=str(tmp_path), SITE_URL="http://127.0.0.1:8000")
    assert done.returncode == 0, done.stderr


def test_a_site_that_is_set_up_wrong_ends_the_start_in_one_line(tmp_path):
    done = gunicorn(DATA_DIR=str(tmp_path), SITE_URL="http://news.example.org")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("newsroom: SITE_URL is 'http://news.example.org'")
    assert done.stderr.count("\n") == 1
