"""What the lists of the desk ask of the database: few questions, and as many with 60 stories as with 10."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.admin.listing import MOST_FOUND
from articles.editorial.edition import new_edition
from articles.models import Article
from tests.admin.forms import messages
from tests.make import (
    EDITOR,
    an_hour_ago,
    make_article,
    make_author,
    make_byline,
    make_correction,
    make_desk_user,
    make_quote,
    make_reply_request,
    make_section,
    make_source,
    make_status_change,
    make_tag,
)

pytestmark = pytest.mark.django_db

STORIES = "/admin/articles/article/"
QUOTES = "/admin/articles/quote/"
FEW, MOST = 15, 18
LISTS = [
    "/admin/",
    "/admin/calendar/",
    STORIES,
    f"{STORIES}?status=published",
    f"{STORIES}?status=draft",
    f"{STORIES}?kind__exact=news",
    f"{STORIES}?o=1",
    f"{STORIES}?o=-6",
    f"{STORIES}?q=harbor",
    f"{STORIES}?q=harbor+pilots",
    QUOTES,
    f"{QUOTES}?q=words",
    "/admin/articles/source/",
    "/admin/articles/tag/",
    "/admin/articles/image/",
    "/admin/articles/author/",
    "/admin/articles/statement/",
    "/admin/articles/replyrequest/",
]


@pytest.fixture
def editor(client):
    person = make_desk_user(EDITOR)
    client.force_login(person)
    return person


def fill(number, person):
    """So many stories, each with rows of its own of every kind."""
    for n in range(number):
        status = Article.Status.PUBLISHED if n % 2 else Article.Status.DRAFT
        story = make_article(
            f"Harbor pilots {n}",
            status=status,
            published_at=an_hour_ago() if n % 2 else None,
            by=[make_author(), make_author()],
            tags=[make_tag()],
            created_by=person,
        )
        make_quote(story, said_on="2018-11-05")
        make_correction(story)
        make_reply_request(story)
        make_status_change(story)


def queries_of(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_every_list_costs_as_much_with_60_stories_as_with_10(client, editor):
    new_edition()
    fill(10, editor)
    few = {address: queries_of(client, address) for address in LISTS}
    fill(50, editor)
    many = {address: queries_of(client, address) for address in LISTS}
    # A list that fits on one page is read at once; on a longer one the rows of a page are looked up first.
    assert {
        address: many[address] - few[address] for address in LISTS if many[address] - few[address] > 2
    } == {}
    assert {
        address: number for address, number in many.items() if number > FEW and address != "/admin/"
    } == {}
    assert many["/admin/"] <= MOST


def found(client, words, **also):
    page = client.get(STORIES, {"q": words, **also})
    return {story.headline for story in page.context["cl"].result_list}


def test_a_search_finds_each_word_wherever_it_stands_and_each_story_once(client, editor):
    ada, ben = make_source("Ada Ferry"), make_source("Ben Ferry")
    story = make_article("Talks fail", deck="At the harbor.", slug="pilots-strike", tags=[make_tag("Unions")])
    for author in (make_author("Cleo Ferry"), make_author("Dan")):
        make_byline(story, author)
    make_quote(story, ada)
    make_quote(story, ben)
    make_article("Another story")
    for words in (
        "talks",
        "HARBOR",
        "pilots",
        "ferry",
        "unions",
        "cleo",
        "ferry unions talks",
        '"Ada Ferry"',
    ):
        assert found(client, words) == {"Talks fail"}, words
        assert client.get(STORIES, {"q": words}).context["cl"].result_count == 1
    assert found(client, "talks another") == set()
    assert found(client, '"Ferry Ada"') == set()
    assert found(client, "%") == found(client, "_") == set()
    assert found(client, "  ") == {"Talks fail", "Another story"}
    assert found(client, "talks", status="published") == set()


def test_where_more_is_found_than_anybody_reads_the_newest_are_listed_and_the_page_says_so(
    client, editor, monkeypatch
):
    monkeypatch.setattr("articles.admin.listing.MOST_FOUND", 3)
    section = make_section()
    for n in range(5):
        make_article(f"Harbor {n}", section=section)
    page = client.get(STORIES, {"q": "harbor"})
    assert [story.headline for story in page.context["cl"].result_list] == [
        "Harbor 4",
        "Harbor 3",
        "Harbor 2",
    ]
    assert messages(page) == [
        "Only the first 3 of all that has these words are listed. Add a word to find fewer."
    ]
    assert messages(client.get(STORIES, {"q": '"harbor 1"'})) == []
    assert MOST_FOUND == 1_000


def test_a_long_list_is_cut_into_pages_in_its_order(client, editor):
    section = make_section()
    for n in range(103):
        make_article(f"Story {n:03}", section=section)
    pages = [client.get(STORIES, {"o": "1", "p": number}).context["cl"].result_list for number in (1, 2, 3)]
    listed = [story.headline for page in pages for story in page]
    assert listed == [f"Story {n:03}" for n in range(103)]
    assert [len(page) for page in pages] == [50, 50, 3]


def test_the_years_of_a_list_are_those_from_its_first_to_its_last_story(client, editor):
    for year in (2018, 2020):
        make_article(status="published", published_at=f"{year}-01-01T12:00:00Z")
    page = client.get(STORIES)
    for year in (2018, 2019, 2020):
        assert f"?published_at__year={year}" in page.content.decode()
    assert "published_at__year=2021" not in page.content.decode()
    assert len(client.get(STORIES, {"published_at__year": 2018}).context["cl"].result_list) == 1
    assert len(client.get(STORIES, {"published_at__year": 2019}).context["cl"].result_list) == 0
