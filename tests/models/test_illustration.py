import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from articles.models import Illustration, Image
from tests.make import make_article, make_illustration, make_image
from tests.models.refusals import Refusal, each

pytestmark = pytest.mark.django_db

REFUSALS = [
    Refusal(
        "illustration_is_noted_once",
        make_illustration,
        lambda other: {"article": other.article, "image": other.image},
    ),
]


@pytest.mark.parametrize(("refusal", "way"), each(REFUSALS))
def test_the_database_refuses(refusal, way):
    refusal.try_by(way)


def test_a_form_says_in_words_what_the_database_would_refuse():
    first = make_illustration()
    with pytest.raises(ValidationError) as refused:
        Illustration(article=first.article, image=first.image).full_clean()
    assert refused.value.messages == ["This picture is noted for the story already."]


def test_reads_as_the_picture_and_its_story():
    illustration = make_illustration(make_article("Talks fail"), make_image(title="The march"))
    assert str(illustration) == "The march in Talks fail"


def test_is_named_by_its_story_and_its_picture():
    make_illustration()
    illustration = make_illustration(make_article(slug="strike"), make_image(slug="harbor"))
    assert illustration.natural_key() == ("strike", "harbor")
    assert Illustration.objects.get_by_natural_key("strike", "harbor") == illustration


def test_a_picture_may_stand_in_many_stories_and_a_story_may_hold_many():
    story, image = make_article(), make_image()
    make_illustration(story, image)
    make_illustration(story)
    make_illustration(image=image)
    assert (story.illustrations.count(), image.illustrations.count()) == (2, 2)


def test_a_picture_in_a_text_cannot_be_deleted():
    illustration = make_illustration()
    with pytest.raises(ProtectedError):
        illustration.image.delete()
    assert Image.objects.get() == illustration.image


def test_falls_with_its_story_and_lets_the_picture_go():
    illustration = make_illustration()
    illustration.article.delete()
    assert not Illustration.objects.exists()
    illustration.image.delete()
    assert not Image.objects.exists()
