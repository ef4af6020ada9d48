"""The shape of the repository: what lies where, what it is called, what it may import and say."""

import ast
import re
from fnmatch import fnmatch

import pytest

from tests.outside import ROOT

TOP = {
    "LICENSE", "README.md", "articles", "fixtures", "manage.py", "newsroom", "pyproject.toml", "templates", "tests",
}  # fmt: skip
DRAWERS = {"utils", "util", "common", "helpers", "helper", "services", "misc"}
IGNORED = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines() if line]
REQUESTS = (
    "django.http",
    "django.shortcuts",
    "django.views",
    "django.contrib.admin",
    "django.urls.resolvers",
)
# Addresses of package registries, folders of somebody's machine, numbers of somebody's list.
FORBIDDEN = [
    r"pypi\.(org|python)",
    r"pythonhosted\.org",
    r"npmjs\.(org|com)",
    r"(deb|security|ftp)\.debian\.org",
    r"index-url\s*=?\s*https?:",
    r"file:/{3}",
    r"(?<![\w.])/(work|tmp|root|opt|home)/",
    r"(?i)\bissues? #?\d",
]


def ours(folder=ROOT):
    """Every file of the repository, that is, all but what .gitignore names and git's own."""
    for path in sorted(folder.iterdir()):
        if path.name == ".git" or any(fnmatch(path.name, pattern) for pattern in IGNORED):
            continue
        if path.is_dir():
            yield from ours(path)
        else:
            yield path


FILES = [path.relative_to(ROOT) for path in ours()]
MODULES = [path for path in FILES if path.suffix == ".py"]
CODE = [path for path in MODULES if path.parts[0] in {"articles", "newsroom"}]


def tree(path):
    return ast.parse((ROOT / path).read_text())


def imported(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]


def test_the_top_level_holds_nothing_but_what_belongs_there():
    top = {path.parts[0] for path in FILES}
    assert {name for name in top if not name.startswith(".")} == TOP
    assert {name for name in top if name.startswith(".")} <= {".ci", ".gitignore", ".screenshots"}


def test_no_drawer_for_odds_and_ends():
    assert [path for path in FILES if {part.partition(".")[0] for part in path.parts} & DRAWERS] == []


def test_every_folder_of_code_is_a_package():
    folders = {path.parent for path in MODULES} - {ROOT.relative_to(ROOT)}
    assert [folder for folder in folders if folder / "__init__.py" not in FILES] == []


@pytest.mark.parametrize("layer", ["models", "editorial"])
def test_nouns_and_rules_know_no_request(layer):
    files = [path for path in CODE if path.parts[:2] == ("articles", layer)]
    assert len(files) > 5
    assert [
        (str(path), name)
        for path in files
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in imported(node)
        if name.startswith(REQUESTS)
    ] == []


def test_no_import_inside_a_function():
    functions = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    assert [
        (str(path), inner.lineno)
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, functions)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ] == []


def test_no_words_that_hold_only_on_one_machine():
    said = []
    for path in FILES:
        try:
            text = (ROOT / path).read_text()
        except UnicodeDecodeError:
            continue  # a font or a picture
        said += [(str(path), found.group()) for word in FORBIDDEN for found in re.finditer(word, text)]
    assert said == []


def test_pinned_versions_come_without_addresses():
    pins = [
        line
        for line in (ROOT / "newsroom" / "constraints.txt").read_text().splitlines()
        if line[:1] not in "#"
    ]
    assert len(pins) > 20
    assert [pin for pin in pins if not re.match(r"[a-z0-9-]+==[\w.]+( |$)", pin)] == []
