import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from articles.models import Article
from tests.make import (
    REPORTER,
    make_article,
    make_desk_user,
    make_section,
    make_status_change,
    make_user,
)

pytestmark = pytest.mark.django_db

#: Thursday, 26 November 2026, 04:00 in Los Angeles.
NOW = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
PAGE = "/admin/calendar/"


@pytest.fixture(autouse=True)
def thursday():
    with time_machine.travel(NOW, tick=False):
        yield


def open_week(client, week=None):
    client.force_login(make_desk_user(REPORTER))
    return client.get(PAGE, {"week": week} if week else {})


def happens(response):
    """What stands on each day: (day, time, what, headline)."""
    return [
        (f"{day['date']:%a}", row["time"], row["event"].what, row["event"].story.headline)
        for day in response.context["days"]
        for row in day["events"]
    ]


def test_the_page_has_the_address_other_pages_link_to():
    assert reverse("admin:calendar") == PAGE


def test_this_week_shows_what_goes_out_and_off_and_which_embargoes_end_in_the_newsrooms_time(client):
    make_article("Out", status="scheduled", published_at=NOW + 2 * HOUR, withdraw_at=NOW + 2 * DAY)
    make_article("Held", status="published", published_at=NOW - DAY, embargo_until=NOW + DAY)
    make_article("In the works", embargo_until=NOW + 3 * HOUR)
    make_article("Next week", status="scheduled", published_at=NOW + 7 * DAY)
    make_article("Binned", status="binned", embargo_until=NOW + HOUR)
    make_article("Withdrawn", status="withdrawn", embargo_until=NOW + HOUR)
    page = open_week(client)
    assert happens(page) == [
        ("Thu", "06:00 PST", "goes out", "Out"),
        ("Thu", "07:00 PST", "embargo ends", "In the works"),
        ("Fri", "04:00 PST", "goes out", "Held"),
        ("Sat", "04:00 PST", "goes off", "Out"),
    ]
    text = page.content.decode()
    assert "All times are Los Angeles time, PST. It is 26 November 2026, 04:00 PST." in text
    assert 'aria-current="date"' in text


def test_what_has_happened_stays_on_the_week_and_is_marked(client):
    make_article(status="published", published_at=NOW - DAY)
    page = open_week(client)
    assert happens(page)[0][:3] == ("Wed", "04:00 PST", "went out")
    assert 'class="has-happened"' in page.content.decode()


def test_weeks_lead_forwards_and_backwards_across_the_year(client):
    make_article("New Year", status="scheduled", published_at=dt.datetime(2027, 1, 1, 20, tzinfo=dt.UTC))
    page = open_week(client, "2026-W53")
    assert (page.context["before"], page.context["after"]) == ("2026-W52", "2027-W01")
    assert happens(page) == [("Fri", "12:00 PST", "goes out", "New Year")]
    assert 'aria-current="date"' not in page.content.decode()
    assert PAGE in page.content.decode()


def test_a_day_begins_at_the_newsrooms_midnight(client):
    for minute, headline in ((59, "Sunday"), (60, "Monday")):
        late = dt.datetime(2026, 11, 30, 7, tzinfo=dt.UTC) + dt.timedelta(minutes=minute)
        make_article(headline, status="scheduled", published_at=late)
    assert happens(open_week(client)) == [("Sun", "23:59 PST", "goes out", "Sunday")]
    assert happens(open_week(client, "2026-W49")) == [("Mon", "00:00 PST", "goes out", "Monday")]


@pytest.mark.parametrize(
    "odd",
    ["", "2026", "2026-W54", "2026-W00", "2025-W53", "9999-W52", "2026-W٤٨", "-W1", "2026-W48'"],
)
def test_what_names_no_week_is_no_page(client, odd):
    client.force_login(make_desk_user(REPORTER))
    assert client.get(PAGE, {"week": odd}).status_code == 404


def handed_in(headline, at):
    story = make_article(headline, status="review")
    make_status_change(story, at=at)
    return story


def test_what_waits_for_review_stands_there_by_how_long_it_has_waited(client):
    handed_in("Second", NOW - 3 * HOUR)
    handed_in("First", NOW - 5 * DAY - HOUR)
    make_article("Loaded", status="review")
    twice = handed_in("Third", NOW - 9 * DAY)
    make_status_change(twice, at=NOW - HOUR)
    page = open_week(client)
    assert [(row["story"].headline, row["days"]) for row in page.context["waiting"]] == [
        ("First", 5),
        ("Second", 0),
        ("Third", 0),
        ("Loaded", 0),
    ]
    assert page.context["waiting"][0]["since"] == "21 November 2026, 03:00 PST"
    assert page.context["waiting"][3]["since"] is None


def test_what_is_overdue_says_why(client):
    handed_in("Waits", NOW - 2 * DAY - HOUR)
    handed_in("Fresh", NOW - 2 * DAY)
    make_article("Held", status="scheduled", published_at=NOW - HOUR, embargo_until=NOW + HOUR)
    make_article("Free", embargo_until=NOW - HOUR)
    Article.objects.filter(headline="Waits").update(
        embargo_until=NOW - HOUR
    )  # late for two reasons, named once
    make_article("Too late", status="review", withdraw_at=NOW - HOUR)
    make_article("Due", status="scheduled", published_at=NOW - HOUR)
    make_article("To come", status="scheduled", published_at=NOW + HOUR, embargo_until=NOW + HOUR)
    page = open_week(client)
    assert [(row.story.headline, row.why) for row in page.context["late"]] == [
        ("Waits", "in review for 2 days"),
        (
            "Held",
            "was to go out on 26 November 2026, 03:00 PST, its embargo lasts until 26 November 2026, 05:00 PST",
        ),
        ("Free", "its embargo was over on 26 November 2026, 03:00 PST, and it has not gone out"),
        ("Too late", "was to be withdrawn on 26 November 2026, 03:00 PST and never went out"),
    ]


def test_an_empty_week_says_so(client):
    text = open_week(client).content.decode()
    assert text.count("Nothing.") == 7
    assert "Nothing is overdue." in text
    assert "Nothing waits for review." in text


def test_takes_as_many_queries_for_many_stories_as_for_one(client, django_assert_num_queries):
    client.force_login(make_desk_user(REPORTER))
    client.get(PAGE)

    def make_a_few():
        for number in range(3):
            section = make_section()
            make_article(section=section, status="scheduled", published_at=NOW + number * HOUR)
            make_article(section=section, embargo_until=NOW - HOUR)
        handed_in(None, NOW - 3 * DAY)

    make_a_few()
    with django_assert_num_queries(7):
        client.get(PAGE)
    make_a_few()
    with django_assert_num_queries(7):
        client.get(PAGE)


def test_is_closed_to_those_who_see_no_stories(client):
    client.force_login(make_user(may=["view_tag"]))
    assert client.get(PAGE).status_code == 403
    client.logout()
    assert client.get(PAGE).status_code == 302


def test_is_a_page_to_read_only(client):
    client.force_login(make_desk_user(REPORTER))
    assert client.post(PAGE).status_code == 405
