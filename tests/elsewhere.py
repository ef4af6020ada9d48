"""Other newsrooms, each with a folder and an empty database of its own, on SQLite or on PostgreSQL."""

import os
import secrets
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from tests.outside import run

WHAT_TO_SET = (
    "no PostgreSQL to travel to; set OTHER_DATABASE_URL=postgres://user:password@host/name, the address of any "
    "database there whose user may create others"
)
EMPTY = "ENCODING 'UTF8' TEMPLATE template0 LOCALE 'C'"
#: An order of letters that no other database has, so that nothing can rely on one. From PostgreSQL 15 on.
SWEDISH = "LOCALE_PROVIDER icu ICU_LOCALE 'sv-u-kn-true'"


@dataclass
class Elsewhere:
    folder: Path
    url: str

    def manage(self, *words):
        done = run("manage.py", *map(str, words), DATA_DIR=str(self.folder), DATABASE_URL=self.url)
        assert done.returncode == 0, done.stderr
        return done.stdout


def server() -> str:
    """The address of a database on PostgreSQL: of the one these tests run on, or of another one at hand."""
    url = os.environ.get("DATABASE_URL" if connection.vendor == "postgresql" else "OTHER_DATABASE_URL")
    if not url and os.environ.get("OTHER_DATABASE_TESTS") == "required":
        pytest.fail(WHAT_TO_SET, pytrace=False)
    if not url:
        pytest.skip(WHAT_TO_SET)
    return url


@contextmanager
def newsrooms(folder: Path):
    """A function that makes an empty newsroom on a kind of database; all of them are gone at the end of the block."""
    made, migrated = [], {}

    def make(vendor: str) -> Elsewhere:
        if vendor not in migrated:
            migrated[vendor] = make_one(vendor)
            migrated[vendor].manage("migrate", "--verbosity=0")
        return make_one(vendor, like=migrated[vendor])

    def make_one(vendor, *, like=None):
        room = Elsewhere(folder / secrets.token_hex(8), "")
        room.folder.mkdir()
        if vendor == "sqlite":
            file = room.folder / "newsroom.sqlite3"
            room.url = f"sqlite:///{file}"
            if like:
                shutil.copyfile(like.folder / file.name, file)
        else:
            room.url = new_database(server(), like and like.url)
            made.append(room.url)
        return room

    try:
        yield make
    finally:
        for url in reversed(made):
            with psycopg.connect(server(), autocommit=True) as admin:
                admin.execute(f"DROP DATABASE {name_in(url)} WITH (FORCE)")


def new_database(url: str, like: str | None) -> str:
    """The address of a new database beside this one."""
    name = f"{name_in(url)}_{secrets.token_hex(8)}"
    with psycopg.connect(url, autocommit=True) as admin:
        if like:
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {name_in(like)}")
        else:
            admin.execute(
                f"CREATE DATABASE {name} {EMPTY} {SWEDISH if admin.info.server_version >= 150_000 else ''}"
            )
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def name_in(url: str) -> str:
    return urlsplit(url).path[1:]
