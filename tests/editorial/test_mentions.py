import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from articles.editorial.mentions import MOST_LOOKED_UP, beginnings, could_be_names, known_names, mentions_of
from tests.drawn_values import TEXTS
from tests.hostile_markup import HOSTILE
from tests.make import make_alias, make_source

pytestmark = pytest.mark.django_db


def named_in(text):
    return [mention.name for mention in mentions_of(known_names(text), text)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ada Byron", "Then Ada Byron spoke."),
        ("Ada Byron", "Ada Byron’s engine"),
        ("Ada Byron", "“Ada\u00a0Byron,” they said"),
        ("Seán O’Neill", "as Seán O'Neill said"),
        ("Seán O'Neill", "as Seán O’Neill said"),
        ("Customs and Border Protection", "U.S. Customs and Border Protection (CBP)"),
        ("U.S. Customs", "the U.S. Customs, they say"),
        ("Refugee and Immigrant Center for Education and Legal Services",
         "The Refugee and Immigrant Center for Education and Legal Services, as it is called"),
        ("CBP", "with CBP."),
        ("Presente.org", "Mijente, Presente.org and others"),
        ("theonlinetech.org", "as theonlinetech.org reports"),
        ("eBay", "sold on eBay today"),
        ("@ada", "wrote @ada there"),
        ("Tesla Inc.", "Tesla Inc. said"),
        ("AT&T", "At AT&T they know"),
        ("20th Century Fox", "by 20th Century Fox in May"),
        ("Jean-Luc Picard", "Captain Jean-Luc Picard left"),
        ("Google", "At Google, nobody knows"),
        ("Google", "Google-owned YouTube"),
        ("Google", "Employees of Google left"),
        ("Google", "Google Tuesday announced it"),
        ("Greer", "Mr Greer and Ms. Greer"),
        ("Ελένη Παπαδάκη", "είπε η Ελένη Παπαδάκη χθες"),
        ("Граница", "сказала Граница вчера"),
        ("李明國", "記者李明國說"),
        ("김철수", "기자 김철수는 말했다"),
        ("سلمى حايك", "قالت سلمى حايك أمس"),
        ("राम कुमार", "यह राम कुमार ने कहा"),
        ("สมชาย", "วันนี้สมชายพูดว่า"),
        ("ნინო", "თქვა ნინო გუშინ"),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_stands_in_the_text(name, text):
    make_source(name)
    assert named_in(text)[0] == name.replace("’", "'")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Box", "a box of things, and a Boxer"),
        ("Ice", "with ICE and ice"),
        ("Google", "on Google Cloud Platform"),
        ("Box", "at Fort Box they say"),
        ("America", "the Bank of America said"),
        ("Ada Byron", "Ada said. Byron left"),
        ("Ada Byron", "Ada, Byron and others"),
        ("Ada Byron", "Ada\nByron"),
        ("राम", "आराम से"),
        ("राम", "रामा ने कहा"),
    ],
)
def test_words_that_only_look_like_the_name_are_not_found(name, text):
    make_source(name)
    assert named_in(text) == []


def test_of_names_within_names_the_longest_is_found():
    for name in ("Carnegie Mellon", "Carnegie Mellon University", "Mellon"):
        make_source(name)
    assert named_in("He left Carnegie Mellon University for Carnegie Mellon.") == [
        "Carnegie Mellon University",
        "Carnegie Mellon",
    ]


def test_an_alias_leads_to_its_source_and_a_shared_name_to_each():
    border, paper = make_source("Border Police"), make_source("CBP")
    make_alias(border, "CBP")
    [mention] = mentions_of(known_names("with CBP"), "with CBP")
    assert set(mention.sources) == {border, paper}


def test_two_queries_find_the_names_of_a_text_whatever_its_script_and_length():
    make_source("Ada Byron")
    for text in ("Ada Byron", "Ada Byron, 李明國 and Ελένη. " * 2_000):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert "Ada Byron" in known_names(text)
        assert len(queries) == 2


def test_sources_that_the_text_cannot_name_are_not_read(django_assert_num_queries):
    for name in ("Ada Byron", "Ada Lovelace", "李明國", "李大", "李明"):
        make_source(name)
    assert set(known_names("Ada Byron")) == {"Ada Byron"}
    assert set(known_names("李明國")) == {"李明國", "李明"}
    with django_assert_num_queries(0):
        assert known_names("nothing here is a name") == {}


@pytest.mark.parametrize("piece", ["Ab{} Cd. ", "Ab{} ", "漢{}字", "ا{} "])
def test_no_text_makes_the_question_endless(piece):
    text = "".join(map(piece.format, range(20_000)))
    assert len(could_be_names(text)) < MOST_LOOKED_UP + 50
    assert len(beginnings(text)) < MOST_LOOKED_UP + 50
    assert known_names(text) == {}


NAMES = st.lists(
    st.sampled_from(["Ada", "Byron", "Élise", "Ωmega", "X1", "Östlund"]), min_size=1, max_size=4
).map(" ".join)


@given(
    NAMES,
    st.sampled_from(["", "then ", "“", "(", "yes, "]),
    st.sampled_from(["", " spoke", ",", "’s", "”", ". So"]),
)
def test_a_name_of_any_number_of_words_is_found_between_words_of_none(name, before, after):
    source = make_source(name)
    found = mentions_of(known_names(before + name + after), before + name + after)
    assert [mention.name for mention in found] == [name]
    assert source in found[0].sources


@given(st.lists(TEXTS | st.sampled_from(HOSTILE), max_size=4).map("".join))
def test_any_text_can_be_looked_through(text):
    for mention in mentions_of(known_names(text), text):
        assert mention.name
