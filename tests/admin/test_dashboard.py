import datetime as dt

import pytest
from django.utils import timezone

from tests.admin.forms import page_of
from tests.make import (
    make_article,
    make_author,
    make_correction,
    make_published,
    make_quote,
    make_reply_request,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db


def panels(client) -> dict:
    return {panel.title: panel.lines for panel in client.get("/admin/").context["panels"]}


def test_each_thing_that_waits_is_one_press_from_where_it_is_mended(client, editor):
    draft = make_article("A draft", created_by=editor)
    review = make_article("To be read", status="review")
    wrong = make_published("With a wrong quote", body="<p>Something else.</p>")
    make_quote(wrong, text="Never said")
    request = make_reply_request(make_article("Asked"), make_source("Ada Ferry"))
    correction = make_correction(make_published("Corrected"), text="It was Tuesday.")
    found = {title: [(line.address, line.title) for line in lines] for title, lines in panels(client).items()}
    assert found["My drafts"] == [(page_of(draft), "A draft")]
    assert found["Waiting for review"] == [(page_of(review), "To be read")]
    assert found["Quotes that do not match"] == [(f"{page_of(wrong)}#quotes-group", "With a wrong quote")]
    assert found["Requests for comment unanswered"] == [
        (f"{page_of(request.article)}#reply_requests-group", "Ada Ferry: Asked")
    ]
    assert found["Corrections"] == [
        (f"{page_of(correction.article)}#corrections-group", "Correction: It was Tuesday.")
    ]
    assert [title for _, title in found["Recently published"]] == ["Corrected", "With a wrong quote"]


def test_what_goes_out_today_stands_apart_from_what_comes_later(client, editor):
    now = timezone.localtime()
    tonight = now.replace(hour=23, minute=59, second=0, microsecond=0)
    make_article("Tonight", status="scheduled", published_at=max(tonight, now + dt.timedelta(seconds=5)))
    make_article("Next week", status="scheduled", published_at=now + dt.timedelta(days=7))
    found = panels(client)
    assert [line.title for line in found["Scheduled today"]] == ["Tonight"]
    assert [line.title for line in found["Going out later"]] == ["Next week"]


def test_an_empty_desk_says_so_and_shows_no_empty_extras(client, editor):
    page = client.get("/admin/").content.decode()
    assert "You have no drafts." in page
    assert "Nobody owes an answer." in page
    assert "Typed and never saved" not in page


def test_it_costs_the_same_queries_however_much_waits(client, editor, django_assert_max_num_queries):
    def fill():
        for number in range(10):
            story = make_published(by=[make_author()])
            make_quote(story, text="Never said")
            make_correction(story)
            make_reply_request(story)
            make_article(created_by=editor)
            make_article(status="review")
            make_article(
                status="scheduled",
                published_at=timezone.now() + dt.timedelta(hours=number + 1, days=number % 2),
            )

    fill()
    client.get("/admin/")
    with django_assert_max_num_queries(26) as once:
        client.get("/admin/")
    fill()
    with django_assert_max_num_queries(26) as twice:
        client.get("/admin/")
    assert len(once) == len(twice)


def test_somebody_who_may_not_see_stories_sees_none(client):
    make_published("Hidden from them")
    client.force_login(make_user())
    page = client.get("/admin/")
    assert "panels" not in page.context
    assert "Hidden from them" not in page.content.decode()
