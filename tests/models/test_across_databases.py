"""What was dumped on one kind of database is loaded into the other, dumped there and brought back: the same bytes.

The tests on SQLite need a PostgreSQL for it and are skipped, with a word on what to set, where there is none;
OTHER_DATABASE_TESTS=required makes that an error. Those on PostgreSQL always have a SQLite.
"""

import pytest
from django.core.management import call_command
from django.db import connection

from tests.elsewhere import newsrooms
from tests.fixtures import load_all
from tests.newsrooms import a_full_newsroom, dump_news, files_in

pytestmark = pytest.mark.django_db
OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    with newsrooms(tmp_path_factory.mktemp("elsewhere")) as make:
        yield make


@pytest.fixture
def there_and_back(elsewhere):
    """A newsroom on the other kind of database, and then one on this kind."""
    return [elsewhere(OTHER[connection.vendor]), elsewhere(connection.vendor)]


@pytest.fixture
def a_newsroom(db):
    load_all()
    a_full_newsroom()


def test_a_folder_comes_back_the_same_to_the_byte(a_newsroom, there_and_back, tmp_path):
    folder = tmp_path / "here"
    before = dump_news(folder)
    for newsroom in there_and_back:
        newsroom.manage("loadnews", folder)
        folder = newsroom.folder / "dump"
        newsroom.manage("dumpnews", folder)
        assert files_in(folder) == before


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_a_file_comes_back_the_same_to_the_byte(format, a_newsroom, there_and_back, tmp_path):
    file = tmp_path / f"here.{format}"
    what = ["auth.group", "auth.user", "articles", f"--format={format}"]
    call_command("dumpdata", *what, f"--output={file}", verbosity=0)
    before = file.read_bytes()
    for newsroom in there_and_back:
        newsroom.manage("loaddata", file)
        file = newsroom.folder / f"dump.{format}"
        newsroom.manage("dumpdata", *what, f"--output={file}")
        assert file.read_bytes() == before
