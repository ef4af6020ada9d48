import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from articles.models import Affiliation, Alias, Source
from tests.make import make_affiliation, make_alias, make_quote, make_reply_request, make_source
from tests.models.refusals import Refusal, each

pytestmark = pytest.mark.django_db

MAY, JUNE, JULY = (dt.date(2018, month, 15) for month in (5, 6, 7))

REFUSALS = [
    Refusal("source_has_a_name", make_source, {"name": ""}),
    Refusal("source_has_a_slug", make_source, {"slug": ""}),
    Refusal("source_kind_is_known", make_source, {"kind": "rumour"}),
    Refusal("alias_has_a_name", make_alias, {"name": " \n"}),
    Refusal(
        "alias_is_listed_once_per_source",
        make_alias,
        lambda other: {"source": other.source, "name": other.name},
    ),
    Refusal("affiliation_has_a_title", make_affiliation, {"title": ""}),
    Refusal(
        "affiliation_is_listed_once",
        make_affiliation,
        lambda other: {"source": other.source, "organisation": other.organisation},
    ),
    Refusal("affiliation_ends_after_it_starts", make_affiliation, {"started_on": JULY, "ended_on": JUNE}),
    Refusal(
        "affiliation_is_with_another",
        make_affiliation,
        lambda other: {"source": other.source, "organisation": other.source},
    ),
]


@pytest.mark.parametrize(("refusal", "way"), each(REFUSALS))
def test_the_database_refuses(refusal, way):
    refusal.try_by(way)


def test_a_source_reads_as_its_name_and_has_a_page():
    source = make_source("Customs and Border Protection", slug="cbp")
    assert str(source) == "Customs and Border Protection"
    assert source.get_absolute_url() == "/sources/cbp/"


def test_an_alias_reads_as_the_other_name():
    assert str(make_alias(name="CBP")) == "CBP"


def test_an_affiliation_reads_as_title_and_place():
    affiliation = make_affiliation(organisation=make_source("Salesforce"), title="chief executive")
    assert str(affiliation) == "chief executive, Salesforce"


@pytest.mark.parametrize("started_on", [None, MAY, JUNE, JULY])
@pytest.mark.parametrize("ended_on", [None, MAY, JUNE, JULY])
def test_whether_a_title_was_held_is_the_same_in_memory_and_in_the_database(started_on, ended_on):
    if started_on and ended_on and ended_on < started_on:
        started_on, ended_on = ended_on, started_on
    affiliation = make_affiliation(started_on=started_on, ended_on=ended_on)
    held = affiliation.was_held_on(JUNE)
    assert list(Affiliation.objects.held_on(JUNE)) == ([affiliation] if held else [])
    assert held == ((started_on is None or started_on <= JUNE) and (ended_on is None or ended_on >= JUNE))


@pytest.mark.parametrize(
    "cite",
    [
        lambda source: make_quote(source=source),
        lambda source: make_quote(reported_by=source),
        lambda source: make_reply_request(source=source),
        lambda source: make_affiliation(organisation=source),
    ],
    ids=["quoted", "reported by", "asked for comment", "organisation of a person"],
)
def test_a_source_that_is_cited_cannot_be_deleted(cite):
    source = make_source()
    cite(source)
    with pytest.raises(ProtectedError):
        source.delete()
    with pytest.raises(ProtectedError):
        Source.objects.filter(pk=source.pk).delete()


def test_a_quoted_source_cannot_be_deleted_behind_the_newsrooms_back_either():
    quote = make_quote()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_source WHERE id = %s", [quote.source_id])
        connection.check_constraints()


def test_aliases_and_titles_fall_with_a_source_nobody_cites():
    source = make_source()
    make_alias(source)
    make_affiliation(source)
    source.delete()
    assert not Alias.objects.exists()
    assert not Affiliation.objects.exists()
