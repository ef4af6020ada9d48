"""Many editors save one story at the same moment: is an acknowledged save ever lost?

    python -m tests.benchmarks.desk_saves [--editors 8] [--saves 200] [--database-url postgres://…/empty]

Serves a demonstration in a scratch folder (or on an empty database of your choice, never on DATABASE_URL), logs
the editors in and lets them save the same story over and over, each adding one word to the text of the form as
they opened it. Prints how many saves were accepted and refused, how many accepted words are missing from the
story in the end, and how many answers were errors. Every accepted save read the story and wrote it back, so a lost
word is a lost update.
"""

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "a long enough password"
FORM = "/admin/articles/article/{}/change/"
MAKE_A_STORY = (
    "from articles.models import Article; Article.objects.create(headline='Contested', slug='contested')"
)
FIND_ITS_KEY = "from articles.models import Article; print('key', Article.objects.get(slug='contested').pk)"
SHOW_ITS_TEXT = "from articles.models import Article; print(Article.objects.get(slug='contested').body)"


class Form(HTMLParser):
    """What a browser would send for the form of an admin page, untouched."""

    def __init__(self, page):
        super().__init__()
        self.sent, self.area, self.select = [], None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "input" and attrs.get("name") and attrs.get("type") not in {"submit", "checkbox"}:
            self.sent.append((attrs["name"], attrs.get("value") or ""))
        elif tag == "textarea":
            self.area = [attrs["name"], ""]
        elif tag == "select":
            self.select = attrs.get("name")
        elif tag == "option" and "selected" in attrs and self.select:
            self.sent.append((self.select, attrs.get("value", "")))

    def handle_data(self, data):
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            self.sent.append((self.area[0], self.area[1].removeprefix("\n")))
            self.area = None
        elif tag == "select":
            self.select = None


class Editor:
    """Somebody with a browser of their own, logged in."""

    def __init__(self, site, username):
        self.site = site
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        login = "/admin/login/?next=/admin/"
        form = [(name, value) for name, value in Form(self.get(login)).sent if name == "csrfmiddlewaretoken"]
        self.post(login, [*form, ("username", username), ("password", PASSWORD)])

    def get(self, address):
        with self.opener.open(self.site + address, timeout=60) as answer:
            return answer.read().decode()

    def post(self, address, fields):
        data = urllib.parse.urlencode(fields).encode()
        with self.opener.open(self.site + address, data, timeout=60) as answer:
            return answer.read().decode()

    def add_a_word(self, address, word):
        """Opens the form, adds the word to the text, saves: accepted, refused or error."""
        try:
            fields = Form(self.get(address)).sent
            text = [(name, f"{value}<p>{word}</p>" if name == "body" else value) for name, value in fields]
            answer = self.post(address, [*text, ("_continue", "1")])
        except urllib.error.HTTPError as error:
            return f"error {error.code}"
        if "was changed successfully" in answer:
            return "accepted"
        return "refused" if "after you opened it" in answer else "error in the form"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def manage(environment, *words):
    """Runs a command of manage.py and returns what it prints."""
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def wait_for(site):
    for _ in range(120):
        try:
            return urllib.request.urlopen(site, timeout=5)  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"{site} did not answer within a minute.")


def run(editors=8, saves=200, database_url=""):
    """Counts by outcome, with `lost` and `seconds`."""
    with tempfile.TemporaryDirectory(prefix="desk-saves-") as folder:
        site = f"http://127.0.0.1:{free_port()}"
        environment = {
            **os.environ,
            "DATA_DIR": folder,
            "DATABASE_URL": database_url,
            "SITE_URL": site,
            "BIND": site.removeprefix("http://"),
            "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        }
        manage(environment, "demo", "--no-serve")
        for number in range(editors):
            manage(environment, "createsuperuser", "--no-input", f"--username=editor{number}", "--email=")
        manage(environment, "shell", "-c", MAKE_A_STORY)
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "python:newsroom.gunicorn"],
            cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_for(site).close()
            return race(environment, editors, saves)
        finally:
            server.terminate()
            server.wait()


def race(environment, editors, saves):
    site = environment["SITE_URL"]
    form = FORM.format(manage(environment, "shell", "-c", FIND_ITS_KEY).split()[-1])
    people = [Editor(site, f"editor{number}") for number in range(editors)]
    counts, accepted, lock = Counter(), [], threading.Lock()
    words = iter(range(saves))
    began = time.perf_counter()

    def work(editor):
        while True:
            with lock:
                number = next(words, None)
            if number is None:
                return
            outcome = editor.add_a_word(form, f"word{number}.")
            with lock:
                counts[outcome] += 1
                if outcome == "accepted":
                    accepted.append(f"word{number}.")

    threads = [threading.Thread(target=work, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counts["seconds"] = round(time.perf_counter() - began, 1)
    text = manage(environment, "shell", "-c", SHOW_ITS_TEXT)
    counts["lost"] = len(set(accepted) - set(re.findall(r"word\d+\.", text)))
    return counts


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--editors", type=int, default=8)
    options.add_argument("--saves", type=int, default=200)
    options.add_argument("--database-url", default="")
    for name, number in sorted(run(**vars(options.parse_args())).items()):
        print(f"{name}: {number}")  # noqa: T201
