"""Two people at two desks take steps that exclude each other, at the same moment: one is taken, one is refused."""

from threading import Barrier

import pytest

from articles.editorial.workflow import STEPS, StepRefused, take_step
from articles.models import Article, ArticleStatus, StatusChange
from tests.editorial.workflow.stories import EARLIER, NOW, SOON, make_ready
from tests.make import make_managing_editor

pytestmark = pytest.mark.django_db(transaction=True)


def excluding(status):
    """Pairs of steps from there of which each makes the other impossible."""
    steps = [row for row in STEPS.values() if status in row.sources and not row.for_its_author]
    return [
        (one.name, other.name)
        for number, one in enumerate(steps)
        for other in steps[number:]
        if one.target not in other.sources and other.target not in one.sources
    ]


def make_two_people_and_a_story(status):
    dates = {"scheduled": SOON, "published": EARLIER}
    people = make_managing_editor("ana"), make_managing_editor("ben")
    return (*people, make_ready(status=status, published_at=dates.get(status)))


def what_is_kept():
    steps = StatusChange.objects.values_list("step", flat=True)
    return list(steps), list(Article.objects.values_list("status", flat=True))


@pytest.mark.parametrize(
    ("status", "one", "other"), [(status, *pair) for status in ArticleStatus for pair in excluding(status)]
)
def test_of_two_contradictory_steps_exactly_one_is_taken(at_desks, status, one, other):
    ((ana, ben, article),) = at_desks(lambda: make_two_people_and_a_story(status))
    ready = Barrier(2)

    def take(name, person):
        ready.wait(timeout=20)
        try:
            take_step(article, name, by=person, at=NOW, goes_out_at=SOON)
        except StepRefused as refusal:
            return str(refusal)
        return "taken"

    told = at_desks(lambda: take(one, ana), lambda: take(other, ben))
    assert told.count("taken") == 1, told
    taken = STEPS[one if told[0] == "taken" else other]
    ((steps, statuses),) = at_desks(what_is_kept)
    assert (steps, statuses) == ([taken.name], [taken.target] if taken.target else [])


def test_each_state_has_such_a_pair():
    assert [status for status in ArticleStatus if not excluding(status)] == []
