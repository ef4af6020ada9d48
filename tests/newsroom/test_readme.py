"""The README is true: its commands are run by .ci/run, its settings are those that are read, its fixture loads."""

import ast
import json
import re

import pytest
from django.core.management import call_command

from articles.management.accounts import ACCOUNTS
from articles.models import Article, Quote
from newsroom import environment
from tests.outside import DEMO, ROOT, SERVER, SETTINGS

README = (ROOT / "README.md").read_text()
CI = (ROOT / ".ci" / "run").read_text()
DEMONSTRATION = "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/python manage.py demo"
TEST = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/python -m pytest"


def blocks(language):
    """The fenced blocks of that language, as (heading, text)."""
    found = []
    for section in re.split(r"^## ", README, flags=re.MULTILINE)[1:]:
        heading = section.partition("\n")[0]
        found += [
            (heading, text)
            for text in re.findall(rf"^```{language}\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
        ]
    return found


def variables_read():
    """Every name given to a reader of newsroom/environment.py, and those of the demonstration's accounts."""
    readers = {name for name, thing in vars(environment).items() if callable(thing)}
    names = {account.variable for account in ACCOUNTS}
    for file in ("settings.py", "gunicorn.py"):
        for node in ast.walk(ast.parse((ROOT / "newsroom" / file).read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "environment"
                and node.func.attr in readers
                and isinstance(node.args[0], ast.Constant)
            ):
                names.add(node.args[0].value)
    return names


def variables_in_the_table():
    (table,) = re.findall(r"^\| variable \|.*?\n\n", README, re.MULTILINE | re.DOTALL)
    rows = [row.split("|")[1] for row in table.strip().splitlines()[2:]]
    return [name for cell in rows for name in re.findall(r"`(\w+)`", cell)]


def test_the_two_commands_are_there_on_a_line_each():
    assert dict(blocks("sh"))["Try it"] == f"{DEMONSTRATION}\n"
    assert dict(blocks("sh"))["Test it"] == f"{TEST}\n"


@pytest.mark.parametrize("heading", [heading for heading, _ in blocks("sh")])
def test_every_command_is_run_by_ci_from_the_readme_itself(heading):
    assert f'readme "{heading}"' in CI
    assert [found for found, _ in blocks("sh")].count(heading) == 1


def test_the_table_of_settings_names_exactly_the_variables_that_are_read():
    assert sorted(variables_in_the_table()) == sorted(variables_read())
    assert sorted(variables_read()) == sorted([*SETTINGS, *SERVER, *DEMO])


def test_production_is_set_up_with_variables_that_exist():
    settings = next(text for _, text in blocks("ini") if text.startswith("SITE_URL="))
    assert {line.partition("=")[0] for line in settings.splitlines()} <= variables_read()


def test_the_unit_starts_what_the_last_command_starts():
    started = dict(blocks("sh"))["Run it in production"].splitlines()[-1]
    unit = next(text for _, text in blocks("ini") if text.startswith("[Unit]"))
    assert f"ExecStart=/srv/newsroom/{started}\n" in unit


def test_the_fixture_loads_as_a_draft_and_again_without_doubling(db, settings, tmp_path):
    ((_, fixture),) = blocks("json")
    assert len(json.loads(fixture)) == 3
    settings.FIXTURE_DIRS = [tmp_path]
    (tmp_path / "strike.json").write_text(fixture)
    for _ in range(2):
        call_command("loaddata", "strike", verbosity=0)
        article = Article.objects.get()
        assert (article.slug, article.status) == ("harbor-pilots-strike", Article.Status.DRAFT)
        assert Quote.objects.get().text in article.body


def test_what_it_links_to_exists():
    links = re.findall(r"\]\((?!https?:)([^)]+)\)", README)
    assert "fixtures/README.md" in links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_files_it_names_exist():
    names = re.findall(r"`((?:articles|newsroom|fixtures|tests|\.ci)/[\w./]*)`", README)
    assert len(names) > 8
    assert [name for name in names if not (ROOT / name).exists()] == ["fixtures/strike.json"]
