"""Every reader of variables: what it returns, and how it stops a start that would go wrong."""

import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.cache.backends.redis import RedisCache
from django.core.exceptions import ImproperlyConfigured

from newsroom import environment

GOOD_KEY = "a7Gk2-mQ9xLw4RtZ8vNc1BjY6sHf3DpE0uKi5TgV_oXr-Jd5Wn8qZe"
POSTGRESQL = "django.db.backends.postgresql"
SQLITE = "django.db.backends.sqlite3"


@pytest.fixture
def value(monkeypatch):
    """Sets the variable VALUE."""
    monkeypatch.delenv("VALUE", raising=False)
    return lambda text: monkeypatch.setenv("VALUE", text)


def the_stop(reader, *args, **kwargs):
    """The sentence the reader stops with; it always names the variable and gives an example."""
    with pytest.raises(ImproperlyConfigured) as stopped:
        reader("VALUE", *args, **kwargs)
    sentence = str(stopped.value)
    assert sentence.startswith("VALUE ")
    assert " Example: VALUE=" in sentence
    assert "\n" not in sentence
    return sentence


def test_text_is_stripped_and_an_empty_variable_counts_as_not_set(value):
    assert environment.text("VALUE", "default") == "default"
    value("  ")
    assert environment.text("VALUE", "default") == "default"
    value(" Morning Post ")
    assert environment.text("VALUE", "default") == "Morning Post"


@pytest.mark.parametrize("word", ["1", "on", "TRUE", "Yes", " yes "])
def test_yes_is_understood_in_the_usual_words(value, word):
    value(word)
    assert environment.yes_or_no("VALUE", default=False) is True


@pytest.mark.parametrize("word", ["0", "off", "False", "NO"])
def test_no_is_understood_in_the_usual_words(value, word):
    value(word)
    assert environment.yes_or_no("VALUE", default=True) is False


@pytest.mark.parametrize("default", [True, False])
def test_an_unset_yes_or_no_is_the_default(value, default):
    assert environment.yes_or_no("VALUE", default=default) is default


@pytest.mark.parametrize("word", ["maybe", "2", "y", "enabled", "true!"])
def test_any_other_word_is_not_guessed_at(value, word):
    value(word)
    assert repr(word) in the_stop(environment.yes_or_no, default=True)


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("007", 7), ("64", 64)])
def test_a_whole_number_within_bounds_is_read(value, text, number):
    value(text)
    assert environment.whole_number("VALUE", default=2, least=1, most=64) == number


def test_an_unset_number_is_the_default_unless_it_must_be_said(value):
    assert environment.whole_number("VALUE", default=2, least=1, most=64) == 2
    assert environment.whole_number("VALUE", default=0, least=0, most=5) == 0
    assert "is not set" in the_stop(environment.whole_number, default=None, least=0, most=5)


@pytest.mark.parametrize("text", ["0", "65", "-1", "1.5", "1e1", "two", "²", "٣", "1_0", "9" * 5000])
def test_a_number_out_of_bounds_or_no_number_is_refused(value, text):
    value(text)
    assert "from 1 to 64" in the_stop(environment.whole_number, default=2, least=1, most=64)


def test_a_time_zone_has_a_name_from_the_database(value):
    assert environment.time_zone("VALUE", "Europe/Berlin") == "Europe/Berlin"
    value("Asia/Tokyo")
    assert environment.time_zone("VALUE", "Europe/Berlin") == "Asia/Tokyo"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Europe", "../etc/passwd", "/etc/localtime", "UTC+2"])
def test_no_other_word_is_a_time_zone(value, zone):
    value(zone)
    assert repr(zone) in the_stop(environment.time_zone, "Europe/Berlin")


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("https://news.example.org", "https://news.example.org"),
        ("https://news.example.org/", "https://news.example.org"),
        ("HTTPS://News.Example.org", "https://news.example.org"),
        ("https://news.example.org:8443", "https://news.example.org:8443"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("https://[2001:db8::1]", "https://[2001:db8::1]"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://127.0.0.1", "http://127.0.0.1"),
        ("http://127.8.8.8:1", "http://127.8.8.8:1"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_a_site_has_one_address_in_one_spelling(value, written, understood):
    value(written)
    assert environment.site_url("VALUE", "unused") == understood


@pytest.mark.parametrize(
    "address",
    [
        "news.example.org",
        "//news.example.org",
        "ftp://news.example.org",
        "https://",
        "https://*",
        "https://*.example.org",
        "https://.example.org",
        "https://news.example.org/blog",
        "https://news.example.org?a=1",
        "https://news.example.org/#top",
        "https://me@news.example.org",
        "https://@news.example.org",
        "https://news.example.org:port",
        "https://news.example.org:70000",
        "https://news example.org",
        "https://bücher.example",
        "https://[::1",
        "https://a,b",
    ],
)
def test_no_other_address_is_a_sites_address(value, address):
    value(address)
    assert repr(address) in the_stop(environment.site_url, "unused")


@pytest.mark.parametrize(
    "address",
    [
        "http://news.example.org",
        "HTTP://news.example.org",
        "http://10.0.0.1",
        "http://192.168.1.2:8000",
        "http://0.0.0.0:8000",
        "http://localhost.example.org",
    ],
)
def test_only_this_machine_may_go_without_https(value, address):
    value(address)
    assert "in the clear" in the_stop(environment.site_url, "unused")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://news.example.org:8443", "news.example.org"),
        ("http://[::1]:8000", "[::1]"),
        ("http://127.0.0.1:8000", "127.0.0.1"),
    ],
)
def test_the_host_of_a_site_is_written_as_django_compares_it(url, host):
    assert environment.host_of(url) == host


def test_hosts_are_named_one_by_one(value):
    assert environment.hosts("VALUE", ["news.example.org"]) == ["news.example.org"]
    value("news.example.org, www.example.org,,10.0.0.1 ,[::1]")
    assert environment.hosts("VALUE", []) == ["news.example.org", "www.example.org", "10.0.0.1", "[::1]"]


@pytest.mark.parametrize(
    "host", ["*", "*.example.org", ".example.org", "https://a.example", "a.example:80", "a b"]
)
def test_a_host_that_stands_for_many_or_for_none_is_refused(value, host):
    value(f"news.example.org,{host}")
    assert repr(host) in the_stop(environment.hosts, [])


def test_a_folder_is_made_and_returned_without_detours(value, tmp_path):
    assert environment.folder("VALUE", tmp_path / "default") == tmp_path / "default"
    value(str(tmp_path / "with spaces" / ".." / "and #%? signs"))
    assert environment.folder("VALUE", tmp_path) == tmp_path / "and #%? signs"
    assert (tmp_path / "and #%? signs").is_dir()


def test_a_folder_may_be_given_from_the_home_folder_on(value, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    value("~/newsroom")
    assert environment.folder("VALUE", Path("/unused")) == tmp_path / "newsroom"


def test_a_relative_folder_is_refused(value, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    value("data")
    assert "begin with a slash" in the_stop(environment.folder, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_refused(value, tmp_path):
    (tmp_path / "file").write_text("")
    value(str(tmp_path / "file" / "data"))
    assert "cannot be used as a folder" in the_stop(environment.folder, tmp_path)
    value("~nobody-of-this-name/data")
    assert "cannot be used as a folder" in the_stop(environment.folder, tmp_path)


def test_a_folder_we_may_not_write_to_is_refused(value, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: mode == os.R_OK)
    value(str(tmp_path))
    assert "may not write" in the_stop(environment.folder, tmp_path)


def test_the_key_in_the_variable_is_used(value, tmp_path):
    value(GOOD_KEY)
    assert environment.secret_key("VALUE", keep_in=tmp_path / "key") == GOOD_KEY
    assert environment.secret_key("VALUE", keep_in=None) == GOOD_KEY
    assert list(tmp_path.iterdir()) == []


def test_a_public_site_must_be_given_a_key(value):
    assert "is not set" in the_stop(environment.secret_key, keep_in=None)


@pytest.mark.parametrize("key", ["short", GOOD_KEY[:49], "a" * 60, "ab" * 30, f"django-insecure-{GOOD_KEY}"])
def test_a_key_that_is_easy_to_guess_is_refused_and_not_repeated(value, key):
    value(key)
    sentence = the_stop(environment.secret_key, keep_in=None)
    assert "too easy to guess;" in sentence
    assert key not in sentence.removesuffix(environment.EXAMPLE_KEY)


def test_keys_of_before_are_taken_whole(value):
    assert environment.earlier_secret_keys("VALUE") == []
    value(f"{GOOD_KEY}, {GOOD_KEY[::-1]}")
    assert environment.earlier_secret_keys("VALUE") == [GOOD_KEY, GOOD_KEY[::-1]]
    value(f"{GOOD_KEY},{GOOD_KEY[:20]}")
    sentence = the_stop(environment.earlier_secret_keys)
    assert "too easy to guess" in sentence
    assert GOOD_KEY[:20] not in sentence.removesuffix(environment.EXAMPLE_KEY)


def test_a_key_is_made_once_and_only_its_owner_reads_it(value, tmp_path):
    file = tmp_path / "key"
    key = environment.secret_key("VALUE", keep_in=file)
    assert len(key) >= environment.SHORTEST_KEY
    assert environment.secret_key("VALUE", keep_in=file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_workers_that_start_at_once_get_the_same_key(value, tmp_path):
    for attempt in range(20):
        file = tmp_path / f"key-{attempt}"
        with ThreadPoolExecutor(8) as workers:
            asked = [workers.submit(environment.secret_key, "VALUE", keep_in=file) for _ in range(8)]
        assert len({answer.result() for answer in asked}) == 1


def test_a_damaged_key_file_is_named(value, tmp_path):
    file = tmp_path / "key"
    file.write_text("")
    assert str(file) in the_stop(environment.secret_key, keep_in=file)


def test_without_an_address_the_database_is_the_file(value, tmp_path):
    file = tmp_path / "50% of #1?.sqlite3"
    assert environment.database("VALUE", file=file) == {
        "ENGINE": SQLITE,
        "NAME": str(file),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def read_database(value, url):
    value(url)
    return environment.database("VALUE", file=Path("/unused"))


def test_postgresql_is_given_by_its_address(value):
    settings = read_database(value, "postgres://ann:p%40ss%2Fw%23rd@db.example.org:5433/news?sslmode=require")
    assert {
        name: settings[name] for name in ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")
    } == {
        "ENGINE": POSTGRESQL,
        "USER": "ann",
        "PASSWORD": "p@ss/w#rd",
        "HOST": "db.example.org",
        "PORT": 5433,
        "NAME": "news",
        "OPTIONS": {"sslmode": "require"},
    }
    assert (settings["CONN_MAX_AGE"], settings["CONN_HEALTH_CHECKS"]) == (60, True)


@pytest.mark.parametrize("folder", ["postgres://ann@%2Fvar%2Frun%2Fpostgresql/news", "postgres:///news"])
def test_postgresql_on_a_socket_file_is_understood(value, folder):
    settings = read_database(value, folder)
    assert settings["NAME"] == "news"
    assert settings["HOST"] in {"/var/run/postgresql", ""}


def test_how_long_connections_are_kept_is_djangos_business_and_not_the_drivers(value):
    settings = read_database(value, "postgres://ann@127.0.0.1/news?conn_max_age=0&connect_timeout=5")
    assert settings["CONN_MAX_AGE"] == 0
    assert settings["OPTIONS"] == {"connect_timeout": 5}
    value("postgres://ann@127.0.0.1/news?conn_max_age=long")
    assert "conn_max_age" in the_stop(environment.database, file=Path("/unused"))


def test_sqlite_may_be_given_by_its_address(value, tmp_path):
    settings = read_database(value, f"sqlite:///{tmp_path}/other%20name.sqlite3")
    assert (settings["ENGINE"], settings["NAME"]) == (SQLITE, f"{tmp_path}/other name.sqlite3")
    assert settings["CONN_MAX_AGE"] == 60


@pytest.mark.parametrize(
    "address",
    [
        "sqlite://",
        "sqlite://:memory:",
        "sqlite:///relative.sqlite3",
        "sqlite:////nowhere-at-all/newsroom.sqlite3",
        "sqlite:////var/lib/newsroom.sqlite3?timeout=1",
        "postgres://ann@127.0.0.1",
        "postgres://ann@127.0.0.1/",
        "mysql://ann@127.0.0.1/news",
        "postgis://ann@127.0.0.1/news",
        "mongodb://ann@127.0.0.1/news",
        "news",
        "postgres://ann@[::1/news",
    ],
)
def test_a_database_we_cannot_keep_a_newsroom_in_is_refused(value, address):
    value(address)
    the_stop(environment.database, file=Path("/unused"))


@pytest.mark.parametrize(
    "address",
    [
        "postgres://ann:hunter2:secret@127.0.0.1:5432x/news",
        "postgres://ann:12#hunter2@127.0.0.1/news",
        "postgres://ann:hunter2#@127.0.0.1/news",
        "postgres://ann:hunter2/@127.0.0.1",
        "postgres://ann:hunter2?@127.0.0.1/news",
        "mysql://ann:hunter2@127.0.0.1/news",
        "hunter2",
        "postgres://ann:hunter2@127.0.0.1/news?conn_max_age=hunter2",
    ],
)
def test_a_password_is_never_repeated(value, address):
    value(address)
    with pytest.raises(ImproperlyConfigured) as stopped:
        environment.database("VALUE", file=Path("/unused"))
    assert "hunter2" not in str(stopped.value)
    assert stopped.value.__cause__ is None


def test_without_its_driver_postgresql_is_refused_with_the_way_to_get_it(value, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    value("postgres://ann@127.0.0.1/news")
    assert "pip install -e '.[postgres]'" in the_stop(environment.database, file=Path("/unused"))


def test_without_an_address_each_worker_remembers_for_itself(value):
    assert environment.cache("VALUE") == {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


@pytest.mark.parametrize(
    "address",
    [
        "redis://127.0.0.1:6379/0",
        "redis://:secret@cache.example.org",
        "rediss://cache.example.org/1",
        "unix:///run/redis.sock",
    ],
)
def test_redis_is_given_by_its_address_and_may_not_hang_the_site(value, address):
    value(address)
    settings = environment.cache("VALUE")
    assert settings["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
    cache = RedisCache(settings["LOCATION"], settings)
    connection = cache._cache._get_connection_pool(write=True).make_connection()
    assert connection.socket_timeout == 1


@pytest.mark.parametrize(
    "address",
    ["hunter2", "http://:hunter2@127.0.0.1", "redis://:hunter2@:6379", "redis://h:hunter2", "unix:"],
)
def test_no_other_address_is_a_cache_and_its_password_is_not_repeated(value, address):
    value(address)
    assert "hunter2" not in the_stop(environment.cache)


def test_without_its_driver_redis_is_refused_with_the_way_to_get_it(value, monkeypatch):
    monkeypatch.setitem(sys.modules, "redis", None)
    value("redis://127.0.0.1:6379")
    assert "pip install -e '.[redis]'" in the_stop(environment.cache)


@pytest.mark.parametrize(
    "place",
    ["127.0.0.1:8000", "0.0.0.0:80", "[::]:8000", "localhost:8000", "unix:/run/newsroom/newsroom.sock"],
)
def test_a_server_listens_on_a_port_or_on_a_socket_file(value, place):
    value(place)
    assert environment.address("VALUE", "127.0.0.1:8000") == place


@pytest.mark.parametrize(
    "place",
    ["8000", ":8000", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "unix:run", "http://a:80", "a:b"],
)
def test_a_server_listens_nowhere_else(value, place):
    value(place)
    assert repr(place) in the_stop(environment.address, "127.0.0.1:8000")


def test_a_server_listens_where_it_usually_does_unless_told(value):
    assert environment.address("VALUE", "127.0.0.1:8000") == "127.0.0.1:8000"


def test_networks_are_addresses_ranges_or_all(value):
    assert environment.networks("VALUE", "127.0.0.1,::1") == "127.0.0.1,::1"
    for written in ("10.0.0.0/8, 192.168.1.2", "*", "2001:db8::/32"):
        value(written)
        assert environment.networks("VALUE", "127.0.0.1") == written


@pytest.mark.parametrize("network", ["10.0.0.1/8", "proxy.example.org", "10.0.0", "**"])
def test_nothing_else_is_a_network(value, network):
    value(f"127.0.0.1,{network}")
    assert repr(network) in the_stop(environment.networks, "127.0.0.1")
