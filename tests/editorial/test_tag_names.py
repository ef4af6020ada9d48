import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.editorial.tag_names import folded, who_is_called
from articles.models import Tag
from tests.make import make_tag, make_tag_synonym

ONE_NAME = ["Straße", "STRASSE", "strasse", "ＳＴＲＡＳＳＥ", "Stra\u00adße", " stra\u200bsse ", "STRAẞE"]


@pytest.mark.parametrize("spelling", ONE_NAME)
def test_spellings_of_one_name_are_one(spelling):
    assert folded(spelling) == "strasse"


@pytest.mark.parametrize(
    ("one", "other"),
    [("café", "cafe"), ("Côte", "Coté"), ("İ", "i"), ("ai", "a i"), ("и", "й"), ("は", "ば")],
)
def test_names_that_people_tell_apart_stay_apart(one, other):
    assert folded(one) != folded(other)


@given(st.text(max_size=40))
def test_folding_what_is_folded_changes_nothing(name):
    assert folded(folded(name)) == folded(name)


@given(st.text(max_size=40))
def test_neither_case_nor_form_makes_another_name(name):
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert folded(unicodedata.normalize(form, name)) == folded(name)
    assert folded(name.casefold()) == folded(name)


@pytest.mark.django_db
def test_a_name_another_tag_has_in_other_letters_is_refused_by_that_name():
    tag = make_tag("École")
    make_tag_synonym(tag, "Schule")
    assert who_is_called("ÉCOLE", apart_from=Tag()) == "There is this tag already: “École”."
    assert (
        who_is_called("ＳＣＨＵＬＥ", apart_from=Tag())
        == "“Schule” is another word for the tag “École” already."
    )
    assert who_is_called("Ecole", apart_from=Tag()) == ""


@pytest.mark.django_db
def test_a_tag_may_keep_its_own_names():
    tag = make_tag("École")
    make_tag_synonym(tag, "Schule")
    assert who_is_called("école", apart_from=tag) == who_is_called("SCHULE", apart_from=tag) == ""
