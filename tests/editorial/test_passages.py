import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.editorial.passages import Passage, in_marks, passages_in
from tests.drawn_values import TEXTS
from tests.hostile_markup import HOSTILE

HOUSES = ["“”", '""', "„“", "„”", "«»", "»«", "””", "»»", "‘’", "‚‘", "‹›", "「」", "『』", "〝〟", "＂＂"]
MARKS = "“”\"„‟«»‘’'‚‹›「」『』〝〞〟″＂＇"


def words_of(text):
    return [passage.words for passage in in_marks(text)]


def quotations_in(text):
    return [passage.words for passage in in_marks(text) if passage.is_quotation]


@pytest.mark.parametrize("marks", HOUSES)
def test_words_in_the_marks_of_any_house_are_found(marks):
    text = f"He said {marks[0]}it is not over yet,{marks[1]} and went. {marks[0]}We shall see.{marks[1]}"
    assert words_of(text) == ["it is not over yet,", "We shall see."]


@given(
    st.sampled_from(HOUSES),
    st.lists(st.sampled_from(["one", "don’t", "it's", "3.5", "so,", "no—yes"]), min_size=1),
)
def test_no_apostrophe_ends_a_quotation(marks, words):
    text = " ".join(words)
    assert words_of(f"She said {marks[0]}{text}{marks[1]} then.") == [text]


def test_french_marks_keep_their_distance():
    assert words_of("« Bonjour à tous », dit-il. Puis «\u202fau revoir\u202f».") == [
        "Bonjour à tous",
        "au revoir",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“He told me ‘no’ and left,” she said.",
        '"He told me "no" and left," she said.',
        "« Il a dit « non » hier », dit-elle.",
        "„Er hat ‚nein‘ gesagt“, sagte sie.",
        "‘He told me “no” and left,’ she said.",
    ],
)
def test_of_quotations_within_quotations_the_outer_one_is_found(text):
    assert len(words_of(text)) == 1


def test_a_quotation_goes_on_over_paragraphs_with_the_opening_mark_before_each():
    assert words_of("“One two three.\n“Four five six.\n“Seven eight.” So she said.\n“Another one.”") == [
        "One two three. Four five six. Seven eight.",
        "Another one.",
    ]
    assert words_of('"One two three.\n"Four five." So she said.') == ["One two three. Four five."]
    assert words_of("« Un deux.\n» Trois quatre. » Dit-il.") == ["Un deux. Trois quatre."]


def test_a_quotation_goes_on_over_paragraphs_without_marks_between():
    assert words_of("“One two three.\nFour five.\nSix.” So she said. “Another.”") == [
        "One two three. Four five. Six.",
        "Another.",
    ]


def test_what_is_never_closed_ends_with_its_block():
    assert words_of("He said “it never ends\nA new thought. “And a new one.”") == [
        "it never ends",
        "And a new one.",
    ]


def test_a_stray_mark_hides_no_quotation():
    assert words_of("“ He said “hello my friend” and left.") == ["hello my friend"]
    assert words_of('A 14" pipe, 6\'2" tall: "a real giant man".') == ["a real giant man"]
    assert words_of("The ‘90s were “a good time for all”.") == ["a good time for all"]
    assert words_of("Don't rock 'n' roll. “It is not done.”") == ["It is not done."]


def test_a_genitive_ends_no_quotation_in_single_marks():
    assert words_of("‘The dogs’ bowl is empty,’ he said. ‘So I see.’") == [
        "The dogs’ bowl is empty,",
        "So I see.",
    ]
    assert words_of("‘I saw the dogs’ he said.") == ["I saw the dogs"]
    assert words_of("'It is what it is,' he said of the dogs' bowl.") == ["It is what it is,"]


def test_the_second_mark_of_english_opens_in_swedish_only():
    assert words_of("”Det är så här”, sa hon.") == ["Det är så här"]
    assert words_of("She said” it. “So it was.” Then” she left.") == ["So it was."]


def test_half_a_pair_may_come_from_another_keyboard():
    assert words_of('He said “it is mixed up" and left.') == ["it is mixed up"]


@pytest.mark.parametrize(
    "text", ["the “experts” came", "the “so-called experts” came", 'a ‘no’, a "yes"', "「不」"]
)
def test_a_word_or_two_are_no_quotation(text):
    assert words_of(text)
    assert quotations_in(text) == []


@pytest.mark.parametrize(
    "title",
    ["Gone With the Wind", "A Room of One’s Own,", "Who Framed Roger Rabbit?", "2001: A Space Odyssey"],
)
def test_a_title_is_no_quotation(title):
    assert quotations_in(f"She read “{title}” again.") == []


@pytest.mark.parametrize(
    "words",
    [
        "We are the Best",
        "STOP THE WAR NOW",
        "Wir sind das Volk",
        "I am here now",
        "manage border activities",
        "我們很好謝謝大家",
    ],
)
def test_what_is_not_written_like_a_title_is_a_quotation(words):
    assert quotations_in(f"They wrote “{words}” there.") == [words]


def test_a_block_quote_is_one_passage_whatever_marks_it_holds():
    body = "<p>“It is one.”</p><blockquote><p>“Two &amp; more,” he said.</p><p>Three.</p></blockquote><p>“It is four.”</p>"
    assert [*passages_in(body)] == [
        Passage("It is one."),
        Passage("“Two & more,” he said. Three.", is_block=True),
        Passage("It is four."),
    ]


def test_tags_within_words_and_lines_of_the_source_change_nothing():
    assert [*passages_in("<p>He said “it <em>is</em>\n\nso<br>and\nnot</p><p>otherwise”.</p>")] == [
        Passage("it is so and not otherwise")
    ]


@given(st.lists(TEXTS | st.text(MARKS + " \nab.,", max_size=30) | st.sampled_from(HOSTILE)).map("".join))
def test_every_passage_stands_in_the_text_and_none_is_empty(text):
    plain = " ".join(text.translate(dict.fromkeys(map(ord, MARKS), " ")).split())
    for passage in in_marks(text):
        assert passage.words
        assert " ".join(passage.words.translate(dict.fromkeys(map(ord, MARKS), " ")).split()) in plain
    assert all(passage.words for passage in passages_in(text))


@given(st.text('“”"„« \n', max_size=60))
def test_a_reading_never_holds_more_open_than_it_may(text):
    in_marks(text * 50)
