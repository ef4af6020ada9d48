import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.editorial.illustrations import bring_in_line, missing_pictures, pictures_in
from articles.models import Image
from tests.make import make_article, make_illustration, make_image

pytestmark = pytest.mark.django_db

SLUGS = ["a", "b", "c", "nowhere"]


def text_with(*slugs):
    return "<p>Words.</p>" + "".join(f'<figure data-image="{slug}"></figure><p>More.</p>' for slug in slugs)


def shown(article):
    return sorted(article.illustrations.values_list("image__slug", flat=True))


def test_the_pictures_of_a_text_are_named_once_in_its_order():
    assert pictures_in(text_with("b", "a", "b")) == ["b", "a"]
    assert pictures_in('<p>&lt;figure data-image="a"&gt;&lt;/figure&gt;</p>') == []


def test_a_text_without_a_picture_misses_none(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert missing_pictures("<p>Words.</p>") == []


def test_a_picture_nobody_keeps_is_missing():
    make_image(slug="a")
    assert missing_pictures(text_with("nowhere", "a", "neither", "nowhere")) == ["nowhere", "neither"]


def test_a_picture_new_in_the_text_is_noted_and_one_taken_out_is_let_go():
    make_image(slug="a")
    article = make_article(body=text_with("a", "nowhere"))
    make_illustration(article, make_image(slug="b"))
    make_illustration(image=Image.objects.get(slug="b"))
    change = bring_in_line(article)
    assert (change.added, change.removed) == (("a",), ("b",))
    assert shown(article) == ["a"]
    assert Image.objects.get(slug="b").illustrations.count() == 1, "the one of the other story stays"


def test_where_all_is_in_line_nothing_changes(django_assert_num_queries):
    article = make_article(body=text_with("a"))
    row = make_illustration(article, make_image(slug="a"))
    change = bring_in_line(article)
    assert not change
    assert article.illustrations.get() == row


class Laws(TestCase):
    @settings(max_examples=60)
    @given(st.lists(st.lists(st.sampled_from(SLUGS), max_size=4), min_size=1, max_size=4))
    def test_whatever_was_shown_before_the_rows_are_the_pictures_of_the_text(self, versions):
        for slug in SLUGS[:-1]:
            make_image(slug=slug)
        article = make_article()
        for slugs in versions:
            before = set(shown(article))
            article.body = text_with(*slugs)
            article.save()
            change = bring_in_line(article)
            now = {slug for slug in slugs if slug != "nowhere"}
            assert set(shown(article)) == now
            assert (set(change.added), set(change.removed)) == (now - before, before - now)
            assert not bring_in_line(article)
