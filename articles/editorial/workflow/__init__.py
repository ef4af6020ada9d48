"""Moves a story from state to state: one table of steps, one writer.

`table` has the steps, `standing` says where a story is, `rights` who may move it, `moments` when it goes out and
off, `taking` moves it. Buttons, bulk actions and tests read the table; nothing else in the newsroom sets a status.
"""

from articles.editorial.workflow.moments import what_clashes
from articles.editorial.workflow.rights import may_edit, may_take, steps_for
from articles.editorial.workflow.standing import in_words, standing, standing_as
from articles.editorial.workflow.table import STEPS, Step
from articles.editorial.workflow.taking import StepRefused, take_step, what_is_advised

__all__ = [
    "STEPS",
    "Step",
    "StepRefused",
    "in_words",
    "may_edit",
    "may_take",
    "standing",
    "standing_as",
    "steps_for",
    "take_step",
    "what_clashes",
    "what_is_advised",
]
