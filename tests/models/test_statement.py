import pytest
from django.db.models import ProtectedError

from tests.make import make_quote, make_statement
from tests.models.refusals import Refusal, each

pytestmark = pytest.mark.django_db

REFUSALS = [
    Refusal("statement_has_a_title", make_statement, {"title": ""}),
    Refusal("statement_has_a_slug", make_statement, {"slug": ""}),
    Refusal("statement_form_is_known", make_statement, {"form": ""}),
]


@pytest.mark.parametrize(("refusal", "way"), each(REFUSALS))
def test_the_database_refuses(refusal, way):
    refusal.try_by(way)


def test_reads_as_its_title_and_has_a_page():
    statement = make_statement("Letter of the staff", slug="letter-of-the-staff")
    assert str(statement) == "Letter of the staff"
    assert statement.get_absolute_url() == "/statements/letter-of-the-staff/"


def test_a_statement_that_is_quoted_cannot_be_deleted():
    statement = make_statement()
    make_quote(statement=statement)
    with pytest.raises(ProtectedError):
        statement.delete()
