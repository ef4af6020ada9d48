"""`dumpdata` and `loaddata` as people know them from Django: every option, every packing, every table."""

import bz2
import gzip
import io
import json
import lzma
import shutil
import zipfile

import pytest
from axes.models import AccessAttempt, AccessAttemptExpiration, AccessFailureLog, AccessLog
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles.editorial.fixtures.nouns import STAYS
from articles.editorial.seals import check
from articles.models import Article, Quote, Source, Tag
from tests.make import make_article, make_quote, make_section, make_tag, make_user
from tests.newsrooms import a_full_newsroom
from tests.outside import run

pytestmark = pytest.mark.django_db
HARBOR = [{"model": "articles.tag", "fields": {"name": "harbor €", "slug": "harbor"}}]
PACKED = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "lzma": lambda data: lzma.compress(data, lzma.FORMAT_ALONE),
    "zip": lambda data: zipped(data),
}


def zipped(data):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tags.json", data)
    return file.getvalue()


def write(folder, name, content):
    folder.mkdir(parents=True, exist_ok=True)
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    (folder / name).write_bytes(data)
    return str(folder / name)


def tag(slug, **fields):
    return [{"model": "articles.tag", "fields": {"name": slug, "slug": slug, **fields}}]


def tags():
    return set(Tag.objects.values_list("slug", flat=True))


def dumped(*labels, **options):
    out = io.StringIO()
    call_command("dumpdata", *labels, stdout=out, **options)
    return out.getvalue()


def load(*labels, **options):
    out = io.StringIO()
    call_command("loaddata", *labels, stdout=out, **options)
    return out.getvalue()


class TestFindingFixtures:
    def test_by_name_in_the_folder_of_fixtures(self, settings, tmp_path):
        settings.FIXTURE_DIRS = [tmp_path]
        write(tmp_path, "harbor.json", HARBOR)
        write(tmp_path, "quay.jsonl", json.dumps(tag("quay")[0]).encode())
        write(tmp_path / "deep", "mole.json", tag("mole"))
        assert load("harbor", "quay.jsonl", "deep/mole") == "Installed 3 object(s) (of 3) from 3 fixture(s)\n"
        assert tags() == {"harbor", "quay", "mole"}

    def test_by_name_in_the_folder_of_one_app(self, settings, tmp_path, monkeypatch):
        settings.FIXTURE_DIRS = []
        for label in ("articles", "axes"):
            monkeypatch.setattr(apps.get_app_config(label), "path", str(tmp_path / label))
            write(tmp_path / label / "fixtures", "harbor.json", tag(label))
        load("harbor", app_label="articles")
        assert tags() == {"articles"}
        load("harbor")
        assert tags() == {"articles", "axes"}

    def test_by_name_for_one_database(self, settings, tmp_path):
        settings.FIXTURE_DIRS = [tmp_path]
        write(tmp_path, "harbor.default.json", HARBOR)
        load("harbor", database="default")
        assert tags() == {"harbor"}

    def test_a_name_that_stands_for_two_files(self, settings, tmp_path):
        settings.FIXTURE_DIRS = [tmp_path]
        for name in ("harbor.json", "harbor.json.gz"):
            write(tmp_path, name, b"")
        with pytest.raises(CommandError, match="Multiple fixtures named 'harbor'"):
            load("harbor")

    @pytest.mark.parametrize("ending", PACKED)
    def test_packed(self, ending, settings, tmp_path):
        settings.FIXTURE_DIRS = [tmp_path]
        path = write(tmp_path, f"harbor.json.{ending}", PACKED[ending](json.dumps(HARBOR).encode()))
        load(path)
        assert tags() == {"harbor"}
        Tag.objects.all().delete()
        load("harbor")
        assert tags() == {"harbor"}


class TestStandardInput:
    @pytest.fixture
    def standard_input(self, monkeypatch):
        def fill(text):
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

        return fill

    @pytest.mark.parametrize("format", ["json", "jsonl", "xml", "yaml"])
    def test_is_read_in_the_format_one_says(self, format, standard_input):
        make_tag("harbor €", slug="harbor")
        standard_input(dumped("articles.tag", format=format))
        Tag.objects.all().delete()
        assert load("-", format=format) == "Installed 1 object(s) (of 1) from 1 fixture(s)\n"
        assert Tag.objects.get().name == "harbor €"

    def test_needs_its_format(self, standard_input):
        standard_input(json.dumps(HARBOR))
        with pytest.raises(CommandError, match="Standard input needs its format: add --format with"):
            load("-")
        assert tags() == set()

    def test_in_a_format_that_there_is_not(self, standard_input):
        standard_input(json.dumps(HARBOR))
        with pytest.raises(CommandError, match="--format: there is no “csv”; choose"):
            load("-", format="csv")

    def test_beside_a_file(self, standard_input, tmp_path):
        standard_input(json.dumps(HARBOR))
        load("-", write(tmp_path, "quay.json", tag("quay")), format="json")
        assert tags() == {"harbor", "quay"}


class TestAnotherDatabase:
    @pytest.fixture
    def two_databases(self, tmp_path):
        """Runs a command in a newsroom that has a second database; both are empty."""
        second = 'DATABASES["second"] = {**DATABASES["default"], "NAME": str(DATA_DIR / "second.sqlite3")}'
        (tmp_path / "two_databases.py").write_text(f"from newsroom.settings import *\n\n{second}\n")
        variables = {
            "DATA_DIR": str(tmp_path),
            "PYTHONPATH": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "two_databases",
        }

        def manage(*words):
            done = run("manage.py", *words, **variables)
            assert done.returncode == 0, done.stderr
            return done.stdout

        manage("migrate", "--verbosity=0")
        shutil.copyfile(tmp_path / "newsroom.sqlite3", tmp_path / "second.sqlite3")
        return manage

    def test_is_loaded_into_and_dumped_and_the_first_stays_as_it_is(self, two_databases, tmp_path):
        first = tmp_path / "newsroom.sqlite3"
        untouched = first.read_bytes()
        a_full_newsroom()
        before = dumped("auth.group", "auth.user", "articles")
        two_databases("loaddata", write(tmp_path, "newsroom.json", before.encode()), "--database=second")
        two_databases("loaddata", write(tmp_path, "harbor.json", HARBOR), "--database=second")
        after = two_databases("dumpdata", "auth.group", "auth.user", "articles", "--database=second")
        changed = [entry for entry in json.loads(after) if entry not in json.loads(before)]
        assert [entry["model"] for entry in changed] == ["articles.tag", "articles.edition"]
        assert first.read_bytes() == untouched


class TestLeavingOut:
    @pytest.fixture
    def both(self, tmp_path):
        source = {"model": "articles.source", "fields": {"name": "Ada", "slug": "ada"}}
        return write(tmp_path, "both.json", [*HARBOR, source])

    @pytest.mark.parametrize(
        ("what", "left"), [("articles.tag", (0, 1)), ("articles", (0, 0)), ("auth", (1, 1))]
    )
    def test_a_model_or_an_app(self, what, left, both):
        load(both, exclude=[what])
        assert (Tag.objects.count(), Source.objects.count()) == left

    def test_what_there_is_not_cannot_be_left_out(self, both):
        with pytest.raises(CommandError, match="No installed app with label 'port'"):
            load(both, exclude=["port"])

    def test_unknown_fields_and_models_if_one_asks_for_it(self, tmp_path):
        path = write(tmp_path, "odd.json", [*tag("quay", colour="red"), {"model": "port.ship", "fields": {}}])
        with pytest.raises(CommandError):
            load(path)
        load(path, ignorenonexistent=True)
        assert tags() == {"quay"}


class TestDumping:
    @pytest.mark.parametrize("ending", ["", ".gz", ".bz2", ".xz", ".lzma"])
    @pytest.mark.parametrize("format", ["json", "jsonl", "xml", "yaml"])
    def test_into_a_file_that_loads_again(self, format, ending, tmp_path):
        make_tag("harbor €", slug="harbor")
        file = str(tmp_path / f"tags.{format}{ending}")
        dumped("articles.tag", format=format, output=file)
        before = dumped("articles.tag")
        Tag.objects.all().delete()
        load(file)
        assert dumped("articles.tag") == before

    def test_with_indents_the_same_objects(self, tmp_path):
        make_quote(make_article(section=make_section()))
        plain, indented = dumped("articles"), dumped("articles", indent=2)
        assert '\n  "fields": {\n    "name": "Section' in indented
        assert json.loads(indented) == json.loads(plain)
        load(write(tmp_path, "indented.json", indented.encode()))
        assert dumped("articles") == plain

    def test_some_rows_by_their_numbers(self, tmp_path):
        article = make_article()
        first, _, third = (make_quote(article) for _ in range(3))
        some = dumped("articles.quote", primary_keys=f"{first.pk},{third.pk}")
        assert [entry["fields"]["slug"] for entry in json.loads(some)] == [first.slug, third.slug]
        Quote.objects.all().delete()
        load(write(tmp_path, "some.json", some.encode()))
        assert set(Quote.objects.values_list("slug", flat=True)) == {first.slug, third.slug}

    def test_all_but_some(self):
        make_quote()
        models = {entry["model"] for entry in json.loads(dumped("articles", exclude=["articles.quote"]))}
        assert models == {"articles.article", "articles.section", "articles.source"}


@pytest.fixture
def content_types_anew():
    """Django remembers them beyond the end of a test."""
    ContentType.objects.clear_cache()
    yield
    ContentType.objects.clear_cache()


def test_every_table_comes_back_the_same_to_the_byte(content_types_anew, tmp_path):
    fill_every_table()
    before = dumped()
    assert {entry["model"] for entry in json.loads(before)} == {
        # django-taggit's own tables are empty: the tags are the newsroom's.
        model._meta.label_lower
        for model in apps.get_models()
        if model._meta.app_label != "taggit" and model._meta.label_lower not in STAYS
    }
    connection.check_constraints()  # PostgreSQL empties no table that a check still waits for
    call_command("flush", interactive=False, verbosity=0)
    assert not Article.objects.exists()
    load(write(tmp_path, "everything.json", before.encode()))
    assert dumped() == before
    assert User.objects.get(username="ana").check_password("a long enough password")
    assert User.objects.get(username="ana").has_perm("articles.add_tag")
    assert check().told == []


def fill_every_table():
    a_full_newsroom()
    ana = make_user("ana", may=["add_tag"], email="ana@example.org")
    ana.groups.add(Group.objects.first())
    story = Article.objects.first()
    LogEntry.objects.create(
        user=ana,
        content_type=ContentType.objects.get_for_model(story),
        object_id=str(story.pk),
        action_flag=1,
    )
    session = SessionStore()
    session["_auth_user_id"] = ana.pk
    session.save()
    stranger = {"username": "O\x92Brien\x07\uffff", "user_agent": "Mozilla", "ip_address": "203.0.113.7"}
    attempt = AccessAttempt.objects.create(**stranger, post_data="a=1\nb=2", failures_since_start=3)
    AccessAttemptExpiration.objects.create(access_attempt=attempt, expires_at=timezone.now())
    AccessLog.objects.create(**stranger, session_hash="x" * 64)
    AccessFailureLog.objects.create(**stranger, locked_out=True)
