import pytest

from articles.models import Edition
from tests.models.refusals import Refusal, each

pytestmark = pytest.mark.django_db


def make_edition():
    Edition.objects.all().delete()
    return Edition.objects.create()


REFUSALS = [Refusal("there_is_one_edition", make_edition, {"id": 2})]


@pytest.mark.parametrize(("refusal", "way"), each(REFUSALS))
def test_the_database_refuses(refusal, way):
    refusal.try_by(way)


def test_reads_as_its_number():
    assert str(Edition(number=12)) == "Edition 12"
