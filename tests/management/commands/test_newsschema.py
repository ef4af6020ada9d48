"""`manage.py newsschema`: what it prints, what it writes, and the section of fixtures/README.md about it."""

import json
import re
import shlex
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.editorial.fixtures.schema import schema
from tests.fixtures import FOLDER
from tests.outside import ROOT

README = (FOLDER / "README.md").read_text(encoding="utf-8")
HELP = re.search(r"^## Help while writing\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)[1]
COMMANDS = re.findall(r"\.venv/bin/python manage\.py ([^`\n]+)", HELP)


def printed(*arguments):
    out = StringIO()
    call_command("newsschema", *arguments, stdout=out)
    return out.getvalue()


def test_it_prints_the_schema_the_same_each_time():
    assert json.loads(printed()) == schema()
    assert printed() == printed()


def test_what_it_writes_is_what_it_prints(tmp_path):
    file = tmp_path / "schema.json"
    printed("--output", str(file))
    written = file.read_bytes()
    assert written == printed().encode()
    assert written.endswith(b"\n}\n")
    assert b"\r" not in written
    assert "“model”".encode() in written


def test_it_prints_the_setting_that_ties_the_schema_to_the_fixtures(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = printed("--output", "a schema.json")
    assert said.startswith("a schema.json is written.")
    assert json.loads("{" + said.partition("\n\n")[2] + "}") == {
        "json.schemas": [
            {
                "fileMatch": [f"{settings.BASE_DIR.as_posix()}/fixtures/*.json"],
                "url": (tmp_path / "a schema.json").as_uri(),
            }
        ]
    }


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(
        CommandError, match=r"nowhere/schema\.json cannot be written: No such file or directory\."
    ):
        printed("--output", str(tmp_path / "nowhere" / "schema.json"))


def test_the_readme_gives_two_commands():
    assert len(COMMANDS) == 2
    assert {shlex.split(command)[0] for command in COMMANDS} == {"newsschema"}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_gives_the_schema(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".data").mkdir()
    name, *arguments = shlex.split(command)
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    written = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.json")]
    assert [json.loads(text) for text in written or [out.getvalue()]] == [schema()]


def test_what_the_readme_writes_is_no_part_of_the_repository():
    [file] = re.findall(r"--output (\S+)", HELP)
    folder = file.partition("/")[0]
    assert f"{folder}/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_what_the_readme_says_is_offered_is_offered():
    offered = re.findall(r"“(new [a-z ]+)”", HELP)
    assert offered
    assert set(offered) <= {snippet["label"] for snippet in schema()["items"]["defaultSnippets"]}
