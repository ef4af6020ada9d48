"""A database without a turn left: the answer keeps what was typed, and sending it again saves it."""

from html.parser import HTMLParser

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from articles.admin.article import ArticleAdmin
from newsroom.busy import is_busy, too_busy
from tests.admin.forms import add_row, filled_in, page_of
from tests.make import EDITOR, make_article, make_desk_user, make_source, make_tag

LOCKED = OperationalError("database is locked")


class Hidden(HTMLParser):
    """What a browser sends of the page's form."""

    def __init__(self, page):
        super().__init__()
        self.sent, self.name = [], None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "textarea":
            self.name, self.words = dict(attrs)["name"], ""

    def handle_data(self, data):
        if self.name:
            self.words += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.sent.append((self.name, self.words.removeprefix("\n")))
            self.name = None

    def fields(self):
        return {name: [value for other, value in self.sent if other == name] for name, _ in self.sent}


@pytest.fixture
def busy_once(monkeypatch):
    """The first save gets no turn."""
    save, turns = ArticleAdmin.save_once, iter([LOCKED])

    def save_once(*args):
        for error in turns:
            raise error
        return save(*args)

    monkeypatch.setattr(ArticleAdmin, "save_once", save_once)


@pytest.mark.django_db
def test_a_story_that_gets_no_turn_is_saved_whole_when_its_form_is_sent_again(client, busy_once):
    client.force_login(make_desk_user(EDITOR))
    story, tags = make_article(body="<p>Old.</p>"), [make_tag(), make_tag()]
    form = filled_in(client.get(page_of(story)))
    body = "<p>Two lines\nand “quotes” &amp; <strong>more</strong> &lt;b&gt;.</p>"
    typed = {
        **add_row(
            form, "quotes", text="  Words ", source=str(make_source().pk), kind="direct", terms="record"
        ),
        "deck": 'A "deck" <i>typed</i>',
        "body": body,
        "tags": [str(tag.pk) for tag in tags],
        "_continue": "1",
    }
    answer = client.post(f"{page_of(story)}?_changelist_filters=q%3Dx", typed)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer["Cache-Control"] == "no-store"
    page = answer.content.decode()
    assert "Nothing was saved" in page and "Try again" in page
    assert f'action="{page_of(story)}?_changelist_filters=q%3Dx"' in page
    sent = Hidden(page).fields()
    everything = {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
    assert sent == {name: values for name, values in everything.items() if values}
    story.refresh_from_db()
    assert story.body == "<p>Old.</p>"
    assert client.post(page_of(story), sent).status_code == 302
    story.refresh_from_db()
    assert (story.deck, story.body, story.quotes.get().text) == ('A "deck" <i>typed</i>', body, "Words")
    assert set(story.tags.all()) == set(tags)


@pytest.mark.django_db
def test_any_other_error_stays_an_error(client, monkeypatch):
    def fail(*args):
        raise OperationalError("disk I/O error")

    client.force_login(make_desk_user(EDITOR))
    client.raise_request_exception = False
    story = make_article()
    form = filled_in(client.get(page_of(story)))
    monkeypatch.setattr(ArticleAdmin, "save_once", fail)
    assert client.post(page_of(story), form).status_code == 500


def test_a_password_is_never_put_into_the_page_and_a_script_is_answered_in_json():
    sent = {"username": "ana", "password": "secret-1", "new_password2": "secret-2"}
    page = too_busy(RequestFactory().post("/admin/login/", sent))
    assert "ana" in page.content.decode() and "secret" not in page.content.decode()
    told = too_busy(RequestFactory().post("/open/", sent, headers={"Accept": "application/json"}))
    assert (told.status_code, told.content) == (503, b'{"busy": true}')


def test_a_page_that_was_only_read_can_be_asked_for_again():
    page = too_busy(RequestFactory().get("/admin/?q=a&amp;b")).content.decode()
    assert '<a href="/admin/?q=a&amp;amp;b">Try again</a>' in page
    assert "<form" not in page


class RefusedError(Exception):
    def __init__(self, sqlstate):
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("state", "busy"), [("55P03", True), ("40P01", True), ("53300", True), ("42P01", False)]
)
def test_what_postgresql_calls_busy(state, busy):
    error = OperationalError("of the server")
    error.__cause__ = RefusedError(state)
    assert is_busy(error) == busy


def test_what_else_goes_wrong_is_not_busy():
    assert is_busy(LOCKED)
    assert not is_busy(ValueError("database is locked"))
    assert not is_busy(OperationalError("no such table"))
