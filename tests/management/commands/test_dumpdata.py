import io
import json

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from tests.make import make_article, make_audit_entry, make_published, make_quote, make_source, make_user

pytestmark = pytest.mark.django_db


def dump(*labels, **options):
    out = io.StringIO()
    call_command("dumpdata", *labels, stdout=out, **options)
    return out.getvalue()


def rows(*labels, **options):
    return json.loads(dump(*labels, **options))


def test_names_rows_and_what_they_refer_to_by_their_keys():
    story = make_published(slug="talks-fail", created_by=make_user("ana"))
    make_quote(story, make_source(slug="city-hall"), slug="no-deal")
    [article] = rows("articles.article")
    assert "pk" not in article
    assert (article["fields"]["slug"], article["fields"]["created_by"]) == ("talks-fail", ["ana"])
    [quote] = rows("articles.quote")
    assert "pk" not in quote
    assert (quote["fields"]["article"], quote["fields"]["source"]) == (["talks-fail"], ["city-hall"])


def test_numbers_stand_in_for_the_keys_of_what_has_none():
    Session.objects.create(session_key="s" * 32, session_data="", expire_date=timezone.now())
    [session] = rows("sessions")
    assert session["pk"] == "s" * 32


def test_options_of_django_are_still_understood():
    make_article(slug="talks-fail")
    assert dump("articles.article", natural_primary=True, natural_foreign=True) == dump("articles.article")
    assert dump("--natural-primary", "--natural-foreign", "articles.article") == dump("articles.article")


def test_seals_stay_where_they_are():
    make_audit_entry()
    assert {row["model"] for row in rows("articles")} == {"articles.auditentry"}
    assert rows("articles.seal") == []
