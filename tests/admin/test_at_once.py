"""Eight people at eight desks give the same name at the same moment, twelve times over."""

from threading import Barrier

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Tag
from tests.admin.forms import filled_in
from tests.make import make_user

pytestmark = pytest.mark.django_db(transaction=True)

DESKS, TIMES = 8, 12
#: All the same to a reader; no two the same to a database, and half of them not even without regard to case.
SPELLINGS = [
    "strasse",
    "STRASSE",
    "Straße",
    "ｓｔｒａｓｓｅ",
    "ＳＴＲＡＳＳＥ",
    "Stra\u00adsse",
    "StraSSe",
    "straẞe",
]


def at_each_desk(at_desks, noun, forms):
    """Lets everybody send a form for each round to the page that adds the noun; the answers, each as it comes."""
    page = reverse(f"admin:articles_{noun}_add")
    (people,) = at_desks(lambda: [make_user(is_superuser=True) for _ in range(DESKS)])
    ready = Barrier(DESKS)

    def sit_down(number):
        client = Client(raise_request_exception=False)
        client.force_login(people[number])
        blank = filled_in(client.get(page))
        ready.wait(timeout=120)
        return [client.post(page, {**blank, **forms(number, turn)}).status_code for turn in range(TIMES)]

    answers = at_desks(*[lambda number=number: sit_down(number) for number in range(DESKS)])
    return [status for person in answers for status in person]


def test_stories_of_the_same_headline_each_get_an_address(at_desks):
    answers = at_each_desk(at_desks, "article", lambda number, turn: {"headline": "Flood in the valley"})
    assert answers == [302] * DESKS * TIMES
    (slugs,) = at_desks(lambda: list(Article.objects.values_list("slug", flat=True)))
    first = "flood-in-the-valley"
    assert set(slugs) == {first, *(f"{first}-{n}" for n in range(2, DESKS * TIMES + 1))}


def test_spellings_of_one_tag_make_one_tag(at_desks):
    answers = at_each_desk(
        at_desks, "tag", lambda number, turn: {"name": SPELLINGS[number], "slug": f"way-{number}-{turn}"}
    )
    assert sorted(answers) == [200] * (DESKS * TIMES - 1) + [302]
    (names,) = at_desks(lambda: list(Tag.objects.values_list("name", flat=True)))
    assert len(names) == 1
