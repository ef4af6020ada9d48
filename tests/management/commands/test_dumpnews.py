"""`manage.py dumpnews`: the same content gives the same bytes, nothing is lost on the way round, and what is secret
stays in the house."""

import json
import random
import re
import tracemalloc
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.editorial.fixtures import writing
from articles.editorial.fixtures.nouns import nouns
from articles.management import snapshot
from articles.models import Article, Author, Edition, Image, Source, Statement, Tag
from tests.editorial.fixtures.newsrooms import dump, files_in, load, make_one_of_each, objects_in, undone
from tests.fixtures import load_all
from tests.make import make_article, make_image, make_kept_image, make_published, make_section, make_tag
from tests.newsrooms import a_full_newsroom

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pictures(settings, tmp_path_factory):
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("kept")


def said(folder, **options):
    out, err = StringIO(), StringIO()
    call_command("dumpnews", folder, stdout=out, stderr=err, **options)
    return re.sub(r" \(\d+\.\d s\)", "", out.getvalue()), err.getvalue()


def test_the_same_newsroom_gives_the_same_bytes(tmp_path):
    make_one_of_each()
    a_full_newsroom()
    first = dump(tmp_path / "a")
    assert set(first) >= {f"{name}.json" for name in nouns()}
    assert dump(tmp_path / "b") == first
    assert dump(tmp_path / "a") == first


def test_what_was_dumped_and_loaded_gives_the_same_bytes_under_other_numbers(tmp_path):
    with undone():
        make_one_of_each()
        a_full_newsroom()
        before, numbers = dump(tmp_path / "a"), numbers_of_stories()
    shuffle(tmp_path / "a")
    load(tmp_path / "a")
    assert dump(tmp_path / "b") == before
    assert numbers_of_stories() != numbers
    assert numbers_of_stories().keys() == numbers.keys()


def numbers_of_stories():
    return dict(Article.objects.values_list("slug", "pk"))


def shuffle(folder):
    """The objects of each file in another order."""
    for path in folder.glob("*.json"):
        entries = json.loads(path.read_text("utf-8"))
        random.Random(1).shuffle(entries)  # noqa: S311 - any other order will do
        path.write_text(json.dumps(entries), encoding="utf-8")


def test_a_file_for_a_noun_with_rows_and_none_for_one_without(tmp_path):
    make_tag(slug="harbor")
    assert list(dump(tmp_path)) == ["tags.json"]
    Tag.objects.all().delete()
    make_section(slug="work")
    assert list(dump(tmp_path)) == ["sections.json"]


def test_the_stories_that_come_with_the_product_look_the_same_in_a_copy_for_readers(tmp_path):
    with undone():
        load_all()
        pages = public_pages()
        dump(tmp_path, public=True)
    assert len(pages) > 40
    load(tmp_path)
    assert public_pages() == pages


def public_pages():
    """What readers get of every story, of every source and of what else has a page."""
    client, pages = Client(), {}
    nouns_with_pages = {
        "article": Article,
        "author": Author,
        "source": Source,
        "statement": Statement,
        "tag": Tag,
    }
    for name, model in nouns_with_pages.items():
        for slug in model.objects.values_list("slug", flat=True):
            response = client.get(reverse(name, args=[slug]))
            if response.status_code == 200:
                pages[name, slug] = response.content
    return pages


def test_options_limit_the_stories_and_what_they_need_comes_along(tmp_path):
    work, sport, harbor = make_section(slug="work"), make_section(slug="sport"), make_tag(slug="harbor")
    make_published(slug="a", section=work, tags=[harbor])
    make_published(slug="b", section=sport, tags=[harbor])
    make_published(slug="c", section=work)
    make_article(slug="d", section=work, tags=[harbor])

    def slugs(**options):
        dump(tmp_path, **options)
        return [fields["slug"] for fields in objects_in(tmp_path, "articles")]

    assert slugs(section=["work"]) == ["a", "c", "d"]
    assert [fields["slug"] for fields in objects_in(tmp_path, "sections")] == ["work"]
    assert slugs(section=["work", "sport"], tag=["harbor"]) == ["a", "b", "d"]
    assert slugs(section=["work"], tag=["harbor"], public=True) == ["a"]
    assert slugs(since="2150-01-01") == ["d"]
    assert slugs(public=True) == ["a", "b", "c"]


def test_a_dump_for_readers_leaves_nothing_of_an_older_one_behind(tmp_path):
    make_one_of_each(status="draft")
    assert len(dump(tmp_path)) > 20
    assert dump(tmp_path, public=True) == {}


def test_the_pictures_of_the_dumped_images_come_along(tmp_path):
    shown, hidden = make_kept_image(), make_kept_image()
    make_published(image=shown)
    make_article(image=hidden)
    kept = {
        f"media/{image.file.name}": default_storage.open(image.file.name).read() for image in (shown, hidden)
    }
    files = dump(tmp_path / "dump")
    assert {name: data for name, data in files.items() if name.startswith("media/")} == kept
    names = [name for name in dump(tmp_path / "dump", public=True) if name.startswith("media/")]
    assert names == [f"media/{shown.file.name}"]


def test_a_missing_picture_is_a_warning(tmp_path):
    make_image(slug="lost", file="images/lost.png")
    make_kept_image()
    out, err = said(tmp_path / "dump")
    assert err == "The picture “lost” is in the dump without its file: images/lost.png is missing.\n"
    assert "Copying pictures … 1\n" in out


def test_it_says_what_it_does_and_what_came_of_it(tmp_path):
    story, other = make_published(section=make_section()), make_published()
    story.picks.add(other)
    out, err = said(tmp_path / "dump", section=[story.section.slug])
    assert out.splitlines() == [
        *(
            f"Writing {name.replace('_', ' ')} … {1 if name in ('sections', 'articles') else 'none'}"
            for name in nouns()
        ),
        "Copying pictures … none",
        "Left out 1 pick of stories that are no part of this dump.",
        f"{tmp_path / 'dump'} now has 2 objects in 2 files, and 0 pictures.",
    ]
    assert err == ""
    assert said(tmp_path / "dump", verbosity=0) == ("", "")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"since": "yesterday"}, "--since: “yesterday” is no day. Write it like 2018-09-25."),
        (
            {"since": "9999-01-01"},
            "--since 9999-01-01: This is in the year 9999; it must lie between 1900 and 2200.",
        ),
        ({"tag": ["harbour"]}, "There is no tag “harbour”. Did you mean “harbor”? Nothing was written."),
        ({"section": ["harbor"]}, "There is no section “harbor”. Nothing was written."),
    ],
)
def test_an_option_that_makes_no_sense_is_refused_before_anything_is_written(tmp_path, options, message):
    make_tag(slug="harbor")
    with pytest.raises(CommandError) as refused:
        dump(tmp_path / "dump", **options)
    assert str(refused.value).startswith(message)
    assert not (tmp_path / "dump").exists()


@pytest.mark.parametrize(
    ("fault", "raised", "message", "returncode"),
    [
        (RuntimeError("out of paper"), RuntimeError, "out of paper", None),
        (
            KeyboardInterrupt(),
            CommandError,
            "Stopped. No dump was made; one that was there before is as it was.",
            130,
        ),
        (
            OperationalError("no such\ntable"),
            CommandError,
            "no such table. No dump was made; one that was there before is as it was.",
            1,
        ),
    ],
)
def test_after_a_fault_the_older_dump_is_complete(tmp_path, monkeypatch, fault, raised, message, returncode):
    make_one_of_each()
    before = dump(tmp_path)
    make_one_of_each()

    def fail(entry):
        if entry["model"] == "articles.quote":
            raise fault
        return "  {}"

    monkeypatch.setattr("articles.management.commands.dumpnews.text_of", fail)
    with pytest.raises(raised) as stopped:
        dump(tmp_path)
    assert str(stopped.value) == message
    assert getattr(stopped.value, "returncode", None) == returncode
    assert files_in(tmp_path) == before


@pytest.mark.parametrize("options", [{}, {"public": True}, {"since": "2000-01-01"}])
def test_the_number_of_queries_does_not_grow_with_the_rows(tmp_path, options):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            dump(tmp_path / "dump", **options)
        return len(queries)

    make_one_of_each()
    cost()  # from now on there are pictures of an older dump to look at
    before = cost()
    for _ in range(4):
        make_one_of_each()
    assert cost() == before
    assert before < 80


def test_memory_does_not_grow_with_the_number_of_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "CHUNK", 10)
    body, peaks = f"<p>{'word ' * 10_000}</p>", []
    for number in (20, 200):
        while Article.objects.count() < number:
            make_published(body=body, section=None)
        tracemalloc.start()
        call_command("dumpnews", tmp_path, verbosity=0)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0]


def test_it_all_is_read_in_one_moment_and_changes_nothing(tmp_path, monkeypatch):
    make_one_of_each()
    Edition.objects.create(number=7)
    moments = []

    def one_moment(connection):
        moments.append(connection)
        return snapshot.one_moment(connection)

    monkeypatch.setattr("articles.management.commands.dumpnews.one_moment", one_moment)
    with CaptureQueriesContext(connection) as queries:
        dump(tmp_path / "dump")
    assert moments == [connection]
    assert {query["sql"].split()[0] for query in queries} <= {"SELECT", "DECLARE", "FETCH", "CLOSE"}
    assert Edition.objects.get().number == 7
    assert Image.objects.count() == 2
