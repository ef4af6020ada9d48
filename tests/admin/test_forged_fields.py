"""What a form does not ask for, no post can set: every field of a noun and of its rows that is not in the form is
sent along with it, and so are the rows of others. Generated from the models, so a new field takes part by itself."""

import datetime as dt
import uuid

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import models
from django.urls import reverse

from articles.admin.site import desk
from articles.models import Article, Author, Image, Section, Source, Statement, Tag
from tests.admin.forms import filled_in
from tests.make import (
    REPORTER,
    make_affiliation,
    make_alias,
    make_article,
    make_author,
    make_byline,
    make_correction,
    make_desk_user,
    make_kept_image,
    make_quote,
    make_reply_request,
    make_section,
    make_source,
    make_statement,
    make_tag,
    make_tag_synonym,
    make_user,
)

pytestmark = pytest.mark.django_db

A_SECOND = dt.datetime(2018, 9, 25, 12, 0, 1, tzinfo=dt.UTC)  # as exactly as a form shows it
#: What a save itself may raise or make when something else has changed.
KEPT_BY_THE_SAVE = {"version"}
NAMED = {Article: "headline", Image: "title", Statement: "title", User: "first_name", Section: "description"}


def make_story():
    """A story with a row of each kind."""
    article = make_article(created_by=make_user(), tags=[make_tag()])
    make_byline(article)
    make_quote(article)
    make_reply_request(article)
    make_correction(article)
    return article


def make_full_source():
    source = make_source()
    make_alias(source)
    make_affiliation(source)
    return source


def make_full_tag():
    tag = make_tag()
    make_tag_synonym(tag)
    return tag


MAKERS = {
    Article: make_story,
    Source: make_full_source,
    Tag: make_full_tag,
    Author: make_author,
    Image: make_kept_image,
    Section: make_section,
    Statement: make_statement,
    User: lambda: make_user(date_joined=A_SECOND),
    Group: lambda: Group.objects.create(name=f"Role {uuid.uuid4()}"),
}
nouns = pytest.mark.parametrize("model", list(MAKERS), ids=lambda model: model.__name__)
with_rows = pytest.mark.parametrize("model", [Article, Source, Tag], ids=lambda model: model.__name__)


def page_of(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def another_value(field, row):
    """A value that the field could have, and that it does not have."""
    match field:
        case models.ForeignKey():
            taken = getattr(row, field.attname)
            return str(
                field.related_model._default_manager.exclude(pk=taken).values_list("pk", flat=True).last()
                or 1
            )
        case models.BooleanField():
            return "" if getattr(row, field.name) else "on"
        case models.DateField():
            return "2001-01-01"
        case models.IntegerField():
            return "77"
        case models.UUIDField():
            return str(uuid.uuid4())
        case _ if field.choices:
            return next(value for value, _ in field.choices if value != getattr(row, field.name))
    return "forged"


def values(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def stored(model):
    return {row.pk: values(row) for row in model._default_manager.all()}


def everything_stored():
    tables = [*MAKERS, *(inline.model for page in desk._registry.values() for inline in page.inlines)]
    return {model: stored(model) for model in tables}


def not_asked_for(page, row):
    """Every column of the row and of its rows that the form does not ask for, with another value."""
    asked = page.context["adminform"].form.fields
    forged = {
        sent: another_value(field, row)
        for field in row._meta.concrete_fields
        if field.name not in asked and not field.primary_key
        for sent in (field.name, f"{field.name}_0", field.attname)
    }
    for inline in page.context["inline_admin_formsets"]:
        for number, form in enumerate(inline.formset.initial_forms):
            forged |= {
                f"{inline.formset.prefix}-{number}-{sent}": another_value(field, form.instance)
                for field in form.instance._meta.concrete_fields
                if field.name not in form.fields and not field.primary_key
                for sent in (field.name, field.attname)
            }
    return forged


@nouns
def test_fields_that_are_not_in_the_form_keep_their_values(client, chief, model):
    row = MAKERS[model]()
    MAKERS[model]()  # whose values are forged
    page = client.get(page_of(row))
    name = NAMED.get(model, "name")
    forged = not_asked_for(page, row)
    before = everything_stored()
    response = client.post(page_of(row), {**filled_in(page, **{name: "Renamed"}), **forged, "_continue": "1"})
    assert response.status_code == 302, response.context and response.context["errors"]
    after = everything_stored()
    assert after[model][row.pk].pop(name) == "Renamed"
    before[model][row.pk].pop(name)
    for kept in KEPT_BY_THE_SAVE:
        before[model][row.pk].pop(kept, None)
        after[model][row.pk].pop(kept, None)
    assert after == before


def test_the_fields_that_matter_most_are_among_them(client, chief):
    row = make_story()
    MAKERS[Article]()
    forged = not_asked_for(client.get(page_of(row)), row)
    assert {
        "status", "published_at", "created_by", "version", "revised_at", "quotes-0-approved_by", "corrections-0-number",
    } <= set(forged)  # fmt: skip


@with_rows
@pytest.mark.parametrize("sent", ["typed", "deleted", "claimed"])
def test_rows_of_another_are_not_changed_deleted_or_moved_here(client, chief, model, sent):
    """The number of its row stands in this form in place of our own, with words, a tick or an owner to go with it."""
    mine, other = MAKERS[model](), MAKERS[model]()
    theirs = {
        inline.formset.prefix: [form.instance for form in inline.formset.initial_forms]
        for inline in client.get(page_of(other)).context["inline_admin_formsets"]
    }
    page = client.get(page_of(mine))
    before = everything_stored()
    for inline in page.context["inline_admin_formsets"]:
        prefix = inline.formset.prefix
        assert theirs[prefix], f"make a row of {prefix} in MAKERS"
        forged = {f"{prefix}-0-id": str(theirs[prefix][0].pk)}
        if sent == "typed":
            forged |= {f"{prefix}-0-{name}": "Stolen" for name in ("text", "name", "title", "role", "note")}
        if sent == "deleted":
            forged |= {f"{prefix}-0-DELETE": "on"}
        if sent == "claimed":
            forged |= {f"{prefix}-0-{inline.formset.fk.name}": str(other.pk)}
        client.post(page_of(mine), {**filled_in(page), **forged, "_continue": "1"})
        after = stored(inline.formset.model)
        for row in theirs[prefix]:
            assert after[row.pk] == before[type(row)][row.pk], prefix


def test_a_correction_is_of_no_quote_of_another_story(client, chief):
    mine, theirs = make_story(), make_quote()
    page = client.get(page_of(mine))
    client.post(page_of(mine), {**filled_in(page), "corrections-0-quote": str(theirs.pk)})
    assert mine.corrections.get().quote is None


def test_rows_somebody_may_only_read_keep_their_words(client, chief):
    reporter = make_desk_user(REPORTER)
    article = make_article(created_by=reporter)
    correction = make_correction(article, text="Right")
    whole = filled_in(client.get(page_of(article)))
    client.force_login(reporter)
    for forged in [{"corrections-0-text": "Forged"}, {"corrections-0-DELETE": "on"}]:
        version = str(Article.objects.get(pk=article.pk).version)
        sent = {**whole, **forged, "seen_version": version, "headline": f"Saved {version}", "_continue": "1"}
        assert client.post(page_of(article), sent).status_code == 302
        assert Article.objects.get(pk=article.pk).headline == f"Saved {version}"
        assert [row.text for row in article.corrections.all()] == [correction.text]


def test_nobody_gives_out_rights_by_the_form_of_a_story(client, chief):
    """Fields of other forms altogether."""
    reporter = make_user("reporter", may=["view_article", "add_article", "change_article"])
    client.force_login(reporter)
    row = make_article(created_by=reporter)
    rights = [str(pk) for pk in Permission.objects.values_list("pk", flat=True)]
    page = client.get(page_of(row))
    forged = {"is_superuser": "on", "user_permissions": rights, "groups": ["1"], "user": str(reporter.pk)}
    client.post(page_of(row), {**filled_in(page, headline="Renamed"), **forged})
    reporter = User.objects.get(pk=reporter.pk)
    assert (reporter.is_superuser, reporter.user_permissions.count()) == (False, 3)


def test_every_noun_with_a_form_takes_part(client, chief):
    writable = {
        model
        for model, page in desk._registry.items()
        if page.has_change_permission(type("Request", (), {"user": chief})())
    }
    assert writable == set(MAKERS)
