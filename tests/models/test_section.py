import pytest
from django.db.models import ProtectedError

from articles.models import Section
from tests.make import make_article, make_section
from tests.models.refusals import Refusal, each

pytestmark = pytest.mark.django_db

REFUSALS = [
    Refusal("section_has_a_name", make_section, {"name": ""}),
    Refusal("section_has_a_slug", make_section, {"slug": ""}),
]


@pytest.mark.parametrize(("refusal", "way"), each(REFUSALS))
def test_the_database_refuses(refusal, way):
    refusal.try_by(way)


def test_reads_as_its_name_and_has_a_page():
    section = make_section("Business", slug="business")
    assert str(section) == "Business"
    assert section.get_absolute_url() == "/sections/business/"


def test_the_menu_follows_positions_then_slugs():
    last = make_section(slug="a", position=3)
    second = make_section(slug="c", position=2)
    first = make_section(slug="b", position=2)
    assert list(Section.objects.in_order()) == [first, second, last]


def test_a_section_with_stories_cannot_be_deleted():
    article = make_article()
    with pytest.raises(ProtectedError):
        article.section.delete()
