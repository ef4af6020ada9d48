"""What an open form and the desk tell each other; the script itself is driven in tests/browser/test_autosave.py."""

import json
import re
import uuid
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.admin import open_forms as door
from articles.editorial import audit, open_forms
from articles.editorial.open_forms import let_go_by, note, typed_by
from articles.models import Article, AuditEntry, OpenForm
from tests.admin.forms import filled_in, page_of, save
from tests.make import (
    EDITOR,
    REPORTER,
    make_article,
    make_desk_user,
    make_open_form,
    make_quote,
    make_user,
)

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"
CANARY = "Qkzvwxjyplmrtbnd"


def beat(client, article, *, key=None, version=1, **told):
    address = reverse(
        f"admin:articles_article_open{'' if article else '_new'}", args=[article.pk] if article else []
    )
    return client.post(address, {"key": str(key or uuid.uuid4()), "seen_version": version, **told})


def logged_in(may=EDITOR, **values):
    user, client = make_desk_user(may, **values), Client()
    client.force_login(user)
    return user, client


def typed_into(article, by, **fields):
    """A form of that person with text that was never saved; its key."""
    key = uuid.uuid4()
    note(
        key,
        by=by,
        article=article,
        version=article.version if article else 0,
        typed=urlencode(fields, doseq=True),
    )
    return key


def in_page(page, script_id):
    """What the page hands to its script."""
    return json.loads(re.search(f'<script id="{script_id}"[^>]*>(.*?)</script>', page.content.decode())[1])


# Presence
def test_a_form_hears_who_else_has_the_story_open(client, editor):
    article = make_article()
    _, other = logged_in(first_name="Ben", last_name="Okri")
    assert beat(other, article).json()["people"] == []
    told = beat(client, article).json()
    assert told["people"] == [{"who": "Ben Okri", "text": "Ben Okri opened this just now."}]
    assert told["elsewhere"] is False


def test_the_page_says_who_is_there_before_any_script_runs(client, editor):
    article = make_article()
    make_open_form(article, by_username="ben", by_name="Ben Okri")
    assert (
        '<li data-who="Ben Okri">Ben Okri opened this just now.</li>'
        in client.get(page_of(article)).content.decode()
    )


def test_my_own_other_tab_is_mine(client, editor):
    article = make_article()
    beat(client, article)
    told = beat(client, article).json()
    assert told["elsewhere"] is True
    assert told["people"][0]["text"].startswith("You have this open in another tab")


def test_whoever_may_only_read_the_story_sees_who_is_there_and_leaves_no_text(client, editor):
    article = make_article()
    beat(client, article)
    reader, reading = logged_in(REPORTER)
    told = beat(reading, article, typed=f"headline={CANARY}").json()
    assert (told["may_change"], told["kept"]) == (False, False)
    assert told["people"][0]["who"] == "Ana Ruiz"
    assert typed_by(reader, article) == []


def test_closing_the_form_takes_one_away_and_keeps_the_text(client, editor):
    article, key = make_article(), uuid.uuid4()
    beat(client, article, key=key, typed="headline=N", leaving="on")
    _, other = logged_in()
    assert beat(other, article).json()["people"] == []
    assert [form.typed for form in typed_by(editor, article)] == ["headline=N"]


# What is typed
def test_what_is_typed_is_kept_and_changes_nothing(client, editor):
    article, key = make_article("As it was"), uuid.uuid4()
    told = beat(client, article, key=key, typed="headline=New")
    assert told.json()["kept"] is True
    assert re.fullmatch(r"\d\d:\d\d", told.json()["at"])
    article.refresh_from_db()
    assert (article.headline, article.version, AuditEntry.objects.count()) == ("As it was", 1, 0)
    assert [(form.key, form.typed) for form in typed_by(editor, article)] == [(key, "headline=New")]


def test_text_that_is_too_long_is_not_kept_and_the_form_is_told(client, editor, monkeypatch):
    monkeypatch.setattr(open_forms, "LONGEST_TYPED", 12)
    article, key = make_article(), uuid.uuid4()
    assert beat(client, article, key=key, typed="headline=abc").json()["kept"] is True
    told = beat(client, article, key=key, typed="headline=abcd").json()
    assert (told["kept"], told["too_long"]) == (False, True)
    assert [form.typed for form in typed_by(editor, article)] == ["headline=abc"]


def test_a_new_story_is_kept_for_whoever_may_begin_one(client, editor):
    assert beat(client, None, version=0, typed="headline=N").json()["kept"] is True
    assert [form.typed for form in typed_by(editor, None)] == ["headline=N"]


@pytest.mark.parametrize(
    "told",
    [
        {"key": "no key"},
        {"key": "' OR 1=1"},
        {"seen_version": "-1"},
        {"seen_version": str(2**40)},
        {"seen_version": "x"},
        {"typed": "headline=\x00"},
        {"told": "x"},
    ],
)
def test_what_no_form_sends_is_refused(client, editor, told):
    article = make_article()
    values = {"key": str(uuid.uuid4()), "seen_version": "1", **told}
    assert client.post(reverse("admin:articles_article_open", args=[article.pk]), values).status_code == 400
    assert not OpenForm.objects.exists()


def test_a_beat_asks_little_of_the_database_and_locks_nothing(client, editor, django_assert_max_num_queries):
    article, key = make_article(), uuid.uuid4()
    beat(client, article, key=key)
    knowing_who_asks = 4  # session, account, its own rights and those of its roles
    with django_assert_max_num_queries(knowing_who_asks + 4) as asked:
        assert beat(client, article, key=key, typed="headline=N").json()["kept"] is True
    said = [query["sql"] for query in asked.captured_queries]
    assert not any("FOR UPDATE" in sql or "SAVEPOINT" in sql or sql.startswith("BEGIN") for sql in said)
    assert sum(not sql.startswith("SELECT") for sql in said) == 1
    with django_assert_max_num_queries(knowing_who_asks + 2) as asked:
        beat(client, article, key=key)
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)


# Somebody saved meanwhile
def test_a_form_is_told_once_that_somebody_saved(client, editor):
    article, key = make_article(), uuid.uuid4()
    _, other = logged_in(first_name="Ben", last_name="Okri")
    assert beat(client, article, key=key).json()["happened"] == ""
    save(other, article, headline="Theirs")
    told = beat(client, article, key=key, typed="headline=Mine").json()
    assert (told["version"], told["kept"]) == (2, True)
    assert re.fullmatch(r"Ben Okri saved this story at \d\d:\d\d\.", told["happened"])
    assert beat(client, article, key=key, told=2).json()["happened"] == ""
    assert OpenForm.objects.get(key=key).seen_version == 1


def test_from_then_on_that_one_may_not_change_it_the_text_stays_in_the_browser(client):
    reporter, mine = logged_in(REPORTER)
    article, key = make_article(created_by=reporter), uuid.uuid4()
    assert beat(mine, article, key=key, typed="headline=A").json()["kept"] is True
    Article.objects.filter(pk=article.pk).update(status="review")
    told = beat(mine, article, key=key, typed="headline=AB").json()
    assert (told["may_change"], told["kept"]) == (False, False)
    assert [form.typed for form in typed_by(reporter, article)] == ["headline=A"]


# Who may ask
def test_only_a_post_with_its_token_is_answered(editor):
    article = make_article()
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    for name, args in [
        ("open", [article.pk]),
        ("let_go", [article.pk]),
        ("open_new", []),
        ("let_go_new", []),
    ]:
        address = reverse(f"admin:articles_article_{name}", args=args)
        assert client.get(address).status_code == 405
        told = {"key": str(uuid.uuid4()), "_open_form": str(uuid.uuid4()), "seen_version": "1"}
        assert client.post(address, told).status_code == 403
    assert not OpenForm.objects.exists()


def test_without_a_login_one_is_sent_to_the_door(client):
    article = make_article()
    answer = beat(client, article)
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/admin/login/")


def test_without_the_right_to_see_stories_nothing_is_told():
    article = make_article()
    client = Client()
    client.force_login(make_user(may=[]))
    assert beat(client, article).status_code == 403
    assert beat(client, None).status_code == 403
    client.force_login(make_user(may=["view_article"]))
    assert beat(client, article).status_code == 200
    assert beat(client, None).status_code == 403


@pytest.mark.parametrize("number", ["0", "99999999", "9" * 40, "x"])
def test_a_story_that_is_not_there_is_not_found(client, editor, number):
    told = {"key": str(uuid.uuid4()), "seen_version": "1"}
    assert client.post(f"/admin/articles/article/{number}/open/", told).status_code == 404
    assert client.post(f"/admin/articles/article/{number}/let-go/", told).status_code == 404


# Nobody else's
def test_what_somebody_typed_is_on_no_page_and_in_no_answer_of_anybody_else(client, editor):
    article = make_article()
    other = make_desk_user(EDITOR, first_name="Ben", last_name="Okri")
    key = typed_into(article, other, headline=CANARY)
    new = typed_into(None, other, headline=CANARY)
    answers = [
        client.get(page_of(article)),
        client.get(ADD),
        beat(client, article),
        beat(client, article, key=key),
        beat(client, article, key=key, typed="headline=Mine"),
        beat(client, None, key=new, version=0),
        client.post(page_of(article), {"_recover": str(key), "_open_form": str(key)}, follow=True),
        client.post(ADD, {"_recover": str(new), "_open_form": str(new)}, follow=True),
        client.post(reverse("admin:articles_article_let_go", args=[article.pk]), {"_open_form": str(key)}),
        client.post(reverse("admin:articles_article_let_go_new"), {"_open_form": str(new)}),
    ]
    assert [number for number, answer in enumerate(answers) if CANARY.encode() in answer.content] == []
    assert [form.typed for form in typed_by(other, article)] == [f"headline={CANARY}"]
    assert [form.typed for form in typed_by(other, None)] == [f"headline={CANARY}"]
    assert beat(client, article, key=key).status_code == 409


def test_a_page_that_comes_back_never_goes_on_as_the_form_of_somebody_else(client, editor):
    article = make_article()
    theirs = typed_into(article, make_desk_user(EDITOR), headline="Theirs")
    values = filled_in(client.get(page_of(article)), headline="", _open_form=str(theirs))
    page = client.post(page_of(article), values)
    assert page.context["open_form"]["key"] != theirs


# Saved, brought back, let go
def test_a_save_lets_go_of_what_was_typed_and_the_next_page_tells_the_browser(client, editor):
    article = make_article()
    key = typed_into(article, editor, headline="New")
    save(client, article, headline="New", _open_form=str(key))
    page = client.get(page_of(article))
    assert typed_by(editor, article) == []
    assert in_page(page, "let-go-of") == [str(key)]
    assert in_page(page, "kept-at-the-desk") == []
    assert page.context["open_form"]["key"] != key


def test_a_new_story_that_is_saved_lets_go_of_what_was_typed(client, editor):
    key = typed_into(None, editor, headline="New")
    client.post(ADD, filled_in(client.get(ADD), headline="New", _open_form=str(key)))
    assert Article.objects.get().headline == "New"
    assert (typed_by(editor, None), let_go_by(editor, None)) == ([], [key])


def test_a_form_with_errors_goes_on_as_the_form_it_was_and_lets_nothing_go(client, editor):
    article = make_article()
    key = typed_into(article, editor, headline="")
    page = client.post(
        page_of(article), filled_in(client.get(page_of(article)), headline="", _open_form=str(key))
    )
    assert page.context["open_form"]["key"] == key
    assert page.context["open_form"]["unsaved"]
    assert page.context["open_form"]["offers"] == []
    assert len(typed_by(editor, article)) == 1


def test_what_was_never_saved_is_offered_with_the_day_and_the_time(client, editor):
    article = make_article()
    key = typed_into(article, editor, headline="Never saved")
    open_forms.leave(key, by=editor)
    page = client.get(page_of(article)).content.decode()
    when = timezone.localtime(OpenForm.objects.get().typed_at)
    assert f"What you typed on <span data-when>{when:%-d %B, %H:%M}</span> was not saved" in page
    assert re.search(f'<section class="offer" data-key="{key}" aria-label="[^"]+" >', page)


def test_text_of_a_form_that_may_still_be_open_elsewhere_waits(client, editor):
    article = make_article()
    key = typed_into(article, editor, headline="Being typed")
    page = client.get(page_of(article)).content.decode()
    assert re.search(f'<section class="offer" data-key="{key}" aria-label="[^"]+" hidden>', page)


@pytest.mark.parametrize("from_browser", [False, True])
def test_what_is_brought_back_stands_in_the_form_and_is_not_saved(client, editor, from_browser):
    article = make_article("As it was")
    make_quote(article, text="Said once.")
    fields = filled_in(client.get(page_of(article)), headline="Brought back")
    fields["quotes-0-text"] = "Said twice."
    key = uuid.uuid4()
    if from_browser:
        posted = {**fields, "_recover": "browser", "_open_form": str(key)}
    else:
        note(key, by=editor, article=article, version=1, typed=urlencode(fields, doseq=True))
        posted = {"_recover": str(key), "_open_form": str(key)}
    page = client.post(page_of(article), posted)
    assert page.context["adminform"].form["headline"].value() == "Brought back"
    assert "Said twice." in page.content.decode()
    assert page.context["open_form"]["key"] == key
    assert Article.objects.get().headline == "As it was"
    saved = filled_in(page, _open_form=str(key), _continue="1")
    client.post(page_of(article), saved)
    assert Article.objects.get().headline == "Brought back"
    assert typed_by(editor, article) == []


def test_what_was_brought_back_over_a_newer_version_still_counts_as_typed_over_the_old_one(client, editor):
    article = make_article("Base", deck="Base")
    fields = filled_in(client.get(page_of(article)), headline="Mine")
    key = typed_into(article, editor, **fields)
    _, other = logged_in()
    save(other, article, deck="Theirs")
    page = client.post(page_of(article), {"_recover": str(key), "_open_form": str(key)})
    assert str(page.context["adminform"].form["seen_version"].value()) == "1"
    client.post(page_of(article), filled_in(page, _open_form=str(key), _continue="1"))
    article.refresh_from_db()
    assert (article.headline, article.deck) == ("Mine", "Theirs")


def test_what_is_kept_no_longer_cannot_be_brought_back_and_empties_no_form(client, editor):
    article = make_article("As it is")
    for key in (str(uuid.uuid4()), "no key", ""):
        page = client.post(page_of(article), {"_recover": key, "_open_form": key}, follow=True)
        assert page.context["adminform"].form["headline"].value() == "As it is"
        assert not page.context["open_form"]["unsaved"]


def test_a_request_that_asks_for_nothing_back_recovers_nothing(rf, editor):
    request = rf.post("/")
    request.user = editor
    assert door.recovered(request) is None


def test_what_is_let_go_is_gone_and_the_story_stays(client, editor):
    article = make_article()
    key = typed_into(article, editor, headline="Unwanted")
    address = reverse("admin:articles_article_let_go", args=[article.pk])
    answer = client.post(address, {"_open_form": str(key)})
    assert (answer.status_code, answer.url) == (302, page_of(article))
    assert (typed_by(editor, article), let_go_by(editor, article)) == ([], [key])
    answer = client.post(address, {"_open_form": "no key"}, headers={"accept": "application/json"})
    assert answer.json() == {"let_go": True}


def test_what_was_typed_before_the_story_was_handed_in_can_still_be_read(client):
    reporter, mine = logged_in(REPORTER)
    article = make_article(created_by=reporter)
    key = typed_into(article, reporter, headline="Typed before")
    open_forms.leave(key, by=reporter)
    Article.objects.filter(pk=article.pk).update(status="review")
    page = mine.get(page_of(article))
    assert in_page(page, "kept-at-the-desk") == [{"key": str(key), "typed": "headline=Typed+before"}]
    assert "Bring it back" not in page.content.decode()
    assert "You may read this story, but not change it now." in page.content.decode()


def test_a_page_asks_as_much_of_the_database_however_many_are_there(
    client, editor, django_assert_num_queries
):
    article = make_article()
    client.get(page_of(article))
    model_admin = client.get(page_of(article)).context["adminform"].model_admin
    request = type("Request", (), {"POST": {}, "method": "GET", "user": editor})()
    for n in range(5):
        make_open_form(article, by_username=f"user{n}", by_name=f"User {n}")
    assert editor.has_perm("articles.change_article")
    with django_assert_num_queries(3):
        assert len(door.open_form(model_admin, request, article)["people"]) == 5


def test_markup_in_a_name_or_a_text_stays_text(client, editor):
    article = make_article()
    make_open_form(article, by_username="ben", by_name="<b>Ben</b>")
    typed_into(article, editor, headline="</script><script>alert(1)</script>")
    page = client.get(page_of(article)).content.decode()
    assert "<b>Ben</b>" not in page
    assert "<script>alert(1)" not in page


def test_what_happened_is_not_looked_up_while_nothing_did(client, editor, monkeypatch):
    monkeypatch.setattr(open_forms, "what_happened", lambda article: pytest.fail("asked"))
    article = make_article()
    audit.record(AuditEntry.Action.CHANGED, article, by=editor)
    assert beat(client, article).json()["happened"] == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["open", "let-go"])
def test_a_story_deleted_at_that_very_moment_is_answered_as_one_that_is_gone(monkeypatch, address):
    _, client = logged_in()
    article = make_article()
    gone = client.post(f"/admin/articles/article/{article.pk + 1}/{address}/")
    write = open_forms.write

    def deleted_before_it_is_written(form):
        Article.objects.filter(pk=article.pk).delete()
        write(form)

    monkeypatch.setattr(open_forms, "write", deleted_before_it_is_written)
    told = {"key": str(uuid.uuid4()), "_open_form": str(uuid.uuid4()), "seen_version": "1", "typed": "deck=D"}
    answer = client.post(f"/admin/articles/article/{article.pk}/{address}/", told)
    assert not Article.objects.exists()
    assert (answer.status_code, answer.content) == (404, gone.content)
