import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.editorial.revisions.comparing import IN, OUT, compare, compare_words
from articles.editorial.revisions.fragment import Fragment, fragment_of
from articles.models import Article, Quote
from tests.drawn_values import TEXTS
from tests.make import make_article, make_author, make_byline, make_quote, make_section, make_source, make_tag

LONG = st.lists(TEXTS, max_size=6).map("\n".join)


@given(LONG, LONG)
def test_what_stayed_or_went_out_stood_in_the_old_text_and_what_stayed_or_came_in_stands_in_the_new(old, new):
    lines = compare_words(old, new)
    for whole, other in ((old, IN), (new, OUT)):
        for line in lines:
            assert "".join(piece.words for piece in line.pieces if piece.fate != other) in whole
    assert bool(lines) == (old != new)


@given(LONG)
def test_a_text_and_itself_do_not_differ(text):
    assert compare_words(text, text) == []


def test_one_word_in_a_long_line_is_marked_alone():
    [line] = compare_words("They had to look at us.", "They had to listen at us.")
    assert [(piece.fate, piece.words) for piece in line.pieces] == [
        ("same", "They had to "),
        ("out", "look "),
        ("in", "listen "),
        ("same", "at us."),
    ]


def test_lines_that_stayed_are_counted_and_left_out():
    [line] = compare_words("a\nb\nc", "a\nb\nd")
    assert line.skipped == 2


def test_scripts_without_spaces_are_compared_letter_by_letter():
    [line] = compare_words("新聞社の記者", "新聞社の編集者")
    assert [(piece.fate, piece.words) for piece in line.pieces] == [
        ("same", "新聞社の"),
        ("out", "記"),
        ("in", "編集"),
        ("same", "者"),
    ]


def test_a_very_long_paragraph_is_shown_old_and_new_rather_than_compared_for_minutes():
    old, new = "word " * 100_000, "other " * 100_000
    [line] = compare_words(old, new)
    assert [(piece.fate, piece.words) for piece in line.pieces] == [("out", old), ("in", new)]


@pytest.mark.django_db
class TestStories:
    def test_fields_are_named_and_read_as_people_read_them(self):
        section = make_section("Technology")
        article = make_article(section=section, body="<p>One &amp; <em>two</em>.</p>")
        was = fragment_of(article)
        Article.objects.filter(pk=article.pk).update(
            body="<p>One &amp; <strong>three</strong>.</p>", section=None, kind="analysis"
        )
        changes = {
            change.label: (change.was, change.now) for change in compare(was, fragment_of(article)).fields
        }
        assert changes == {
            "body": ("One & two.", "One & three."),
            "section": ("Technology", ""),
            "kind": ("news", "analysis"),
        }

    def test_no_markup_is_ever_among_the_words(self):
        article = make_article(body="<p>One</p><p><a href='https://paper.example/'>two</a></p>")
        was = fragment_of(article)
        Article.objects.filter(pk=article.pk).update(body="<h2>One</h2><p>three</p>")
        [change] = compare(was, fragment_of(article)).fields
        assert not any("<" in piece.words for line in change.paragraphs for piece in line.pieces)

    def test_a_change_of_links_alone_says_so(self):
        article = make_article(body="<p>One</p>")
        was = fragment_of(article)
        Article.objects.filter(pk=article.pk).update(body="<p><a href='https://paper.example/'>One</a></p>")
        [change] = compare(was, fragment_of(article)).fields
        assert change.formatting_only

    def test_rows_are_added_removed_and_changed_by_what_they_are_called(self):
        tag, author = make_tag("floods"), make_author("Ida Wells")
        article = make_article(tags=[tag])
        kept = make_quote(article, make_source("Jelani Drew"), text="They had to look", said_on="2018-09-25")
        was = fragment_of(article)
        article.tags.clear()
        make_byline(article, author)
        kept.text = "They had to listen"
        kept.save()
        comparison = compare(was, fragment_of(article))
        assert [(row.fate, row.noun, row.title) for row in comparison.rows] == [
            ("added", "bylines", "Ida Wells"),
            ("removed", "tags", "floods"),
            ("changed", "quotes", "“They had to listen” – Jelani Drew"),
        ]
        assert [change.label for change in comparison.rows[2].changes] == ["text"]
        assert comparison.summary() == "Bylines: 1 added; tags: 1 removed; quotes: 1 changed"

    def test_rows_that_close_up_behind_one_that_went_are_not_changed_but_those_that_were_moved_are(self):
        article = make_article()
        first, second, third = (make_quote(article, text=text) for text in ("One", "Two", "Three"))
        was = fragment_of(article)
        first.delete()
        for position, quote in enumerate([second, third], start=1):
            Quote.objects.filter(pk=quote.pk).update(position=position)
        now = fragment_of(article)
        assert compare(was, now).summary() == "Quotes: 1 removed"
        assert compare(now, was).summary() == "Quotes: 1 added"
        Quote.objects.filter(pk=second.pk).update(position=3)
        assert compare(now, fragment_of(article)).summary() == "Quotes: 1 changed"
        assert compare(was, fragment_of(article)).summary() == "Quotes: 1 removed, 2 changed"

    def test_of_a_quote_that_came_or_went_every_word_is_shown(self):
        article, words = make_article(), "They had to look. " * 20
        was = fragment_of(article)
        make_quote(article, make_source("Jelani Drew"), text=words)
        now = fragment_of(article)
        for comparison in (compare(was, now), compare(now, was)):
            assert comparison.rows[0].title == f"“{words.strip()}” – Jelani Drew"

    def test_what_is_gone_is_called_by_its_key(self):
        source = make_source("Ada", slug="ada-ferry")
        article = make_article()
        quote = make_quote(article, source)
        was = fragment_of(article)
        quote.delete()
        source.delete()
        [row] = compare(was, fragment_of(article)).rows
        assert row.title.endswith("ada-ferry")

    def test_a_fragment_without_its_numbers_is_compared_too(self):
        article = make_article()
        make_quote(article, make_source("Ada"))
        fragment = fragment_of(article)
        assert not compare(Fragment(fragment.entries), fragment)
