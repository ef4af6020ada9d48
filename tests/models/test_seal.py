import pytest
from django.db import DatabaseError, connection, transaction

from articles.models import Seal
from tests.make import make_seal
from tests.models.history import another_value
from tests.models.refusals import BY_BULK_CREATE, BY_CREATE, Refusal, each

pytestmark = pytest.mark.django_db

REFUSALS = [
    Refusal("seal_is_of_a_line", make_seal, {"number": 10**6, "noun": ""}, ways=(BY_CREATE, BY_BULK_CREATE)),
]


@pytest.mark.parametrize(("refusal", "way"), each(REFUSALS))
def test_the_database_refuses(refusal, way):
    refusal.try_by(way)


def test_reads_as_its_place_in_the_chain():
    assert str(Seal(number=12)) == "Seal 12"
    assert str(Seal(number=0, line=12)) == "Head over 12 seals"


def refused(attempt):
    before = list(Seal.objects.order_by("pk").values())
    with pytest.raises(DatabaseError, match="history is append-only"), transaction.atomic():
        attempt()
    assert list(Seal.objects.order_by("pk").values()) == before


def test_a_seal_can_be_neither_changed_nor_deleted():
    seal = make_seal()
    of_it = Seal.objects.filter(pk=seal.pk)
    for field in Seal._meta.concrete_fields:
        value = another_value(field, getattr(seal, field.attname))
        refused(lambda field=field, value=value: of_it.update(**{field.attname: value}))
    refused(of_it.delete)
    refused(seal.delete)
    refused(Seal.objects.all().delete)
    seal.digest = "another"
    refused(
        lambda: Seal.objects.bulk_create(
            [seal], update_conflicts=True, update_fields=["digest"], unique_fields=["number"]
        )
    )


def head_says(count):
    return lambda: Seal.objects.filter(pk=Seal.HEAD).update(line=count, digest="another")


def test_the_count_of_the_head_only_goes_up():
    make_seal()
    make_seal()
    refused(head_says(1))
    refused(head_says(2))
    refused(Seal.objects.filter(pk=Seal.HEAD).delete)
    head_says(3)()
    assert Seal.objects.get(pk=Seal.HEAD).line == 3


@pytest.mark.parametrize("number", [Seal.HEAD, 1])
def test_no_seal_is_replaced_or_swept_away_by_statements_that_ask_nobody(number):
    seal = make_seal()
    if connection.vendor == "sqlite":
        noun = seal.noun if number else ""
        statement = (
            "INSERT OR REPLACE INTO articles_seal (number, noun, line, digest) "  # noqa: S608
            f"VALUES ({number}, '{noun}', 0, '')"
        )
    else:
        statement = "TRUNCATE articles_seal"
    refused(lambda: connection.cursor().execute(statement))
