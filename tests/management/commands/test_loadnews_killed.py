"""A load that is killed, or runs out of disk, in a newsroom of its own: before or after, nothing between."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys

import pytest
from PIL import Image as Picture

from tests.editorial.fixtures.loading import quote, source, story, tag
from tests.editorial.fixtures.objects import picture
from tests.outside import ROOT, environ, run

STORIES = 150
#: What is read of a newsroom; moments, counts and keys that are made anew are left out.
ROWS = [
    "SELECT slug, headline, version FROM articles_article",
    "SELECT slug, text, position FROM articles_quote",
    "SELECT slug, name FROM articles_source",
    "SELECT slug, file, width FROM articles_image",
    "SELECT name FROM articles_tag",
    "SELECT number FROM articles_edition",
    "SELECT noun, message FROM articles_auditentry",
]
DISK_FULL = """
import django; django.setup()
from django.core.management import call_command
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("PRAGMA page_count")
    [pages] = cursor.fetchone()
    cursor.execute(f"PRAGMA max_page_count = {pages + 1}")
call_command("loadnews", FIXTURES)
"""


def objects(words):
    yield tag()
    for n in range(STORIES):
        yield source(slug=f"s{n}", name=f"{words} {n}")
        yield story(slug=f"a{n}", headline=f"{words} {n}", body=f"<p>{words} {'and so on ' * 100}</p>")
        yield quote(slug=f"q{n}", article=[f"a{n}"], source=[f"s{n}"], text=f"{words} {n}")


def image(n):
    fields = {"title": f"Port {n}", "slug": f"port-{n}", "file": f"images/{n}.png", "alt": "Ships"}
    return {"model": "articles.image", "fields": fields}


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    """A folder with the files of a load and a newsroom that has an older state of them."""
    folder = tmp_path_factory.mktemp("newsroom")
    (folder / "new" / "media" / "images").mkdir(parents=True)
    for n in range(5):
        (folder / "new" / "media" / "images" / f"{n}.png").write_bytes(picture())
    (folder / "new" / "all.json").write_text(json.dumps([*objects("New"), *map(image, range(5))]))
    (folder / "old.json").write_text(json.dumps(list(objects("Old"))))
    (folder / "data").mkdir()
    for command in (["migrate", "--verbosity=0"], ["loadnews", str(folder / "old.json")]):
        done = run("manage.py", *command, **variables(folder / "data"))
        assert done.returncode == 0, done.stderr
    return folder


def variables(data):
    return {
        "DATA_DIR": str(data),
        "DATABASE_URL": f"sqlite:///{data / 'newsroom.sqlite3'}",
        "PYTHONUNBUFFERED": "1",
    }


def copy_of(newsroom, folder):
    shutil.copytree(newsroom / "data", folder / "data")
    return folder / "data"


def rows(data):
    database = sqlite3.connect(data / "newsroom.sqlite3")
    try:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        return [sorted(database.execute(query)) for query in ROWS]
    finally:
        database.close()


def load(newsroom, data):
    return run("manage.py", "loadnews", str(newsroom / "new"), **variables(data))


@pytest.fixture(scope="module")
def complete(newsroom, tmp_path_factory):
    """What the load leaves if nobody stops it."""
    data = copy_of(newsroom, tmp_path_factory.mktemp("complete"))
    done = load(newsroom, data)
    assert done.returncode == 0, done.stderr
    return rows(data)


def kill_after(lines, newsroom, data):
    """Kills the load when it has told of so many objects, and says whether it was still running."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "loadnews", str(newsroom / "new"), "--verbosity=2"],
        cwd=ROOT, env=environ(**variables(data)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    heard = 0
    for line in process.stdout:
        heard += line.startswith(("new ", "changed ", "unchanged "))
        if heard >= lines:
            break
    process.kill()
    process.stdout.close()
    return process.wait() == -9


@pytest.mark.parametrize("lines", [1, 4, STORIES, 2 * STORIES, 3 * STORIES + 6])
def test_a_load_that_is_killed_has_loaded_nothing_or_everything(newsroom, complete, tmp_path, lines):
    data = copy_of(newsroom, tmp_path)
    before = rows(data)
    assert before != complete
    was_running = kill_after(lines, newsroom, data)
    after = rows(data)
    assert after in (before, complete)
    assert was_running or after == complete
    for path in (data / "media").rglob("*.png"):
        Picture.open(path).load()  # whole


def test_a_load_that_was_killed_can_be_repeated(newsroom, complete, tmp_path):
    data = copy_of(newsroom, tmp_path)
    kill_after(2 * STORIES, newsroom, data)
    done = load(newsroom, data)
    assert done.returncode == 0, done.stderr
    assert rows(data) == complete


def test_a_full_disk_is_said_in_a_line_and_nothing_is_loaded(newsroom, tmp_path):
    data = copy_of(newsroom, tmp_path)
    before = rows(data)
    script = DISK_FULL.replace("FIXTURES", repr(str(newsroom / "new")))
    done = run("-c", script, DJANGO_SETTINGS_MODULE="newsroom.settings", **variables(data))
    assert done.returncode == 1
    [said] = [line for line in done.stderr.splitlines() if "CommandError: " in line]
    assert said.partition(": ")[2] == "database or disk is full. Nothing was loaded."
    assert rows(data) == before
    assert [path for path in (data / "media").rglob("*") if path.is_file()] == []


def test_ctrl_c_ends_it_with_one_line_and_the_number_that_shells_expect(newsroom, tmp_path):
    data = copy_of(newsroom, tmp_path)
    before = rows(data)
    process = subprocess.Popen(
        [sys.executable, "manage.py", "loadnews", str(newsroom / "new"), "--verbosity=2"],
        cwd=ROOT, env=environ(**variables(data)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        # A program started in the background of a script would not hear of it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (130, "CommandError: Stopped. Nothing was loaded.\n")
    assert rows(data) == before
    assert not any(path.is_file() for path in (data / "media").rglob("*"))
