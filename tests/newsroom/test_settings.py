"""The settings as a whole, read afresh under several sets of variables."""

import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.outside import ROOT, SETTINGS, run

KEY = "a7Gk2-mQ9xLw4RtZ8vNc1BjY6sHf3DpE0uKi5TgV_oXr-Jd5Wn8qZe"
ON_THE_AIR = {"SITE_URL": "https://news.example.org", "SECRET_KEY": KEY, "PROXIES": "1"}


@pytest.fixture
def settings_with(monkeypatch, tmp_path):
    """Reads newsroom/settings.py with these variables and no others."""

    def read(**variables):
        for name in SETTINGS:
            monkeypatch.delenv(name, raising=False)
        for name, value in {"DATA_DIR": str(tmp_path), **variables}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "newsroom" / "settings.py"))

    return read


def test_on_this_machine_nothing_has_to_be_set(settings_with, tmp_path):
    settings = settings_with()
    assert settings["SITE_URL"] == "http://127.0.0.1:8000"
    assert settings["DEBUG"] is False
    assert settings["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "127.0.0.1", "[::1]"]
    assert settings["SECRET_KEY"] == (tmp_path / "secret-key").read_text()
    assert settings["DATABASES"]["default"]["NAME"] == str(tmp_path / "newsroom.sqlite3")
    assert settings["SECURE_SSL_REDIRECT"] is False
    assert settings["SESSION_COOKIE_SECURE"] is False
    assert "SECURE_PROXY_SSL_HEADER" not in settings


def test_everything_kept_is_kept_in_the_data_folder(settings_with, tmp_path):
    settings = settings_with()
    assert Path(settings["MEDIA_ROOT"]).parent == tmp_path
    assert Path(settings["STATIC_ROOT"]).parent == tmp_path


@pytest.mark.parametrize("address", ["https://news.example.org", "HTTPS://News.example.org/"])
def test_an_https_address_puts_the_site_on_the_air(settings_with, address):
    settings = settings_with(**{**ON_THE_AIR, "SITE_URL": address})
    assert settings["SITE_URL"] == "https://news.example.org"
    assert settings["ALLOWED_HOSTS"] == ["news.example.org"]
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SECURE_HSTS_SECONDS"] == 31_536_000
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["CSRF_COOKIE_SECURE"] is True
    assert settings["SESSION_COOKIE_NAME"] == "__Host-session"
    assert settings["CSRF_COOKIE_NAME"] == "__Host-csrf"
    assert settings["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.parametrize("missing", ["SECRET_KEY", "PROXIES"])
def test_a_public_site_does_not_start_half_set_up(settings_with, missing):
    variables = {name: value for name, value in ON_THE_AIR.items() if name != missing}
    with pytest.raises(ImproperlyConfigured, match=f"^{missing} is not set"):
        settings_with(**variables)


def test_a_public_site_never_shows_its_inner_workings(settings_with):
    with pytest.raises(ImproperlyConfigured, match=r"^DEBUG is on for a public site"):
        settings_with(**ON_THE_AIR, DEBUG="on")


def test_more_hosts_are_answered_only_when_named(settings_with):
    settings = settings_with(**ON_THE_AIR, ALLOWED_HOSTS="news.example.org,www.example.org")
    assert settings["ALLOWED_HOSTS"] == ["news.example.org", "www.example.org"]


def test_sqlite_is_opened_with_the_options_that_lose_nothing(settings_with):
    options = settings_with()["DATABASES"]["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]


def test_postgresql_and_redis_are_two_variables(settings_with):
    settings = settings_with(
        **ON_THE_AIR, DATABASE_URL="postgres://ann@127.0.0.1/news", CACHE_URL="redis://127.0.0.1"
    )
    assert settings["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert settings["DATABASES"]["default"]["OPTIONS"] == {}
    assert settings["CACHES"]["default"]["LOCATION"] == "redis://127.0.0.1"


def test_no_page_may_run_or_load_anything_that_is_not_ours(settings_with):
    directives = settings_with()["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    assert directives["base-uri"] == ["'none'"]
    assert directives["frame-ancestors"] == ["'none'"]
    allowed = {str(source) for sources in directives.values() for source in sources}
    assert not {source for source in allowed if "unsafe" in source or "*" in source or "://" in source}


def test_the_checks_for_deployment_find_nothing_on_the_air(tmp_path):
    done = run(
        "manage.py", "check", "--deploy", "--fail-level", "WARNING", **ON_THE_AIR, DATA_DIR=str(tmp_path)
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", [["check"], ["migrate"], ["demo"], ["runserver"]])
def test_a_command_that_cannot_start_says_so_in_one_line(command, tmp_path):
    done = run("manage.py", *command, DATA_DIR=str(tmp_path), SITE_URL="http://news.example.org")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("manage.py: SITE_URL is 'http://news.example.org'")
    assert done.stderr.count("\n") == 1


def test_a_request_for_somebody_elses_host_is_refused_without_filling_the_log(client, caplog):
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert caplog.text == ""
