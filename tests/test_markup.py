"""Quote marks and pictures in the text of a story: what is one, what is none, and that nothing else is taken for one."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.fields import clean_html
from articles.markup import (
    LONGEST_SLUG,
    MARK,
    PICTURE,
    keep_what_means_something,
    slug_in,
    without_marks,
    without_pictures,
    words_of,
)
from articles.models import Image, Quote
from tests.test_cleaning import MARKUP, Reader

patiently = settings(max_examples=300)
SLUGS = st.sampled_from(["a", "b-2", "ü_ñ", "东京"])
WORDS = st.text("ab <&\"'>“”\u0301", min_size=1, max_size=6).map(lambda words: clean_html(f"x{words}"))


@st.composite
def paragraphs(draw):
    """A text as the editor writes it: paragraphs of marked and other words, pictures between them."""
    parts = []
    for _ in range(draw(st.integers(1, 5))):
        if draw(st.booleans()):
            parts.append(f'<figure data-image="{draw(SLUGS)}"></figure>')
        words = draw(st.lists(st.tuples(WORDS, st.none() | SLUGS), min_size=1, max_size=3))
        inside = "".join(f'<span data-quote="{slug}">{text}</span>' if slug else text for text, slug in words)
        parts.append(f"<p>{inside}</p>")
    return clean_html("".join(parts))


class TestMarks:
    @pytest.mark.parametrize(
        "mark",
        [
            '<p>He said <span data-quote="a">“we <em>did</em>”</span>.</p>',
            '<p><span data-quote="a">one</span><span data-quote="a">two</span></p>',
            '<h2><span data-quote="ü-1_2">words</span></h2>',
            '<ul><li><span data-quote="a">one<br>two</span></li></ul>',
            '<blockquote><p><strong><span data-quote="a">words</span></strong></p></blockquote>',
            '<p><span data-quote="a">see <a href="/x/">there</a></span></p>',
            '<span data-quote="a">words</span>',
        ],
    )
    def test_stays_as_it_is(self, mark):
        assert clean_html(mark) == mark

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("<p><span>words</span></p>", "<p>words</p>"),
            ('<p><span class="x" style="color:red">words</span></p>', "<p>words</p>"),
            ('<p><span data-quote="">words</span></p>', "<p>words</p>"),
            ('<p><span data-quote="two words">words</span></p>', "<p>words</p>"),
            ('<p><span data-quote="a&quot;onclick=strike()">words</span></p>', "<p>words</p>"),
            (f'<p><span data-quote="{"x" * (LONGEST_SLUG + 1)}">words</span></p>', "<p>words</p>"),
            ('<p>a<span data-quote="a"> </span>b</p>', "<p>a b</p>"),
            ('<p>a<span data-quote="a"><br></span>b</p>', "<p>a<br>b</p>"),
            ('<span data-quote="a"><p>words</p></span>', "<p>words</p>"),
            ('<span data-quote="a">one<hr>two</span>', "one<hr>two"),
            ('<p><a href="/x/"><span data-quote="a">words</span></a></p>', '<p><a href="/x/">words</a></p>'),
            ('<p><a href="/x/"><em><span data-quote="a">x</span></em></a></p>', '<p><a href="/x/"><em>x</em></a></p>'),
            ('<p><span data-image="a">words</span></p>', "<p>words</p>"),
        ],
    )  # fmt: skip
    def test_of_what_is_none_the_words_stay(self, typed, kept):
        assert clean_html(typed) == kept

    def test_of_marks_in_each_other_the_innermost_stays(self):
        marks = '<p><span data-quote="a">one <span data-quote="b">two</span></span></p>'
        assert clean_html(marks) == '<p>one <span data-quote="b">two</span></p>'
        across = '<span data-quote="a"><p><span data-quote="b">two</span></p></span>'
        assert clean_html(across) == '<p><span data-quote="b">two</span></p>'

    def test_a_slug_in_capitals_is_the_slug_of_the_record(self):
        assert clean_html('<p><span data-quote=" DREW-Look ">x</span></p>') == '<p><span data-quote="drew-look">x</span></p>'  # fmt: skip

    def test_nothing_else_comes_along(self):
        mark = '<p><span data-quote="a" id="x" class="y" onclick="strike()" data-image="b">words</span></p>'
        assert clean_html(mark) == '<p><span data-quote="a">words</span></p>'


class TestPictures:
    def test_stay_between_paragraphs(self):
        text = '<figure data-image="a"></figure><p>x</p><figure data-image="b"></figure><figure data-image="a"></figure>'
        assert clean_html(text) == text

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("<figure></figure><p>x</p>", "<p>x</p>"),
            ('<figure data-image="a b"></figure><p>x</p>', "<p>x</p>"),
            ('<figure data-image="a">words</figure>', "words"),
            ('<figure data-image="a"><img src="x.png"><figcaption>A caption</figcaption></figure>', "A caption"),
            ('<figure data-image="a"><p>The rest of the story', "<p>The rest of the story</p>"),
            ('<figure data-image="a"><figure data-image="b"></figure></figure><p>x</p>', "<p>x</p>"),
            ('<ul><li>x<figure data-image="a"></figure></li></ul>', "<ul><li>x</li></ul>"),
            ('<blockquote><figure data-image="a"></figure><p>x</p></blockquote>', "<blockquote><p>x</p></blockquote>"),
            ('<em>x<figure data-image="a"></figure></em>', "<em>x</em>"),
            ('<figure data-quote="a"></figure><p>x</p>', "<p>x</p>"),
        ],
    )  # fmt: skip
    def test_of_what_is_none_the_words_stay(self, typed, kept):
        assert clean_html(typed) == kept

    def test_a_picture_that_cuts_a_paragraph_in_two_stands_behind_the_first_half(self):
        cleaned = clean_html('<p>one<figure data-image="a"></figure></p>')
        assert cleaned.startswith('<p>one</p><figure data-image="a"></figure>')


class TestSlugs:
    def test_are_as_long_as_those_of_records(self):
        for model in (Quote, Image):
            assert model._meta.get_field("slug").max_length == LONGEST_SLUG

    @patiently
    @given(st.text(max_size=5) | st.text("aÄß_-٣ſ", max_size=5))
    def test_are_read_as_a_record_keeps_them(self, typed):
        field = Quote._meta.get_field("slug")
        slug = slug_in(typed)
        if slug is not None:
            assert slug == field.clean_value(typed)
            assert slug_in(slug) == slug
            field.run_validators(slug)


class TestLaws:
    @patiently
    @given(MARKUP)
    def test_every_span_and_figure_that_stays_is_a_mark_or_a_picture(self, markup):
        cleaned = clean_html(markup)
        tags = [tag for tag, _ in Reader(cleaned).tags]
        assert tags.count("span") == len(MARK.findall(cleaned))
        assert tags.count("figure") == len(PICTURE.findall(cleaned))
        assert keep_what_means_something(cleaned) == cleaned

    @patiently
    @given(paragraphs())
    def test_what_the_editor_writes_stays_as_it_is(self, body):
        assert clean_html(body) == body

    @patiently
    @given(MARKUP)
    def test_no_words_are_lost_with_a_mark_or_a_picture(self, markup):
        cleaned = clean_html(markup)
        assert words_of(without_pictures(without_marks(cleaned, but=set()), but=set())) == words_of(cleaned)

    @patiently
    @given(paragraphs(), st.sets(SLUGS))
    def test_only_the_named_marks_and_pictures_are_left(self, body, slugs):
        left = without_pictures(without_marks(body, but=slugs), but=slugs)
        assert (
            set(re.findall(r'data-\w+="(.*?)"', left)) == set(re.findall(r'data-\w+="(.*?)"', body)) & slugs
        )
