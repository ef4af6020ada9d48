"""What the cleaning of `articles/fields.py` promises for any text and any markup."""

import html
import unicodedata
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import fields
from articles.fields import ALLOWED_TAGS, clean_html, clean_line, clean_text
from articles.markup import words_of
from articles.models import Quote
from tests.hostile_markup import HOSTILE, LEADS_ASTRAY, LOADS, RUNS

# Pieces that make parsers disagree, put together at random.
PIECES = st.sampled_from([
    *HOSTILE, "<p>", "</p>", "<a href='https://a.example/'>", "</a>", "<em>", "</em>", "<ul><li>", "</ul>", "<table>",
    "<td>", "</table>", "<svg>", "<math><mtext>", "<style>", "</style>", "<template>", "<select>", "<b id=1>", "<!--", "-->",
    '<span data-quote="a-b">', "<span data-quote=A_ü>", '<span data-quote="a b">', "<span>", "</span>", "<br>",
    '<figure data-image="c">', "<figure data-image=c></figure>", "<figure>", "</figure>",
    "]]>", "<", ">", "&", "&amp;", "&lt", "&#x338;", "\u0338", "&#1;", "&#0;", "\0", "\r", "&#13;", '"', "'", "=", "\ud800",
])  # fmt: skip
patiently = settings(max_examples=300, deadline=None)
MARKUP = st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join)


class Reader(HTMLParser):
    """Reads markup as a list of start tags, a list of anything but tags and text, and the text."""

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.tags, self.oddities, self.text = [], [], ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        self.oddities.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def is_unfit(character):
    """Whether XML 1.0 forbids or discourages it, in the words of the standard."""
    code = ord(character)
    allowed = code in (0x9, 0xA) or 0x20 <= code <= 0x7E or code == 0x85 or 0xA0 <= code <= 0x10FFFF
    return not allowed or 0xD800 <= code <= 0xDFFF or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def assert_harmless(markup):
    read = Reader(markup)
    assert read.oddities == []
    for tag, attributes in read.tags:
        assert tag in ALLOWED_TAGS
        if tag == "a" and attributes:
            address = attributes.pop("href")
            assert not set(address) & set("\t\n\r")
            assert address.startswith(("#", "/")) or address.lower().startswith(
                ("http://", "https://", "mailto:")
            )
            assert address[:2] not in {"//", "/\\"}
        if name := {"span": "data-quote", "figure": "data-image"}.get(tag):
            slug = attributes.pop(name)
            assert Quote._meta.get_field("slug").clean_value(slug) == slug
            Quote._meta.get_field("slug").run_validators(slug)
        assert attributes == {}
    assert not any(map(is_unfit, markup))


class TestText:
    @patiently
    @given(st.text())
    def test_is_composed_fit_for_xml_and_clean_once_cleaned(self, text):
        cleaned = clean_text(text)
        assert unicodedata.is_normalized("NFC", cleaned)
        assert clean_text(cleaned) == cleaned
        assert not any(map(is_unfit, cleaned))
        assert (ElementTree.fromstring(f"<t>{html.escape(cleaned)}</t>").text or "") == cleaned  # noqa: S314

    @patiently
    @given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"])))
    def test_loses_nothing_that_can_be_read(self, text):
        assert clean_text(text) == unicodedata.normalize("NFC", text)

    def test_every_character_of_unicode_is_kept_or_dropped_as_xml_wants_it(self):
        kept = {chr(code) for code in range(0x110000) if fields.drop_unfit(chr(code))}
        assert kept == {chr(code) for code in range(0x110000) if not is_unfit(chr(code))} | {"\r"}

    @patiently
    @given(st.text())
    def test_a_line_is_one_line_without_space_around(self, text):
        line = clean_line(text)
        assert len(line.splitlines()) <= 1
        assert line == line.strip()
        assert clean_line(line) == line
        assert line.split() == clean_text(text).split()

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("a\r\nb\rc", "a\nb\nc"),
            ("e\u0301", "\u00e9"),
            ("a\0b\x1bc\x9d", "abc"),
            ("a\tb", "a\tb"),
            ("\ufffe", ""),
        ],
    )
    def test_as_typed_and_as_kept(self, typed, kept):
        assert clean_text(typed) == kept

    def test_what_counts_as_a_mark_is_all_that_comes_apart_into_marks(self):
        marks = {
            chr(c) for c in range(0x110000) if unicodedata.combining(unicodedata.normalize("NFD", chr(c))[0])
        }
        assert set(fields.MARKS) == marks

    @pytest.mark.parametrize(
        "marks", ["\u0316\u0301", "\u0301", "\u0344", "\u0f73", "\u0f81\u0f71", "\U0001d165"], ids=ascii
    )
    def test_a_letter_keeps_thirty_marks(self, marks):
        cleaned = clean_text(f"q{marks * 5000}b")
        assert (cleaned[0], cleaned[-1], len(cleaned)) == ("q", "b", 32)
        assert clean_text(cleaned) == cleaned
        assert clean_text(f"q{marks * 7}b") == unicodedata.normalize("NFC", f"q{marks * 7}b")

    @patiently
    @given(
        st.lists(st.sampled_from(["a", "\u1100", "\u1161", ">", "\0", *fields.MARKS]), max_size=200).map(
            "".join
        )
    )
    def test_however_many_marks_it_is_composed_and_clean_once_cleaned(self, text):
        cleaned = clean_text(text)
        assert unicodedata.is_normalized("NFC", cleaned)
        assert clean_text(cleaned) == cleaned
        assert clean_html(clean_html(text)) == clean_html(text)


class TestHtml:
    @patiently
    @given(MARKUP)
    def test_whatever_comes_in_is_harmless_and_clean_once_cleaned(self, markup):
        cleaned = clean_html(markup)
        assert_harmless(cleaned)
        assert clean_html(cleaned) == cleaned
        assert fields.CLEANER.clean(cleaned) == cleaned

    @patiently
    @given(st.text())
    def test_any_text_at_all_is_harmless_and_clean_once_cleaned(self, text):
        cleaned = clean_html(text)
        assert_harmless(cleaned)
        assert clean_html(cleaned) == cleaned

    @pytest.mark.parametrize("markup", HOSTILE, ids=ascii)
    def test_hostile_markup_is_harmless_wherever_it_stands(self, markup):
        for around in (
            "{}",
            "<p>{}</p>",
            "<ul><li>{}",
            "<p title='{}'>text</p>",
            '<a href="{}">text</a>',
            "<!--{}",
            "<svg>{}",
        ):
            assert_harmless(clean_html(around.replace("{}", markup)))

    @pytest.mark.parametrize("markup", [*RUNS, *LOADS, *LEADS_ASTRAY], ids=ascii)
    def test_the_story_around_hostile_markup_stays(self, markup):
        assert clean_html(f"<p>Before.</p>{markup}").startswith("<p>Before.</p>")

    @patiently
    @given(st.lists(st.text(min_size=1), min_size=1, max_size=4))
    def test_the_text_of_paragraphs_is_kept(self, texts):
        texts = [f"{text}." for text in texts]
        read = Reader(clean_html("".join(f"<p>{html.escape(text)}</p>" for text in texts)))
        assert [tag for tag, _ in read.tags] == ["p"] * len(texts)
        assert unicodedata.normalize("NFC", read.text) == "".join(map(clean_text, texts))

    def test_what_the_editor_offers_is_kept_as_it_is(self):
        story = (
            "<h2>Head</h2><h3>Lower</h3><p>One <strong>two</strong> <em>three</em> H<sub>2</sub>O x<sup>2</sup><br>"
            '<a href="https://a.example/?a=1&amp;b=2#c">link</a></p><ul><li><p>item</p></li></ul>'
            "<ol><li><p>item</p></li></ol><blockquote><p>words</p></blockquote><hr>"
            '<figure data-image="cage"></figure><p>end, <span data-quote="drew-look">they <em>said</em></span></p>'
        )
        assert clean_html(story) == story

    @pytest.mark.parametrize(
        ("address", "kept"),
        [
            ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
            ("HTTP://a.example", "HTTP://a.example"),
            (" https://a.example/\n", "https://a.example/"),
            ("https://a.exam\nple/", "https://a.example/"),
            ("mailto:desk@a.example", "mailto:desk@a.example"),
            ("/stories/x/", "/stories/x/"),
            ("/", "/"),
            ("#part", "#part"),
            ("stories/x", None),
            ("", None),
        ],
    )
    def test_links_are_kept_as_a_browser_reads_them(self, address, kept):
        [(_, attributes)] = Reader(clean_html(f'<a href="{address}">text</a>')).tags
        assert attributes.get("href") == kept

    @pytest.mark.parametrize(
        "nothing",
        ["", " \n", "<p></p>", "<p> </p>", "<p>&nbsp;</p>", "<p><br></p>", "<h2><em></em></h2>", "<ul><li><p></p></li></ul>",
         "<script>x</script>", "<!-- x -->", "<img src=x>", "\0", "<p>&#1;</p>"],
    )  # fmt: skip
    def test_markup_without_words_is_empty(self, nothing):
        assert clean_html(nothing) == ""

    @pytest.mark.parametrize("something", ["<hr>", '<figure data-image="cage"></figure>'])
    def test_a_rule_or_a_picture_alone_is_something(self, something):
        assert clean_html(something) == something

    @pytest.mark.parametrize("stroke", ["\u0338", "&#x338;", "\u0301\u0338"])
    def test_a_combining_stroke_behind_a_tag_does_not_swallow_it(self, stroke):
        assert clean_html(f"<p>{stroke}Words <em>{stroke}stay</em>.</p>").count("<") == 4

    def test_odd_markup_is_no_error(self):
        assert clean_html("<" * 5000 + " x") == "&lt;" * 5000 + " x"
        assert clean_html("<a<" * 5000) == ""

    def test_marks_written_as_references_are_cut_as_well(self):
        assert clean_html(f"<p>a{'&#x316;' * 5000}b</p>") == f"<p>a{chr(0x316) * 30}b</p>"

    @pytest.mark.parametrize(
        "endless",
        ["<p><blockquote>" * 20_000, "<ul><li>" * 20_000, "<em><!--</em>-->" * 20_000],
        ids=lambda m: m[:15],
    )
    def test_endless_nesting_is_refused_before_it_is_parsed(self, endless, monkeypatch):
        monkeypatch.setattr(fields, "CLEANER", None)
        with pytest.raises(ValidationError, match="too many tags stand inside each other"):
            clean_html(endless)

    def test_what_unfolds_into_endless_nesting_is_refused_as_well(self, monkeypatch):
        class Unfolds:
            def clean(self, text):
                return "<em>" * 200 + text

        monkeypatch.setattr(fields, "CLEANER", Unfolds())
        with pytest.raises(ValidationError, match="too many tags stand inside each other"):
            clean_html("x")

    def test_a_text_is_as_long_as_a_book_at_most(self):
        longest = "x" * 1_000_000
        assert clean_html(longest) == longest
        for text in (f"{longest}x", "<" * 300_000):
            with pytest.raises(
                ValidationError, match=r"^\['The text has 1,[02]00,00[01] characters, .* Split the story"
            ):
                clean_html(text)

    def test_markup_that_never_settles_is_kept_as_plain_text(self, monkeypatch):
        class Restless:
            def clean(self, text):
                return f"<em>{text}</em>"

        monkeypatch.setattr(fields, "CLEANER", Restless())
        assert clean_html("<p>a &lt; b</p>") == "a &lt; b"

    @patiently
    @given(MARKUP)
    def test_the_words_of_a_story_are_what_a_browser_would_show(self, markup):
        cleaned = clean_html(markup)
        assert words_of(cleaned) == Reader(cleaned).text
