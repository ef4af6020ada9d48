"""How long does it take to load a newsroom, beside Django's own `loaddata`, and does both leave the same rows?

    python -m tests.benchmarks.loading [--articles 20000] [--corpus FILE.jsonl] [--skip-stock]
                                       [--database-url postgres://…/any]
    python -m tests.benchmarks.loading --scale 10000,100000 [--corpus FILE.jsonl]

Makes fixtures of the corpus (see `corpus`), a folder and one file with the same, and loads them, each time in a
fresh process and into a database of its own: a SQLite file in a scratch folder, or a new database on the server of
that address, which is dropped afterwards. Then it loads the folder once more onto itself, which must change no row.
Prints for each load the seconds, the seconds the process itself was busy, stories a second, how many times as
fast as Django's own it was, and the most memory the process held. With --scale it loads corpora of these sizes
and prints what a story takes in each, and how many times as much as in the first.
"""

import argparse
import json
import secrets
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.benchmarks import corpus
from tests.outside import ROOT, environ

#: Every newsroom counts its own editions, and seals its history with a key of its own.
ITS_OWN = {"articles.edition", "articles.seal"}


@dataclass(frozen=True)
class Load:
    name: str
    stories: int
    seconds: float
    busy: float
    peak: float
    rows: dict = field(repr=False)

    @property
    def in_a_second(self):
        return self.stories / self.seconds


class Newsroom:
    """A newsroom with a folder and a database of its own."""

    def __init__(self, folder, database_url=""):
        self.folder, self.database = folder, urlsplit(database_url).path[1:]
        self.environment = environ(
            DATA_DIR=str(folder), DATABASE_URL=database_url, DJANGO_SETTINGS_MODULE="newsroom.settings"
        )

    def python(self, *words):
        done = subprocess.run(
            [sys.executable, *map(str, words)], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(map(str, words))} failed:\n{done.stderr or done.stdout}")
        return done.stdout

    def load(self, name, stories, command, *paths) -> Load:
        printed = self.python("-m", "tests.benchmarks.one_load", command, *paths)
        return Load(name, stories, **json.loads(printed.splitlines()[-1]))


@contextmanager
def newsrooms(scratch, database_url):
    """A function that makes newsrooms with empty tables, each of which is gone at the end of its block."""
    with newsroom(scratch, database_url) as first:
        first.python("manage.py", "migrate", "--verbosity=0")
        yield partial(newsroom, scratch, database_url, like=first)


@contextmanager
def newsroom(scratch, database_url, *, like=None):
    """A new newsroom, or a copy of another, on the PostgreSQL server of that address; with SQLite if there is none."""
    name = f"loading_{secrets.token_hex(8)}"
    folder = scratch / name
    shutil.copytree(like.folder, folder) if like else folder.mkdir()
    if database_url:
        copied = f"TEMPLATE {like.database}" if like else ""
        with psycopg.connect(database_url, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name} {copied}")
            try:
                yield Newsroom(folder, urlsplit(database_url)._replace(path=f"/{name}").geturl())
            finally:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    else:
        yield Newsroom(folder)
    shutil.rmtree(folder)


@contextmanager
def scratch_folder():
    with tempfile.TemporaryDirectory(prefix="loading-") as folder:
        yield Path(folder)


def stories_of(path, number):
    return corpus.stories_in(Path(path), number) if path else corpus.plain_stories(number)


def check(load, counts):
    """Every object of the fixtures has become a row."""
    found = {noun: load.rows[label][0] for noun, label in corpus.NOUNS.items()}
    if found != {noun: counts.get(noun, 0) for noun in found}:
        raise SystemExit(
            f"{load.name} left other numbers of rows: {found}; the fixtures hold {dict(counts)}."
        )


def same(one, other, *, apart_from=frozenset()):
    names = [name for name in one.rows if name not in apart_from and one.rows[name] != other.rows[name]]
    if names:
        raise SystemExit(f"{one.name} and {other.name} left different rows: {', '.join(names)}.")


def run(articles=20_000, corpus_file=None, database_url="", *, stock=True) -> tuple[dict, list[Load]]:
    """How many of each noun the fixtures hold, and the loads; stops if a load leaves other rows than it should."""
    with scratch_folder() as scratch, newsrooms(scratch, database_url) as empty_newsroom:
        folder = scratch / "newsroom"
        counts = corpus.write(stories_of(corpus_file, articles), folder)
        loads, stories = [], counts["articles"]
        if stock:
            with empty_newsroom() as desk:
                loads.append(desk.load("stock loaddata", stories, "stock", *corpus.paths_in(folder)))
        with empty_newsroom() as desk:
            first = desk.load("loadnews", stories, "loadnews", folder)
            again = desk.load("loadnews, again", stories, "loadnews", folder)
        with empty_newsroom() as desk:
            one_file = desk.load("loadnews, one file", stories, "loadnews", corpus.one_file(folder))
        same(first, again)
        loads += [first, again, one_file]
        for load in loads:
            check(load, counts)
            same(loads[0], load, apart_from=ITS_OWN)
        return counts, loads


def scale(sizes, corpus_file=None, database_url="") -> list[Load]:
    """One load of each size."""
    loads = []
    with scratch_folder() as scratch, newsrooms(scratch, database_url) as empty_newsroom:
        for size in sizes:
            folder = scratch / f"{size}"
            counts = corpus.write(stories_of(corpus_file, size), folder)
            with empty_newsroom() as desk:
                loads.append(desk.load(f"{size:,} stories", counts["articles"], "loadnews", folder))
            check(loads[-1], counts)
    return loads


def table(loads):
    first = loads[0]
    yield f"{'':20} {'seconds':>9} {'busy':>9} {'stories/s':>10} {'times stock':>12} {'peak MB':>8}"
    for load in loads:
        times = f"{first.seconds / load.seconds:.1f}" if first.name == "stock loaddata" else "-"
        yield (
            f"{load.name:20} {load.seconds:9.1f} {load.busy:9.1f} {load.in_a_second:10.1f} {times:>12} {load.peak:8.0f}"
        )


def table_of_sizes(loads):
    yield f"{'':20} {'seconds':>9} {'ms a story':>11} {'times first':>12} {'peak MB':>8}"
    for load in loads:
        each, of_first = 1000 / load.in_a_second, loads[0].in_a_second / load.in_a_second
        yield f"{load.name:20} {load.seconds:9.1f} {each:11.2f} {of_first:12.2f} {load.peak:8.0f}"


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--articles", type=int, default=20_000)
    options.add_argument("--corpus")
    options.add_argument("--skip-stock", action="store_true")
    options.add_argument("--database-url", default="")
    options.add_argument("--scale", type=lambda text: [int(size) for size in text.split(",")])
    given = options.parse_args()
    if given.scale:
        lines = table_of_sizes(scale(given.scale, given.corpus, given.database_url))
    else:
        counts, loads = run(given.articles, given.corpus, given.database_url, stock=not given.skip_stock)
        print(", ".join(f"{number:,} {noun.replace('_', ' ')}" for noun, number in counts.items()))  # noqa: T201
        lines = table(loads)
    print("\n".join(lines))  # noqa: T201


if __name__ == "__main__":
    main()
