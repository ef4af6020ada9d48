"""Reads the variables a newsroom is set up by.

Every reader returns a usable value or raises `ImproperlyConfigured` with a sentence that names the
variable, says what is wrong and gives an example: a newsroom that starts is a newsroom set up right.
"""

import ipaddress
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

WORDS_FOR_YES = {"1", "on", "true", "yes"}
WORDS_FOR_NO = {"0", "off", "false", "no"}
SHORTEST_KEY = 40


def stop(name: str, problem: str, example: str) -> ImproperlyConfigured:
    """The error that ends a start: which variable, what is wrong, what would be right."""
    return ImproperlyConfigured(f"{name} {problem} Example: {name}={example}")


def text(name: str, default: str = "") -> str:
    """The variable without surrounding space; an empty variable counts as not set."""
    return os.environ.get(name, "").strip() or default


def yes_or_no(name: str, *, default: bool) -> bool:
    """True or False, never a guess: only the usual words are understood."""
    word = text(name).lower()
    if not word:
        return default
    if word in WORDS_FOR_YES | WORDS_FOR_NO:
        return word in WORDS_FOR_YES
    raise stop(name, f"is {word!r}, which is neither yes nor no.", "on")


def whole_number(name: str, *, default: int, least: int, most: int) -> int:
    """A whole number within bounds, both included."""
    word = text(name)
    if not word:
        return default
    if not word.isascii() or not word.isdigit() or not least <= int(word) <= most:
        raise stop(name, f"is {word!r}; it must be a whole number from {least} to {most}.", str(default))
    return int(word)


def time_zone(name: str, default: str) -> str:
    """A name from the time zone database."""
    zone = text(name, default)
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise stop(name, f"is {zone!r}, which is not a time zone.", "Europe/Berlin") from error
    return zone


def site_url(name: str, default: str) -> str:
    """The public address without a closing slash: https, except for a site on this very machine."""
    url = text(name, default).rstrip("/")
    example = "https://news.example.org"
    try:
        parts = urlsplit(url)
        host = parts.hostname
        parts.port  # noqa: B018 - reading it checks that it is a number
    except ValueError as error:
        raise stop(name, f"is {url!r}, which is not a web address.", example) from error
    if parts.scheme not in {"http", "https"} or not host:
        raise stop(name, f"is {url!r}; it must start with https:// and name a host.", example)
    if parts.path or parts.query or parts.fragment or parts.username:
        raise stop(name, f"is {url!r}; it must be a scheme and a host, without a path.", example)
    if parts.scheme == "http" and not is_this_machine(host):
        raise stop(
            name,
            f"is {url!r}: passwords would travel in the clear. Only this machine may go without https.",
            example,
        )
    return url


def host_of(url: str) -> str:
    """The host of an address `site_url` has let through, as ALLOWED_HOSTS wants it."""
    host = urlsplit(url).hostname
    return f"[{host}]" if ":" in host else host


def is_this_machine(host: str) -> bool:
    """Whether a host name can only mean the machine we run on."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def hosts(name: str, default: list[str]) -> list[str]:
    """Host names, separated by commas, each spelled out: a star would answer to any name."""
    names = [host.strip() for host in text(name).split(",") if host.strip()] or default
    for host in names:
        if "*" in host or "/" in host:
            raise stop(
                name, f"holds {host!r}; name each host, without a star or an address.", "news.example.org"
            )
    return names


def secret_key(name: str, *, keep_in: Path | None) -> str:
    """The key that signs sessions: from the variable, else from a file made once, readable by the owner only.

    `keep_in` is that file, or None where the variable must be set (a public site).
    """
    key = text(name)
    how = "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'."
    if not key and keep_in is None:
        raise stop(name, f"is not set, and a public site needs its own: {how}", "kX3…(50 random characters)")
    if not key:
        keep_in.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(keep_in, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(50))
        key = keep_in.read_text().strip()
    if len(key) < SHORTEST_KEY or len(set(key)) < 10 or key.startswith("django-insecure-"):
        raise stop(name, f"is too easy to guess; {how}", "kX3…(50 random characters)")
    return key


def database(name: str, default: str) -> dict:
    """Django's settings for one database: SQLite in a file, or PostgreSQL."""
    url = text(name, default)
    example = "postgres://newsroom:password@127.0.0.1:5432/newsroom"
    try:
        settings = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    except ValueError as error:  # the library's own errors are kinds of ValueError
        raise stop(name, f"is not an address of a database ({type(error).__name__}).", example) from error
    if settings["ENGINE"] not in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}:
        raise stop(name, "names neither SQLite nor PostgreSQL, the two a newsroom is tested on.", example)
    if not settings["NAME"]:
        raise stop(name, "does not say which database to use.", example)
    if settings["ENGINE"].endswith("sqlite3") and settings["NAME"] != ":memory:":
        Path(settings["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    return settings


def cache(name: str) -> dict:
    """Django's settings for the cache: Redis by address, else the memory of each worker."""
    url = text(name)
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise stop(name, "is not the address of a Redis server.", "redis://127.0.0.1:6379/0")
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
