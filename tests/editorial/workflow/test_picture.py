"""The picture and the list of steps in the README are drawn from the table and the roles."""

import json
import re

from articles.editorial.workflow import STEPS
from articles.models import ArticleStatus
from tests.outside import ROOT

README = (ROOT / "README.md").read_text()
ROLES = ["Reporter", "Editor", "Managing editor"]
START_AND_END = "[*]"
BY_ITSELF = [
    ("scheduled", "published", "by itself, at its moment"),
    ("published", "withdrawn", "by itself, at its end"),
]


def who_may():
    """For each permission the first of the roles, from the reporter up, that has it."""
    rows = json.loads((ROOT / "fixtures" / "roles.json").read_text())
    rights = {row["fields"]["name"]: {right[0] for right in row["fields"]["permissions"]} for row in rows}
    return {
        step.permission: next(role for role in ROLES if step.permission.split(".")[1] in rights[role])
        for step in STEPS.values()
    }


def picture():
    """A state diagram in Mermaid: an arrow for each step from each state."""
    lines = ["stateDiagram-v2", f"    {START_AND_END} --> draft"]
    lines += [f'    state "{status.label}" as {status.value}' for status in ArticleStatus]
    lines += [
        f"    {source.value} --> {step.target.value if step.target else START_AND_END} : {step.label}"
        for step in STEPS.values()
        for source in ArticleStatus
        if source in step.sources
    ]
    lines += [f"    {source} --> {target} : {how}" for source, target, how in BY_ITSELF]
    return "\n".join(lines) + "\n"


def listed():
    """The steps as a table: from where, to where, who, and what they do."""
    roles = who_may()
    lines = ["| step | from | to | who | what it does |", "|---|---|---|---|---|"]
    for step in STEPS.values():
        sources = ", ".join(status.label for status in ArticleStatus if status in step.sources)
        target = step.target.label if step.target else "gone"
        who = roles[step.permission].lower()
        lines.append(f"| {step.label} | {sources} | {target} | {who} | {step.tells} |")
    return "\n".join(lines) + "\n"


def test_the_picture_is_that_of_the_table():
    (drawn,) = re.findall(r"^```mermaid\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert drawn == picture()


def test_the_list_is_that_of_the_table():
    (written,) = re.findall(r"^\| step \| from \|.*?\n\n", README, re.MULTILINE | re.DOTALL)
    assert written.strip() + "\n" == listed()
