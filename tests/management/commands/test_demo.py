"""`manage.py demo`: what it sets up, what it leaves alone, when it refuses, and how it serves and ends."""

import http.client
import os
import re
import signal
import socket
import sqlite3
import time
from io import StringIO
from urllib.request import urlopen

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from articles.editorial.fixtures import touched
from articles.management.commands import demo
from articles.models import Article, Author, Edition, Quote
from tests.make import make_article
from tests.outside import run, start

PASSWORD = re.compile(r"^  (editor|reporter) .*, password (\S+)$", re.MULTILINE)


@pytest.fixture(autouse=True)
def no_passwords_from_outside(monkeypatch):
    for account in demo.ACCOUNTS:
        monkeypatch.delenv(account.variable, raising=False)


def set_up(**options):
    out = StringIO()
    call_command("demo", no_serve=True, stdout=out, **options)
    return out.getvalue()


def logs_in(username, password):
    return authenticate(RequestFactory().post("/"), username=username, password=password)


def test_an_empty_newsroom_gets_the_stories_and_two_accounts(db):
    said = set_up()
    assert Article.objects.published().count() == 4
    assert f"4 stories, {Quote.objects.count()} quotes" in said
    passwords = dict(PASSWORD.findall(said))
    editor, reporter = (logs_in(name, passwords[name]) for name in ("editor", "reporter"))
    assert editor.is_staff
    assert reporter.is_staff
    assert not editor.is_superuser
    assert not reporter.is_superuser
    assert [group.name for group in editor.groups.all()] == ["Managing editor"]
    assert [group.name for group in reporter.groups.all()] == ["Reporter"]
    assert editor.has_perm("articles.publish_article")
    assert reporter.has_perm("articles.submit_article")
    assert not reporter.has_perm("articles.publish_article")
    assert (editor.author.name, reporter.author.name) == ("Demo Editor", "Demo Reporter")


def test_readers_get_one_new_edition(db):
    Edition.objects.create(number=7)
    set_up()
    assert Edition.objects.get().number == 8


def test_a_second_run_loses_doubles_and_resets_nothing(db):
    passwords = dict(PASSWORD.findall(set_up()))
    story = Article.objects.newest_first().first()
    Article.objects.filter(pk=story.pk).update(headline="Changed by an editor")
    Quote.objects.filter(article=story).first().delete()
    kept = [model.objects.count() for model in (Article, Quote, Author, User)]
    edition = Edition.objects.get().number

    said = set_up()

    assert [model.objects.count() for model in (Article, Quote, Author, User)] == kept
    assert Edition.objects.get().number == edition
    assert Article.objects.get(pk=story.pk).headline == "Changed by an editor"
    assert PASSWORD.findall(said) == []
    assert "not needed, there are 4 already" in said
    assert "manage.py changepassword editor" in said
    assert logs_in("editor", passwords["editor"])


def test_an_account_that_was_deleted_is_opened_again_under_the_same_name(db):
    set_up()
    User.objects.get(username="reporter").delete()
    opened = dict(PASSWORD.findall(set_up()))
    assert list(opened) == ["reporter"]
    assert logs_in("reporter", opened["reporter"]).author.slug == "demo-reporter"
    assert Author.objects.filter(name="Demo Reporter").count() == 1


def test_stories_of_ones_own_are_not_mixed_with_the_demonstration(db):
    call_command("loaddata", "roles", verbosity=0)
    make_article("My own story")
    set_up()
    assert [article.headline for article in Article.objects.all()] == ["My own story"]


def test_without_the_roles_no_account_is_opened(db):
    make_article()
    with pytest.raises(CommandError, match="There is no role “Managing editor”"):
        set_up()
    assert not User.objects.exists()


def test_stories_are_loaded_whole_or_not_at_all(db, monkeypatch):
    def fail(**_options):
        raise OSError("out of paper")

    monkeypatch.setattr(touched, "new_edition", fail)  # the last thing that loading does
    with pytest.raises(CommandError, match="out of paper"):
        set_up()
    assert not Article.objects.exists()


def test_passwords_may_come_from_variables(db, monkeypatch):
    monkeypatch.setenv("DEMO_EDITOR_PASSWORD", "tram stop at dawn")
    monkeypatch.setenv("DEMO_REPORTER_PASSWORD", "ferry across the bay")
    set_up()
    assert logs_in("editor", "tram stop at dawn")
    assert logs_in("reporter", "ferry across the bay")


def test_a_password_nobody_may_choose_is_refused_before_anything_is_done(db, monkeypatch):
    monkeypatch.setenv("DEMO_REPORTER_PASSWORD", "reporter")
    with pytest.raises(CommandError, match=r"^DEMO_REPORTER_PASSWORD: ") as refused:
        set_up()
    assert "12 characters" in str(refused.value)
    assert not Article.objects.exists()


def test_generated_passwords_differ_and_pass_the_rules_for_passwords(monkeypatch):
    passwords = [demo.password_for(account) for account in demo.ACCOUNTS for _ in range(50)]
    assert len(set(passwords)) == len(passwords)
    for password in passwords:
        monkeypatch.setenv("DEMO_EDITOR_PASSWORD", password)
        assert demo.password_for(demo.ACCOUNTS[0]) == password


def test_a_public_site_gets_no_demonstration(db, settings):
    settings.SITE_URL = "https://news.example.org"
    with pytest.raises(CommandError, match=r"^SITE_URL is https.* a public site is no place"):
        set_up()
    assert not Article.objects.exists()


def test_a_port_in_use_is_noticed_before_anything_is_done(db):
    with socket.socket() as taken:
        taken.bind((demo.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=rf"^Port {port} cannot be used \(Address already in use\)"):
            call_command("demo", port=port)
    assert not Article.objects.exists()


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_number_that_is_no_port_is_refused(port):
    with pytest.raises(CommandError, match=f"^{port} is no port"):
        call_command("demo", port=port)


def test_ctrl_c_while_it_is_setting_up_ends_quietly(db, monkeypatch):
    def interrupt(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "call_command", interrupt)
    with pytest.raises(CommandError, match=r"^Stopped\. Run it again to go on\.$") as stopped:
        set_up()
    assert stopped.value.returncode == 130


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    """A folder with spaces and signs in its name, and what `demo` said when it was set up there."""
    folder = tmp_path_factory.mktemp("newsroom") / "of my own, 50% #1"
    done = run("manage.py", "demo", "--no-serve", "--data", str(folder))
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_everything_is_kept_in_the_folder_one_names(newsroom):
    folder, said = newsroom
    assert {path.name for path in folder.iterdir()} >= {"newsroom.sqlite3", "secret-key", "static"}
    assert f"Everything is kept in {folder}." in said
    with sqlite3.connect(folder / "newsroom.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM articles_article").fetchone() == (4,)
    database.close()


def test_the_commands_it_tells_are_for_that_folder(newsroom):
    folder, said = newsroom
    assert f"Serve it with: DATA_DIR='{folder}' " in said


def read_until(process, words, seconds=60):
    said = ""
    deadline = time.monotonic() + seconds
    while words not in said and time.monotonic() < deadline:
        said += process.stdout.readline()
    return said


def when_it_answers(address, seconds=30):
    deadline = time.monotonic() + seconds
    while True:
        try:
            return urlopen(address, timeout=seconds)  # noqa: S310 - our own server
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def free_port():
    with socket.socket() as trial:
        trial.bind((demo.HOST, 0))
        return trial.getsockname()[1]


@pytest.fixture
def served(newsroom):
    folder, _ = newsroom
    process = start("manage.py", "demo", "--data", str(folder), "--port", str(free_port()))
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def test_it_serves_what_it_prints_until_ctrl_c(served):
    said = read_until(served, "Stop it with Ctrl+C.")
    addresses = re.findall(r"http://127\.0\.0\.1:\d+/\S*", said)
    assert len(addresses) == 3
    for address in addresses:
        page = when_it_answers(address)
        assert page.status == 200
        style = re.search(rb'<link[^>]+href="(/static/[^"]+\.css)"', page.read()).group(1).decode()
        host, port = re.match(r"http://([\d.]+):(\d+)/", address).groups()
        server = http.client.HTTPConnection(host, int(port), timeout=30)
        server.request("GET", style, headers={"Accept-Encoding": "br"})
        answer = server.getresponse()
        assert (answer.status, answer.getheader("Content-Encoding")) == (200, "br")
        server.close()

    os.killpg(served.pid, signal.SIGINT)
    assert served.wait(timeout=40) == 0
    assert "Traceback" not in served.stdout.read()


def test_pages_name_the_address_they_are_served_at(served):
    said = read_until(served, "Stop it with Ctrl+C.")
    front_page = re.search(r"http://127\.0\.0\.1:\d+/", said).group()
    assert when_it_answers(f"{front_page}sitemap.xml").read().decode().count(f"<loc>{front_page}") >= 4
    served.terminate()
    assert served.wait(timeout=40) == 0
