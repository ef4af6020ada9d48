import importlib
import unicodedata
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from articles import models
from articles.models import Article, Section
from articles.models.keyed import SlugField
from tests import make
from tests.models.refusals import twin_of
from tests.models.test_edition import make_edition

pytestmark = pytest.mark.django_db

MODELS = list(apps.get_app_config("articles").get_models())
MAKE = {
    models.Affiliation: make.make_affiliation,
    models.Alias: make.make_alias,
    models.Article: make.make_article,
    models.AuditEntry: make.make_audit_entry,
    models.Author: make.make_author,
    models.Byline: make.make_byline,
    models.Correction: make.make_correction,
    models.Edition: make_edition,
    models.FormerSlug: make.make_former_slug,
    models.Illustration: make.make_illustration,
    models.Image: make.make_image,
    models.LiveDraft: make.make_live_draft,
    models.OpenForm: make.make_open_form,
    models.PreviewLink: make.make_preview_link,
    models.Quote: make.make_quote,
    models.ReplyRequest: make.make_reply_request,
    models.Revision: make.make_revision,
    models.Seal: make.make_seal,
    models.Section: make.make_section,
    models.Source: make.make_source,
    models.Statement: make.make_statement,
    models.StatusChange: make.make_status_change,
    models.Tag: make.make_tag,
    models.TagSynonym: make.make_tag_synonym,
    models.TaggedArticle: make.make_tagged_article,
}
NO_NOUNS = {"__init__", "clock", "keyed"}
UNIQUE = [
    pytest.param(model, field.name, id=f"{model.__name__}.{field.name}")
    for model in MODELS
    for field in model._meta.concrete_fields
    if field.unique and not field.primary_key and not field.is_relation
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_row_is_found_by_its_natural_key(model):
    MAKE[model]()
    row = MAKE[model]()
    assert model._default_manager.get_by_natural_key(*row.natural_key()) == row


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_key_that_leads_through_other_rows_names_their_models(model):
    through = {
        model._meta.get_field(lookup.split("__")[0]).related_model._meta.label_lower
        for lookup in model.key_lookups
        if "__" in lookup
    }
    assert set(getattr(model.natural_key, "dependencies", [])) == through


@pytest.mark.parametrize(("model", "name"), UNIQUE)
def test_what_names_a_row_names_one_row(model, name):
    first, second = MAKE[model](), MAKE[model]()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin = twin_of(second, {name: getattr(first, name)})
        model._default_manager.bulk_create([twin])


def test_every_constraint_of_every_noun_is_put_to_the_test():
    folder = Path(models.__file__).parent
    for stem in sorted(path.stem for path in folder.glob("*.py") if path.stem not in NO_NOUNS):
        promised = {
            constraint.name
            for model in MODELS
            if model.__module__ == f"articles.models.{stem}"
            for constraint in model._meta.constraints
        }
        tried = importlib.import_module(f"tests.models.test_{stem}").REFUSALS
        assert {refusal.constraint for refusal in tried} == promised, stem


class TestSlug:
    def test_is_kept_in_small_letters_and_one_spelling(self):
        section = make.make_section(slug="Caf" + "e\u0301" + "-\u00c4")
        assert section.slug == "caf\u00e9-\u00e4"
        assert Section.objects.get().slug == "caf\u00e9-\u00e4"

    def test_two_spellings_are_one_address(self):
        make.make_section(slug="business")
        with pytest.raises(IntegrityError), transaction.atomic():
            make.make_section(slug="BUSINESS")

    @pytest.mark.parametrize("typed", ["Business", "BUSINESS", " business "])
    def test_is_found_however_it_is_typed(self, typed):
        section = make.make_section(slug="business")
        assert Section.objects.get(slug=typed) == section
        assert Section.objects.get_by_natural_key(typed) == section

    @pytest.mark.parametrize("slug", ["a/b", "a b", "../x", "a?b", "a#b", "a.b", "<b>", "a%2fb", "ab\u200b"])
    def test_what_no_address_can_hold_is_refused_by_every_way_in(self, slug):
        section = make.make_section(slug="good")
        section.slug = slug
        for attempt in (
            lambda: make.make_section(slug=slug),
            section.save,
            lambda: Section.objects.bulk_create([Section(name="n", slug=slug)]),
            lambda: Section.objects.bulk_update([section], ["slug"]),
            lambda: Section.objects.update(slug=slug),
        ):
            with pytest.raises(ValidationError, match="cannot be part of an address"), transaction.atomic():
                attempt()
        assert list(Section.objects.values_list("slug", flat=True)) == ["good"]

    @pytest.mark.parametrize("slug", ["a/b", "\0", "a\0b", "\ud800", "x" * 1000, "", "?"])
    def test_a_search_for_nonsense_finds_nothing(self, slug):
        make.make_article(slug="story")
        assert not Article.objects.filter(slug=slug).exists()

    @given(st.text(max_size=30))
    def test_cleaning_twice_is_cleaning_once(self, text):
        slug = SlugField.clean_value(text)
        assert SlugField.clean_value(slug) == slug
        assert slug == unicodedata.normalize("NFC", slug)
