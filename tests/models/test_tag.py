import pytest

from articles.models import Article, Tag, TaggedArticle
from tests.make import make_article, make_tag, make_tag_synonym, make_tagged_article
from tests.models.refusals import BY_BULK_CREATE, BY_UPDATE, Refusal, each

pytestmark = pytest.mark.django_db

REFUSALS = [
    Refusal("tag_has_a_name", make_tag, {"name": ""}),
    # django-taggit makes a slug from the name when a tag is saved without one.
    Refusal("tag_has_a_slug", make_tag, {"slug": ""}, ways=(BY_BULK_CREATE, BY_UPDATE)),
    Refusal("tag_kind_is_known", make_tag, {"kind": "mood"}),
    Refusal("tag_name_is_unique_in_any_case", make_tag, lambda other: {"name": other.name.upper()}),
    Refusal("tag_synonym_has_a_name", make_tag_synonym, {"name": ""}),
    Refusal("tag_synonym_means_one_tag", make_tag_synonym, lambda other: {"name": other.name.upper()}),
    Refusal(
        "article_carries_a_tag_once",
        make_tagged_article,
        lambda other: {"content_object": other.content_object, "tag": other.tag},
    ),
]


@pytest.mark.parametrize(("refusal", "way"), each(REFUSALS))
def test_the_database_refuses(refusal, way):
    refusal.try_by(way)


def test_a_tag_reads_as_its_name_and_has_a_page():
    tag = make_tag("Border", slug="border")
    assert str(tag) == "Border"
    assert tag.get_absolute_url() == "/tags/border/"


def test_a_synonym_reads_as_the_other_word():
    assert str(make_tag_synonym(name="frontier")) == "frontier"


def test_a_tagged_article_says_what_is_about_what():
    assert (
        str(make_tagged_article(make_article("Talks fail"), make_tag("trade"))) == "Talks fail is about trade"
    )


def test_a_tag_typed_in_another_case_with_spaces_or_other_code_points_is_the_same_tag():
    tag = make_tag("Caf\u00e9 Bar")
    article = make_article()
    article.tags.add("caf\u00e9 bar", " Caf\u00e9  BAR\u200a", "Cafe\u0301 bar")
    assert list(article.tags.all()) == [tag]


def test_a_new_word_becomes_a_tag_with_a_slug_in_its_own_script():
    article = make_article()
    article.tags.add("Граница", "C++", "C#")
    assert sorted(article.tags.values_list("slug", flat=True)) == ["c", "c_1", "граница"]


def test_tags_are_found_from_stories_and_stories_from_tags():
    tag = make_tag()
    tagged = make_article(tags=[tag])
    make_article()
    assert list(Article.objects.filter(tags=tag)) == [tagged]
    assert list(Tag.objects.filter(tagged_items__content_object=tagged)) == [tag]


def test_deleting_a_tag_unties_it_and_leaves_the_stories():
    tagged = make_tagged_article()
    tagged.tag.delete()
    assert not TaggedArticle.objects.exists()
    assert Article.objects.get() == tagged.content_object
