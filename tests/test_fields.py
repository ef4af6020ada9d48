"""The choke point: what is stored is clean, whichever way it comes."""

import datetime as dt
import html
import json
import unicodedata
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import models, transaction
from django.forms import modelform_factory
from django.utils.translation import gettext_lazy

from articles.fields import CheckedInTime
from articles.models import Article, Author, Quote
from tests.make import make_article, make_author, make_quote, make_source
from tests.test_cleaning import is_unfit

DIRTY = [
    (Article, "headline", " Cafe\u0301\0 \r\n opens\u2028", "Caf\u00e9 opens"),
    (Article, "deck", "\ud800 a\tb \x1b", "a b"),
    (Article, "body", "<p>Cafe\u0301\0<script>x</script>\r\n<b onclick=x>b</b></p>", "<p>Caf\u00e9\nb</p>"),
    (Article, "origin_link", " https://a.example/\0x\n", "https://a.example/x"),
    (Article, "slug", " Cafe\u0301\0-OPENS\n", "caf\u00e9-opens"),
    (Author, "bio", "\n One.\r\nCafe\u0301\x0c.\ufffe\n", "One.\nCaf\u00e9."),
]
MAKE = {Article: make_article, Author: make_author}


def by_save(model, name, value):
    row = MAKE[model]()
    setattr(row, name, value)
    row.save()
    return row


def by_save_of_one_field(model, name, value):
    row = MAKE[model]()
    setattr(row, name, value)
    row.save(update_fields=[name])
    return row


def by_create(model, name, value):
    return MAKE[model](**{name: value})


def by_bulk_create(model, name, value):
    values = {"headline": "H", "slug": "s"} if model is Article else {"name": "N", "slug": "s"}
    [row] = model.objects.bulk_create([model(**values | {name: value})])
    return row


def by_bulk_update(model, name, value):
    row = MAKE[model]()
    setattr(row, name, value)
    model.objects.bulk_update([row], [name])


def by_update(model, name, value):
    MAKE[model]()
    model.objects.update(**{name: value})


def by_get_or_create(model, name, value):
    values = {"headline": "H", "slug": "s"} if model is Article else {"name": "N", "slug": "s"}
    row, created = model.objects.get_or_create(**values | {name: value})
    again, created_again = model.objects.get_or_create(**values | {name: value})
    assert (created, created_again, again) == (True, False, row)
    return row


def by_update_or_create(model, name, value):
    row = MAKE[model]()
    return model.objects.update_or_create(pk=row.pk, defaults={name: value})[0]


def by_form(model, name, value):
    form = modelform_factory(model, fields=[name])({name: value}, instance=MAKE[model]())
    assert form.is_valid(), form.errors
    return form.save()


WAYS = [
    by_save, by_save_of_one_field, by_create, by_bulk_create, by_bulk_update, by_update, by_get_or_create,
    by_update_or_create,
]  # fmt: skip


@pytest.mark.django_db
class TestChokePoint:
    @pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
    @pytest.mark.parametrize(
        ("model", "name", "dirty", "clean"), DIRTY, ids=lambda part: str(part)[:20].strip()
    )
    def test_every_kind_of_field_stores_it_clean(self, way, model, name, dirty, clean):
        row = way(model, name, dirty)
        assert model.objects.values_list(name, flat=True).get() == clean
        if row is not None:
            assert getattr(row, name) == clean, "the row in memory shows what is stored"

    @pytest.mark.parametrize(
        ("model", "name", "dirty", "clean"), DIRTY, ids=lambda part: str(part)[:20].strip()
    )
    def test_so_does_a_form(self, model, name, dirty, clean):
        # Forms refuse NUL outright, and their own slug and link fields what is no slug or link.
        typed = dirty.replace("\0", "") if name != "slug" else dirty.replace("\0", "").strip()
        by_form(model, name, unicodedata.normalize("NFC", typed) if name == "slug" else typed)
        assert model.objects.values_list(name, flat=True).get() == clean

    @pytest.mark.parametrize("format", ["json", "jsonl", "xml"])
    @pytest.mark.parametrize(
        ("model", "name", "dirty", "clean"), DIRTY, ids=lambda part: str(part)[:20].strip()
    )
    def test_so_does_a_fixture(self, model, name, dirty, clean, format, tmp_path):
        values = {"headline": "H", "slug": "s"} if model is Article else {"name": "N", "slug": "s"}
        values[name] = dirty
        fixture = tmp_path / f"dirty.{format}"
        if format == "xml":
            parts = "".join(
                f'<field name="{key}">{html.escape("".join(c for c in text if not is_unfit(c)))}</field>'
                for key, text in values.items()
            )
            fixture.write_text(
                f'<django-objects><object model="{model._meta.label}">{parts}</object></django-objects>'
            )
        else:
            entry = json.dumps({"model": model._meta.label, "fields": values})
            fixture.write_text(f"[{entry}]" if format == "json" else entry)
        call_command("loaddata", fixture, verbosity=0)
        assert model.objects.values_list(name, flat=True).get() == clean

    def test_a_value_that_is_no_string_yet_is_cleaned_as_well(self):
        make_article(headline=gettext_lazy("<b>\0"), body=gettext_lazy("<p onclick=x>text</p>"))
        assert Article.objects.values_list("headline", "body").get() == ("<b>", "<p>text</p>")

    def test_what_is_stored_is_found_by_what_was_typed(self):
        article = make_article(headline="Caf\u00e9 opens")
        assert Article.objects.get(headline=" Cafe\u0301  opens") == article
        assert Article.objects.get(headline__iexact=" cAFe\u0301  opens") == article


NO_ADDRESSES = [
    "javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", "\x01javascript:alert(1)", "vbscript:x",
    "data:text/html,x", "file:/etc/hosts", "ftp://a.example/", "mailto:a@a.example", "//a.example/", "/path", "a.example",
    "https:", "https://", "https:///x", "https:a.example", "http:\\\\a.example", "https://a b.example/", "https://[::1",
    "https://a.example:port/", "https://a.example/ x", "javascript://a.example/%0aalert(1)", "https://", "x" * 600, "?",
]  # fmt: skip
ADDRESSES = [
    "https://a.example", "http://a.example/", "HTTPS://A.example/X", "https://a.example:8443/x?y=1&z=%20#part",
    "http://[2001:db8::1]:8000/x", "http://192.0.2.1/", "http://localhost:8000/", "https://b\u00fccher.example/\u00fc?q=\u00fc",
    "https://xn--bcher-kva.example/", "https://\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444/", "https://user@a.example/",
    "https://twitter.com/a/status/1044251871123",
]  # fmt: skip


@pytest.mark.django_db
class TestWebAddress:
    @pytest.mark.parametrize("address", ADDRESSES)
    def test_keeps_pages_on_a_named_host(self, address):
        assert by_create(Article, "origin_link", address).origin_link == address
        assert Article.objects.get(origin_link=address).origin_link == address

    @pytest.mark.parametrize("address", NO_ADDRESSES, ids=ascii)
    @pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
    def test_refuses_anything_else_by_every_way_in(self, way, address):
        with (
            pytest.raises(
                ValidationError, match=r"story, link to it: .* is not a web address; it must start"
            ),
            transaction.atomic(),
        ):
            way(Article, "origin_link", address)
        assert not Article.objects.exclude(origin_link="").exists()

    def test_the_message_names_the_noun_the_field_and_the_value(self):
        with pytest.raises(ValidationError) as refused:
            make_source(website="javascript:alert(1)")
        [message] = refused.value.messages
        assert message == (
            "source, website: 'javascript:alert(1)' is not a web address; "
            "it must start with https:// or http:// and name a host."
        )

    @pytest.mark.parametrize("address", NO_ADDRESSES, ids=ascii)
    def test_a_fixture_with_anything_else_loads_nothing(self, address, tmp_path):
        fixture = tmp_path / "articles.json"
        values = {"headline": "H", "slug": "s", "origin_link": address}
        fixture.write_text(json.dumps([{"model": "articles.article", "fields": values}]))
        with pytest.raises(CommandError, match="origin_link"):
            call_command("loaddata", fixture, verbosity=0)
        assert not Article.objects.exists()

    @pytest.mark.parametrize(
        "address", ["javascript:alert(1)", "ftp://a.example/", "https://", "data:text/html,x"]
    )
    def test_a_form_says_so_beside_the_field(self, address):
        form = modelform_factory(Article, fields=["origin_link"])(
            {"origin_link": address}, instance=make_article()
        )
        assert set(form.errors) == {"origin_link"}

    def test_a_form_adds_the_scheme_that_nobody_types(self):
        assert by_form(Article, "origin_link", "a.example/x").origin_link == "https://a.example/x"

    @pytest.mark.parametrize("address", [*NO_ADDRESSES, "\0", "\ud800"], ids=ascii)
    def test_a_search_for_anything_else_finds_nothing(self, address):
        make_article(origin_link="https://a.example/")
        assert not Article.objects.filter(origin_link=address).exists()
        assert not Article.objects.filter(origin_link__in=[address]).exists()

    def test_empty_stays_empty(self):
        assert by_create(Article, "origin_link", " \n").origin_link == ""


@pytest.mark.django_db
class TestRichText:
    @pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("x" * 1_000_001, "story, body: The text has 1,000,001 characters, .* Split the story"),
            ("<p><blockquote>" * 200, "story, body: The formatting of the text cannot be read"),
        ],
        ids=["too long", "too deep"],
    )
    def test_refuses_by_every_way_in_what_would_take_too_long(self, way, text, says):
        with pytest.raises(ValidationError, match=says), transaction.atomic():
            way(Article, "body", text)
        assert not Article.objects.exclude(body="").exists()

    @pytest.mark.parametrize("text", ["x" * 1_000_001, "<p><blockquote>" * 200], ids=["too long", "too deep"])
    def test_a_form_says_so_beside_the_field(self, text):
        form = modelform_factory(Article, fields=["body"])({"body": text}, instance=make_article())
        assert set(form.errors) == {"body"}
        assert form.errors["body"][0].startswith("The ")


UTC, LOS_ANGELES = dt.UTC, ZoneInfo("America/Los_Angeles")
NO_MOMENTS = [
    dt.datetime(9999, 12, 31, 23, 59, tzinfo=LOS_ANGELES), dt.datetime(1, 1, 1, tzinfo=UTC),
    dt.datetime(2201, 1, 1, 14, tzinfo=UTC), dt.datetime(1899, 12, 31, 9, 59, tzinfo=UTC), "9999-12-31T23:59-08:00",
]  # fmt: skip


@pytest.mark.django_db
class TestMoment:
    @pytest.mark.parametrize("moment", NO_MOMENTS, ids=str)
    @pytest.mark.parametrize("name", ["published_at", "embargo_until", "revised_at"])
    # One way in asks first whether it is there, and a database may not even be asked for such a moment.
    @pytest.mark.parametrize(
        "way", [way for way in WAYS if way != by_get_or_create], ids=lambda way: way.__name__
    )
    def test_refuses_years_out_of_reach_by_every_way_in(self, way, name, moment):
        says = r"^\['story, .*: This is in the year \d+; it must lie between 1900 and 2200"
        with pytest.raises(ValidationError, match=says), transaction.atomic():
            way(Article, name, moment)
        assert not Article.objects.exclude(**{name: None}).exists()

    @pytest.mark.parametrize(
        "moment", [dt.datetime(1900, 1, 1), dt.datetime(2200, 12, 31, 23, 59, 59, 999000)]
    )
    @pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
    def test_keeps_the_first_and_the_last_moment_within_reach(self, way, moment):
        moment = moment.replace(tzinfo=LOS_ANGELES)
        way(Article, "embargo_until", moment)
        assert Article.objects.values_list("embargo_until", flat=True).get() == moment

    @pytest.mark.parametrize("hours", [-12, 14])
    @pytest.mark.parametrize("moment", [dt.datetime(1900, 1, 1), dt.datetime(2200, 12, 31, 23, 59, 59)])
    def test_a_story_with_such_a_moment_can_be_saved_again_wherever_it_was_typed(self, hours, moment):
        make_article(embargo_until=moment.replace(tzinfo=dt.timezone(dt.timedelta(hours=hours))))
        story = Article.objects.get()
        story.save()
        assert Article.objects.get().embargo_until == story.embargo_until

    @pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
    def test_keeps_milliseconds(self, way):
        way(Article, "embargo_until", dt.datetime(2018, 9, 25, 6, 0, 0, 123456, tzinfo=UTC))
        kept = Article.objects.values_list("embargo_until", flat=True).get()
        assert kept == dt.datetime(2018, 9, 25, 6, 0, 0, 123000, tzinfo=UTC)

    def test_a_form_says_so_beside_the_field(self):
        form = modelform_factory(Article, fields=["embargo_until"])(
            {"embargo_until": "9999-12-31 23:59"}, instance=make_article()
        )
        assert form.errors == {
            "embargo_until": ["This is in the year 9999; it must lie between 1900 and 2200. Check the year."]
        }

    def test_a_fixture_with_such_a_moment_loads_nothing(self, tmp_path):
        fixture = tmp_path / "articles.json"
        values = {"headline": "H", "slug": "s", "embargo_until": "9999-12-31T23:59:00-08:00"}
        fixture.write_text(json.dumps([{"model": "articles.article", "fields": values}]))
        with pytest.raises(CommandError, match="embargo_until"):
            call_command("loaddata", fixture, verbosity=0)
        assert not Article.objects.exists()

    @pytest.mark.parametrize("moment", NO_MOMENTS[1:4], ids=str)
    def test_a_search_for_such_a_moment_finds_nothing(self, moment):
        make_article(embargo_until=dt.datetime(2018, 9, 25, tzinfo=UTC))
        assert not Article.objects.filter(embargo_until=moment).exists()


@pytest.mark.django_db
class TestDay:
    @pytest.mark.parametrize("day", [dt.date(999, 12, 31), dt.date(2201, 1, 1), "9999-12-31"], ids=str)
    def test_refuses_years_out_of_reach(self, day):
        with (
            pytest.raises(ValidationError, match="quote, said on: This is in the year") as refused,
            transaction.atomic(),
        ):
            make_quote(said_on=day)
        assert "between 1000 and 2200" in refused.value.messages[0]
        quote = make_quote()
        with pytest.raises(ValidationError, match="quote, said on"):
            Quote.objects.filter(pk=quote.pk).update(said_on=day)

    def test_keeps_words_that_are_centuries_old(self):
        assert Quote.objects.get(pk=make_quote(said_on=dt.date(1215, 6, 15)).pk).said_on == dt.date(
            1215, 6, 15
        )

    def test_every_day_and_moment_of_the_newsroom_is_checked(self):
        days = {
            field
            for model in apps.get_app_config("articles").get_models()
            for field in model._meta.concrete_fields
            if isinstance(field, models.DateField)
        }
        assert days
        assert {field for field in days if not isinstance(field, CheckedInTime)} == set()
