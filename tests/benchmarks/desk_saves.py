"""Many editors save one story at the same moment: is an acknowledged save, or anything typed, ever lost?

    python -m tests.benchmarks.desk_saves [--editors 8] [--saves 200] [--database-url postgres://…/empty]

Serves a demonstration in a scratch folder (or on an empty database of your choice, never on DATABASE_URL), logs
the editors in and lets them save the same story over and over. By turns each adds one word to the text, as the form
showed it, or one quote with that word, or puts the word into the deck. Prints how many saves were accepted, how many
were answered with the page that asks which of two versions shall stand, how many words of accepted saves are nowhere
in the story or its versions, how many typed words are kept nowhere at all, how many saves had no turn and were sent
again, and how many answers were errors. Every accepted save read the story and wrote it back, so a lost word is a
lost update.
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
MAKE_A_STORY = """
from articles.models import Article, Source
Article.objects.create(headline='Contested', slug='contested')
Source.objects.create(name='Ada Ferry', slug='contested-source')
"""
FIND_KEYS = """
from articles.models import Article, Source
print('keys', Article.objects.get(slug='contested').pk, Source.objects.get(slug='contested-source').pk)
"""
#: What the story says now, with the decks it had, and what was typed and set aside.
SHOW_WHAT_IS_KEPT = """
from articles.models import Article
story = Article.objects.get(slug='contested')
print(story.body, *story.quotes.values_list('text', flat=True))
print('then', *story.revisions.exclude(kind='aside').values_list('content', flat=True))
print('aside', *story.revisions.filter(kind='aside').values_list('content', flat=True))
"""
TEXT, QUOTE, DECK = "text", "quote", "deck"
CONFLICT, BUSY = 409, 503
MOST_TRIES = 5


class Form(HTMLParser):
    """What a browser would send for one form of an admin page, untouched."""

    def __init__(self, page, form):
        super().__init__()
        self.sent, self.area, self.select = [], None, None
        self.form, self.inside = form, False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside = attrs.get("id") == self.form
        if not self.inside:
            return
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
        elif tag == "form":
            self.inside = False


class Editor:
    """Somebody with a browser of their own, logged in."""

    def __init__(self, site, username):
        self.site, self.had_no_turn = site, 0
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        login = "/admin/login/?next=/admin/"
        form = [
            (name, value)
            for name, value in Form(self.get(login), "login-form").sent
            if name == "csrfmiddlewaretoken"
        ]
        self.post(login, [*form, ("username", username), ("password", PASSWORD)])

    def get(self, address):
        with self.opener.open(self.site + address, timeout=60) as answer:
            return answer.read().decode()

    def post(self, address, fields):
        data = urllib.parse.urlencode(fields).encode()
        with self.opener.open(self.site + address, data, timeout=60) as answer:
            return answer.read().decode()

    def post_until_it_has_a_turn(self, address, fields):
        for _ in range(MOST_TRIES):
            try:
                return self.post(address, fields)
            except urllib.error.HTTPError as error:
                if error.code != BUSY:
                    raise
                self.had_no_turn += 1
        return ""

    def save(self, address, word, where, source):
        """Opens the form, adds the word in one place, saves: accepted, asked or error. Whoever gets no turn tries again."""
        try:
            fields = with_word(Form(self.get(address), "article_form").sent, word, where, source)
            answer = self.post_until_it_has_a_turn(address, [*fields, ("_continue", "1")])
        except urllib.error.HTTPError as error:
            return "asked" if error.code == CONFLICT else f"error {error.code}"
        return "accepted" if "was changed successfully" in answer else "error in the form"


def with_word(fields, word, where, source):
    """The fields of the form with one more word in the text, as the deck, or as a quote of its own."""
    if where == TEXT:
        return [(name, f"{value}<p>{word}</p>" if name == "body" else value) for name, value in fields]
    if where == DECK:
        return [(name, word if name == "deck" else value) for name, value in fields]
    number = int(dict(fields)["quotes-TOTAL_FORMS"])
    fields = [(name, str(number + 1) if name == "quotes-TOTAL_FORMS" else value) for name, value in fields]
    row = {"text": word, "source": source, "kind": "direct", "terms": "record", "position": "", "slug": ""}
    return [*fields, *((f"quotes-{number}-{name}", value) for name, value in row.items())]


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
    *_, article, source = manage(environment, "shell", "-c", FIND_KEYS).split()
    form = FORM.format(article)
    people = [Editor(site, f"editor{number}") for number in range(editors)]
    counts, accepted, typed, lock = Counter(), {TEXT: [], QUOTE: [], DECK: []}, [], threading.Lock()
    words, waits = iter(range(saves)), []
    began = time.perf_counter()

    def work(editor):
        while True:
            with lock:
                number = next(words, None)
            if number is None:
                return
            where, word = (TEXT, QUOTE, DECK)[number % 3], f"word{number}."
            start = time.perf_counter()
            outcome = editor.save(form, word, where, source)
            with lock:
                waits.append(time.perf_counter() - start)
                counts[outcome] += 1
                typed.append(word)
                if outcome == "accepted":
                    accepted[where].append(word)

    threads = [threading.Thread(target=work, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counts["had no turn and tried again"] = sum(person.had_no_turn for person in people)
    counts["longest wait in seconds"] = round(max(waits), 1)
    counts["seconds"] = round(time.perf_counter() - began, 1)
    now, then, aside = kept_words(manage(environment, "shell", "-c", SHOW_WHAT_IS_KEPT))
    # Of the decks only the last stands in the story; each of the others was read by whoever replaced it.
    counts["lost"] = len({*accepted[TEXT], *accepted[QUOTE]} - now) + len(set(accepted[DECK]) - then)
    counts["typed and kept nowhere"] = len(set(typed) - now - then - aside)
    return counts


def kept_words(printed):
    """The words in the story, in its versions, and in what was set aside."""
    now, _, rest = printed.partition("\nthen ")
    then, _, aside = rest.partition("\naside")
    return [set(re.findall(r"word\d+\.", part)) for part in (now, then, aside)]


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--editors", type=int, default=8)
    options.add_argument("--saves", type=int, default=200)
    options.add_argument("--database-url", default="")
    for name, number in sorted(run(**vars(options.parse_args())).items()):
        print(f"{name}: {number}")  # noqa: T201
