"""Every state, every step, every role, on a story of one's own and on somebody else's."""

import pytest

from articles.editorial.workflow import STEPS, StepRefused, may_edit, standing, steps_for, take_step
from articles.models import Article, ArticleStatus, StatusChange
from tests.editorial.workflow.stories import NOW, SOON, STATES, make_ready
from tests.make import (
    EDITOR,
    MANAGING_EDITOR,
    REPORTER,
    make_author,
    make_managing_editor,
    make_reporter,
    make_section,
    make_user,
)

pytestmark = pytest.mark.django_db

ROLES = {"nobody": (), "reporter": REPORTER, "editor": EDITOR, "managing": MANAGING_EDITOR}

#: Who takes which step from where. A reporter does only with stories they started; the others with every story.
WAITS = {
    "publish": "editor managing", "schedule": "editor managing", "send_back": "editor managing",
    "take_back": "reporter", "bin": "editor managing",
}  # fmt: skip
TO_COME = {
    "publish": "editor managing", "schedule": "editor managing", "unschedule": "editor managing",
    "send_back": "editor managing", "bin": "editor managing",
}  # fmt: skip
IS_OUT = {"withdraw": "managing"}
IS_OFF = {"reopen": "editor managing", "bin": "editor managing"}
WHO = {
    "draft": {"submit": "reporter editor managing", "bin": "reporter editor managing"},
    "in review": WAITS,
    "scheduled": TO_COME,
    "scheduled and due": IS_OUT,
    "under embargo": IS_OUT,
    "published": IS_OUT,
    "published until later": IS_OUT,
    "over": IS_OFF,
    "scheduled and over": IS_OFF,
    "withdrawn": IS_OFF,
    "binned": {"restore": "editor managing", "empty": "managing"},
}


def test_the_expectation_names_every_state_and_step():
    assert WHO.keys() == STATES.keys()
    assert {name for steps in WHO.values() for name in steps} == STEPS.keys()
    assert {STATES[state]["status"] for state in WHO} == set(ArticleStatus)


@pytest.mark.parametrize("whose", ["own", "somebody else's"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", STATES)
def test_a_step_is_taken_by_those_who_may_and_by_nobody_else(state, role, whose):
    person = make_user(may=ROLES[role])
    started_by = person if whose == "own" else make_user()
    section, author = make_section(), make_author()
    for name, step in STEPS.items():
        article = make_ready(**STATES[state], created_by=started_by, section=section)
        article.authors.add(author, through_defaults={"position": 2})
        stood = standing(article, NOW)
        allowed = role in WHO[state].get(name, "") and (role != "reporter" or whose == "own")
        where = f"{name} from {state}"

        assert (step in steps_for(article, by=person, at=NOW)) == allowed, where
        if allowed:
            take_step(article, name, by=person, at=NOW, goes_out_at=SOON)
        else:
            with pytest.raises(StepRefused):
                take_step(article, name, by=person, at=NOW, goes_out_at=SOON)

        changes = StatusChange.objects.filter(article=article.pk).values_list(
            "step", "from_status", "to_status"
        )
        kept = Article.objects.filter(pk=article.pk).values_list("status", flat=True)
        if not allowed:
            assert (list(changes), list(kept)) == ([], [STATES[state]["status"]]), where
        elif step.target:
            assert (list(changes), list(kept)) == ([(name, stood, step.target)], [step.target]), where
        else:
            assert (list(changes), list(kept)) == ([(name, stood, stood)], []), where


def test_a_reporter_is_told_whom_to_ask_about_a_draft_somebody_else_started():
    article = make_ready(created_by=make_reporter())
    with pytest.raises(StepRefused, match=r"You may not do that.*Ask somebody whose role includes"):
        take_step(article, "submit", by=make_reporter())


def test_a_reporter_edits_their_own_drafts_and_nothing_else():
    reporter = make_reporter()
    for state, kept in STATES.items():
        mine, theirs = make_ready(**kept, created_by=reporter), make_ready(**kept)
        assert (may_edit(mine, by=reporter), may_edit(theirs, by=reporter)) == (state == "draft", False)


def test_an_editor_edits_everything_outside_the_bin():
    editor = make_user(may=EDITOR)
    assert {state for state, kept in STATES.items() if not may_edit(make_ready(**kept), by=editor)} == {
        "binned"
    }


def test_nobody_edits_a_story_in_the_bin():
    assert not may_edit(make_ready(status="binned"), by=make_managing_editor())
