"""Reads the variables a newsroom is set up by.

Every reader returns a usable value or raises `ImproperlyConfigured` with a sentence that names the
variable, says what is wrong and gives an example: a newsroom that starts is a newsroom set up right.
Addresses of databases and caches hold passwords, so no sentence repeats them.
"""

import ipaddress
import os
import re
import secrets
import tempfile
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

WORDS_FOR_YES = {"1", "on", "true", "yes"}
WORDS_FOR_NO = {"0", "off", "false", "no"}
SHORTEST_KEY = 50
EXAMPLE_KEY = "kX3…(50 random characters)"
LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HOST_NAME = re.compile(rf"{LABEL}(\.{LABEL})*", re.IGNORECASE)


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


def whole_number(name: str, *, default: int | None, least: int, most: int) -> int:
    """A whole number within bounds, both included; without a default the variable must be set."""
    word = text(name)
    if not word and default is not None:
        return default
    bounds = f"a whole number from {least} to {most}"
    example = str(least + 1 if default is None else default)
    if not word:
        raise stop(name, f"is not set, and a public site must say it: {bounds}.", example)
    if not re.fullmatch("[0-9]{1,9}", word) or not least <= int(word) <= most:
        raise stop(name, f"is {word!r}; it must be {bounds}.", example)
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
    url = text(name, default)
    example = "https://news.example.org"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise stop(name, f"is {url!r}, which is not a web address.", example) from error
    if parts.scheme not in {"http", "https"} or not host or not is_host(host):
        raise stop(name, f"is {url!r}; it must start with https:// and name one host.", example)
    if parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise stop(name, f"is {url!r}; it must be a scheme and a host, without a path.", example)
    if parts.scheme == "http" and not is_this_machine(host):
        raise stop(
            name,
            f"is {url!r}: passwords would travel in the clear. Only this machine may go without https.",
            example,
        )
    return f"{parts.scheme}://{in_brackets(host)}" + (f":{port}" if port else "")


def host_of(url: str) -> str:
    """The host of an address `site_url` has let through, as ALLOWED_HOSTS wants it."""
    return in_brackets(urlsplit(url).hostname)


def in_brackets(host: str) -> str:
    """A host as it stands in an address: IPv6 has brackets there."""
    return f"[{host}]" if ":" in host else host


def is_host(host: str) -> bool:
    """Whether this names exactly one host; letters outside ASCII are written in their xn-- form."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return HOST_NAME.fullmatch(host) is not None
    return True


def is_this_machine(host: str) -> bool:
    """Whether a host name can only mean the machine we run on."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def words(name: str) -> list[str]:
    """The parts of a variable that is separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def hosts(name: str, default: list[str]) -> list[str]:
    """Host names, separated by commas, each spelled out: a star or a leading dot would answer to any name."""
    names = words(name) or default
    for host in names:
        if not is_host(host.removeprefix("[").removesuffix("]")):
            raise stop(
                name,
                f"holds {host!r}; name each host, without a star, a scheme or a port.",
                "news.example.org,www.example.org",
            )
    return names


def folder(name: str, default: Path) -> Path:
    """A folder we can write to; it is made if need be."""
    example = "/var/lib/newsroom"
    try:
        path = Path(text(name, str(default))).expanduser()
        if not path.is_absolute():
            raise stop(
                name, f"is {str(path)!r}, another folder wherever it is used; begin with a slash.", example
            )
        path = path.resolve()
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError) as error:
        raise stop(name, f"cannot be used as a folder: {error}.", example) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise stop(name, f"is {str(path)!r}, where this account may not write.", example)
    return path


def secret_key(name: str, *, keep_in: Path | None) -> str:
    """The key that signs sessions: from the variable, else from a file made once, readable by the owner only.

    `keep_in` is that file, or None where the variable must be set (a public site).
    """
    key = text(name)
    how = "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'."
    if not key and keep_in is None:
        raise stop(name, f"is not set, and a public site needs its own: {how}", EXAMPLE_KEY)
    whose = "" if key else f" (from the file {keep_in})"
    key = key or key_kept_in(keep_in)
    if is_easy_to_guess(key):
        raise stop(name, f"is too easy to guess{whose}; {how}", EXAMPLE_KEY)
    return key


def earlier_secret_keys(name: str) -> list[str]:
    """Keys that were in force before, separated by commas: what they signed is still taken for good."""
    keys = words(name)
    if any(is_easy_to_guess(key) for key in keys):
        raise stop(
            name, "holds a key that is too easy to guess; name whole keys, separated by commas.", EXAMPLE_KEY
        )
    return keys


def is_easy_to_guess(key: str) -> bool:
    return len(key) < SHORTEST_KEY or len(set(key)) < 10 or key.startswith("django-insecure-")


def key_kept_in(file: Path) -> str:
    """The key in the file; the first to ask makes it. Two workers that ask at once get the same key."""
    if not file.exists():
        handle, draft = tempfile.mkstemp(prefix="secret-key-", dir=file.parent)
        with os.fdopen(handle, "w") as writing:
            writing.write(secrets.token_urlsafe(50))
        try:
            os.link(draft, file)
        except FileExistsError:
            pass  # the other worker was faster: its key is the one
        finally:
            Path(draft).unlink()
    return file.read_text().strip()


def database(name: str, *, file: Path) -> dict:
    """Django's settings for one database: PostgreSQL by its address, else SQLite in a file."""
    keep_open = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    url = text(name)
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), **keep_open}
    example = "postgres://newsroom:password@127.0.0.1:5432/newsroom"
    signs = "In a name or password write @ as %40, : as %3A, / as %2F, # as %23 and ? as %3F."
    try:
        settings = dj_database_url.parse(url) | keep_open
        torn = urlsplit(url).fragment
    except ValueError:  # the library's own errors are kinds of ValueError
        raise stop(name, f"is not the address of a database. {signs}", example) from None
    if torn or not settings["NAME"]:
        raise stop(name, f"does not say which database to use. {signs}", example)
    options = settings.setdefault("OPTIONS", {})
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        example = "sqlite:////var/lib/newsroom/newsroom.sqlite3"
        if options or not Path(settings["NAME"]).is_absolute():
            raise stop(name, "must name a file from the root on (four slashes), without options.", example)
        if not Path(settings["NAME"]).parent.is_dir():
            raise stop(name, "names a file in a folder that does not exist.", example)
    elif settings["ENGINE"] == "django.db.backends.postgresql":
        if find_spec("psycopg") is None:
            raise stop(name, "names PostgreSQL; install its driver: pip install -e '.[postgres]'.", example)
        # dj-database-url hands every option to the driver, and this one is Django's.
        age = options.pop("conn_max_age", settings["CONN_MAX_AGE"])
        if type(age) is not int:
            raise stop(
                name, "has a conn_max_age that is not a number of seconds.", f"{example}?conn_max_age=0"
            )
        settings["CONN_MAX_AGE"] = age
    else:
        raise stop(name, "names neither SQLite nor PostgreSQL, the two a newsroom is tested on.", example)
    return settings


def cache(name: str) -> dict:
    """Django's settings for the cache: Redis by address, else the memory of each worker."""
    url = text(name)
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    example = "redis://127.0.0.1:6379/0"
    try:
        parts = urlsplit(url)
        place = parts.path if parts.scheme == "unix" else parts.hostname
        parts.port  # noqa: B018 - reading it checks that it is a number
    except ValueError:
        place = None
    if not place or parts.scheme not in {"redis", "rediss", "unix"}:
        raise stop(name, "is not the address of a Redis server.", example)
    if find_spec("redis") is None:
        raise stop(name, "names Redis; install its driver: pip install -e '.[redis]'.", example)
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        # A Redis that hangs must not hang the site.
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }


def address(name: str, default: str) -> str:
    """Where a server listens: host and port, or a socket file."""
    value = text(name, default)
    host, _, port = value.rpartition(":")
    on_a_port = re.fullmatch("[0-9]{1,5}", port) and 0 < int(port) < 65536
    if value.startswith("unix:/") or (on_a_port and is_host(host.removeprefix("[").removesuffix("]"))):
        return value
    raise stop(name, f"is {value!r}; it must be a host and a port, or a socket file.", "127.0.0.1:8000")


def networks(name: str, default: str) -> str:
    """Addresses and networks, separated by commas; a star stands for every one of them."""
    value = text(name, default)
    for word in words(name):
        try:
            _ = word == "*" or ipaddress.ip_network(word)
        except ValueError as error:
            raise stop(
                name, f"holds {word!r}, which is no address or network.", "127.0.0.1,10.0.0.0/8"
            ) from error
    return value
