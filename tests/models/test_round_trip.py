"""Everything a newsroom keeps goes into a fixture and comes back, without a primary key."""

import datetime as dt
import io
import json
from contextlib import contextmanager
from itertools import count

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Article, Edition, Quote, Source, StatusChange, TaggedArticle
from tests.make import (
    make_affiliation,
    make_alias,
    make_article,
    make_audit_entry,
    make_author,
    make_byline,
    make_correction,
    make_former_slug,
    make_image,
    make_published,
    make_quote,
    make_reply_request,
    make_section,
    make_source,
    make_statement,
    make_status_change,
    make_tag,
    make_tag_synonym,
    make_user,
)
from tests.models.test_edition import make_edition

pytestmark = pytest.mark.django_db
MODELS = list(apps.get_app_config("articles").get_models())


def dumped(*labels):
    """The fixture as a list; picks have no order of their own, so the database may list them in any."""
    out = io.StringIO()
    call_command("dumpdata", *labels, natural_primary=True, natural_foreign=True, stdout=out)
    rows = json.loads(out.getvalue())
    for row in rows:
        if row["model"] == "articles.article":
            row["fields"]["picks"].sort()
    return rows


def load(rows, folder):
    fixture = folder / "newsroom.json"
    fixture.write_text(json.dumps(rows), encoding="utf-8")
    call_command("loaddata", fixture, verbosity=0)


def empty_the_database():
    """`flush`, with the triggers that keep history lifted on SQLite, where it deletes row by row."""
    connection.check_constraints()
    with triggers_lifted():
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    assert not any(model._default_manager.exists() for model in MODELS)


@contextmanager
def triggers_lifted():
    triggers = []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%append_only%'"
            )
            triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, sql in triggers:
            cursor.execute(sql)


def a_full_newsroom():
    """At least one of every noun, and whatever makes a fixture hard to load."""
    editor = make_user("editor")
    tags = [make_tag("Граница", slug="граница"), make_tag("trade", kind="topic"), make_tag("a, b & “c”")]
    make_tag_synonym(tags[0], "frontier")
    ana, zoe = make_author("Ana", user=editor), make_author("Zoe", kind="desk")
    agency = make_source("Agency", kind=Source.Kind.ORGANISATION)
    paper = make_source("Paper", kind=Source.Kind.PUBLICATION, website="https://paper.example/")
    speaker = make_source("Speaker")
    make_alias(agency, "AG")
    make_alias(paper, "AG")
    for title in ("director", "adviser"):
        make_affiliation(speaker, agency, title=title, started_on=dt.date(2018, 1, 1))
    make_affiliation(agency, paper, title="owner", known_on=dt.date(2018, 9, 25))
    letter = make_statement("Letter")
    section = make_section("Business")
    first = make_published(tags=tags, by=[zoe, ana], section=section, image=make_image(), created_by=editor)
    second = make_published(
        tags=tags[:2], by=[ana], section=section, body="<p>Words <em>kept</em>.</p>\n<p>€</p>"
    )
    draft = make_article(tags=tags[1:], embargo_until=first.published_at)
    first.picks.add(second, draft)
    second.picks.add(first)
    make_former_slug(first)
    make_byline(draft, zoe, role="additional reporting", position=5)
    words = make_quote(first, speaker, statement=letter, reported_by=paper, said_on=dt.date(2018, 9, 24))
    make_quote(second, speaker, statement=letter, link="https://paper.example/letter")
    make_quote(
        second,
        agency,
        terms=Quote.Terms.UNNAMED,
        attribution="an aide",
        unnamed_reason="Fears.",
        approved_by=editor,
    )
    make_correction(first, quote=words)
    make_correction(first, kind="retraction", made_at=first.published_at)
    for number in (1, 2):
        make_reply_request(first, agency, number=number, note="Did not answer.")
    make_status_change(first)
    gone = make_article("Gone")
    make_status_change(gone)
    gone.delete()
    make_audit_entry()
    make_edition()


def test_a_full_newsroom_comes_back_as_it_was(tmp_path):
    a_full_newsroom()
    before = dumped("auth.user", "articles")
    assert {row["model"] for row in before} == {"auth.user", *(model._meta.label_lower for model in MODELS)}
    assert not any("pk" in row for row in before)
    empty_the_database()
    load(before, tmp_path)
    assert dumped("auth.user", "articles") == before


def test_loading_the_newsroom_onto_itself_changes_nothing(tmp_path):
    a_full_newsroom()
    before, rows = dumped("auth.user", "articles"), list(StatusChange.objects.values())
    # A step whose story is gone says so in the fixture, and its row, which names the story's key, stays as it is.
    load([row for row in before if row["fields"].get("headline") != "Gone"], tmp_path)
    assert dumped("auth.user", "articles") == before
    assert list(StatusChange.objects.values()) == rows


def test_every_story_keeps_all_its_tags_and_no_other_storys(tmp_path):
    """django-taggit's own through-model keeps one tag for each story, without a word."""
    tags = [make_tag() for _ in range(5)]
    carried = {make_article(tags=tags[start:]).slug: {tag.slug for tag in tags[start:]} for start in range(5)}
    before = dumped("articles")
    empty_the_database()
    load(before, tmp_path)
    assert {
        article.slug: set(article.tags.values_list("slug", flat=True)) for article in Article.objects.all()
    } == carried
    assert TaggedArticle.objects.count() == 15


NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FEW = st.integers(0, 3)


@st.composite
def newsrooms(draw):
    """Makes a small newsroom: some of each, tied at random, under names in any script."""
    some = lambda rows: draw(st.lists(st.sampled_from(rows), unique=True, max_size=3)) if rows else []  # noqa: E731
    numbers = count()
    name = lambda: f"{draw(NAMES)} {next(numbers)}"  # noqa: E731

    def make():
        tags = [make_tag(name(), description=draw(NAMES)) for _ in range(draw(FEW))]
        authors = [make_author(name(), bio=draw(NAMES)) for _ in range(draw(FEW))]
        sources = [
            make_source(name(), kind=draw(st.sampled_from(Source.Kind.values))) for _ in range(1 + draw(FEW))
        ]
        for tag in some(tags):
            make_tag_synonym(tag, name())
        for source in some(sources[1:]):
            make_affiliation(source, sources[0], title=name())
        articles = [
            make_article(
                name(), tags=some(tags), by=some(authors), body=f"<p>{draw(NAMES)}</p>", deck=draw(NAMES)
            )
            for _ in range(draw(FEW))
        ]
        for article in articles:
            article.picks.set(some([other for other in articles if other != article]))
            for source in some(sources):
                make_quote(article, source, text=name(), occasion=draw(NAMES))

    return make


@settings(max_examples=40)
@given(st.data())
def test_any_newsroom_comes_back_as_it_was(tmp_path_factory, data):
    with transaction.atomic():
        data.draw(newsrooms())()
        before = dumped("articles")
        transaction.set_rollback(True)
    assert not Source.objects.exists()
    with transaction.atomic():
        load(before, tmp_path_factory.mktemp("any"))
        Edition.objects.all().delete()  # loading made a new one
        assert dumped("articles") == before
        transaction.set_rollback(True)


def test_an_account_is_named_not_numbered(tmp_path):
    make_article(created_by=make_user("ana"))
    [row] = dumped("articles.article")
    assert row["fields"]["created_by"] == ["ana"]
    User.objects.all().delete()
    make_user("somebody")
    ana = make_user("ana")
    load([row, *dumped("articles.section")][::-1], tmp_path)
    assert Article.objects.get().created_by == ana
