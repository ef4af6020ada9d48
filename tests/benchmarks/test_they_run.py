"""The measurements run, at a small size. Their figures are for people; only what must never happen is asserted."""

import json
import os
from dataclasses import replace

import pytest

from articles.models import Article
from tests.benchmarks import archive, corpus, desk_saves, loading, open_lists


def test_no_acknowledged_save_is_lost_when_three_editors_save_at_once():
    counts = desk_saves.run(editors=3, saves=9)
    assert counts["accepted"] >= 1
    assert counts["accepted"] + counts["asked"] == 9
    assert (counts["lost"], counts["typed and kept nowhere"]) == (0, 0)


@pytest.mark.django_db
def test_every_list_of_the_desk_is_opened_on_an_archive():
    told = []
    archive.fill(60, tell=told.append)
    assert told == ["60 stories"]
    assert set(Article.objects.values_list("status", flat=True)) == {*Article.Status.values}
    pages = list(open_lists.measure(times=2, people=["the-editor"]))
    assert {"dashboard", "calendar", "stories: a word", "quotes", "pick: choices"} <= {
        page.name for page in pages
    }
    assert all(page.queries > 1 for page in pages)
    assert len(list(open_lists.table(pages))) == len(pages) + 1


def test_django_and_the_newsroom_load_the_same_rows_and_loading_again_changes_none():
    counts, loads = loading.run(articles=30, database_url=os.environ.get("DATABASE_URL", ""))
    assert counts["articles"] == 30
    assert [load.name for load in loads] == [
        "stock loaddata",
        "loadnews",
        "loadnews, again",
        "loadnews, one file",
    ]
    assert all(load.rows["articles.article"][0] == 30 for load in loads)
    assert len(list(loading.table(loads))) == 5


def test_rows_that_differ_or_are_missing_stop_the_measurement():
    load = loading.Load(
        "loadnews", 1, 1.0, 1.0, 1.0, rows={label: [0, "0"] for label in corpus.NOUNS.values()}
    )
    one_tag = replace(load, rows={**load.rows, "articles.tag": [1, "a"]})
    another = replace(load, rows={**load.rows, "articles.tag": [1, "b"]})
    with pytest.raises(SystemExit, match=r"different rows: articles\.tag"):
        loading.same(one_tag, another)
    loading.check(one_tag, {"tags": 1})
    with pytest.raises(SystemExit, match="other numbers of rows"):
        loading.check(load, {"tags": 1})


def test_two_sizes_are_set_side_by_side():
    loads = loading.scale([3, 6], database_url=os.environ.get("DATABASE_URL", ""))
    assert [load.stories for load in loads] == [3, 6]
    assert len(list(loading.table_of_sizes(loads))) == 3


def test_a_poor_corpus_is_filled_up_under_names_of_their_own(tmp_path):
    story = {
        "id": "1", "title": "Talks fail!", "body": "One & two. Three.\n\nFour.", "section": "Work",
        "tags": ["Harbor", "harbor", "Har-bor"], "sources": ["Ana Ruiz"],
        "quotes": [{"source": "Ana Ruiz", "text": "Four."}],
        "published_at": "2018-09-25T09:00:00Z", "author": "Li Yu",
    }  # fmt: skip
    stories = [{**story, "tags": [*story["tags"], f"tag {number}"]} for number in range(40)]
    counts = corpus.write(stories, tmp_path / "newsroom")
    assert (counts["articles"], counts["quotes"], counts["tagged_articles"]) == (40, 160, 200)
    fixtures = {path.stem: json.loads(path.read_text()) for path in corpus.paths_in(tmp_path / "newsroom")}
    together = json.loads(corpus.one_file(tmp_path / "newsroom").read_text())
    assert together == [entry for entries in fixtures.values() for entry in entries]
    assert fixtures["articles"][1]["fields"]["slug"] == "talks-fail-2"
    assert fixtures["articles"][1]["fields"]["body"] == "<p>One &amp; two. Three.</p>\n<p>Four.</p>"
    for noun in ("articles", "tags", "quotes", "sources"):
        slugs = [entry["fields"]["slug"] for entry in fixtures[noun]]
        assert len(slugs) == len(set(slugs))
