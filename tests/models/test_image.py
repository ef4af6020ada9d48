import re

import pytest
from django.db.models import ProtectedError

from articles.models import Image
from articles.models.image import random_name
from tests.make import make_article, make_image
from tests.models.refusals import Refusal, each

pytestmark = pytest.mark.django_db

REFUSALS = [
    Refusal("image_has_a_slug", make_image, {"slug": ""}),
    Refusal("image_has_a_file", make_image, {"file": ""}),
    Refusal("image_has_alt_text", make_image, {"alt": "\t"}),
]


@pytest.mark.parametrize(("refusal", "way"), each(REFUSALS))
def test_the_database_refuses(refusal, way):
    refusal.try_by(way)


def test_reads_as_its_title():
    assert str(make_image(title="The march")) == "The march"


def test_a_row_can_be_read_when_its_file_is_lost():
    image = make_image(file="images/lost.png")
    assert not image.file.storage.exists(image.file.name)
    assert Image.objects.get().alt == image.alt


def test_a_picture_that_stands_over_a_story_cannot_be_deleted():
    image = make_image()
    make_article(image=image)
    with pytest.raises(ProtectedError):
        image.delete()


def test_an_upload_is_kept_under_a_name_that_cannot_be_guessed():
    names = {random_name(None, "The Scoop.JPG") for _ in range(20)}
    assert len(names) == 20
    assert all(re.fullmatch(r"images/[0-9a-f]{32}\.jpg", name) for name in names)
