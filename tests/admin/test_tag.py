import pytest
from django.urls import reverse

from articles.models import Tag
from tests.admin.forms import add_row, filled_in
from tests.make import make_tag, make_tag_synonym

pytestmark = pytest.mark.django_db


def page_of(tag):
    return reverse("admin:articles_tag_change", args=[tag.pk])


def add(client, name):
    page = reverse("admin:articles_tag_add")
    return client.post(page, filled_in(client.get(page), name=name, slug=f"tag-{Tag.objects.count()}"))


@pytest.mark.parametrize("name", ["Straße", "STRASSE", "ｓｔｒａｓｓｅ", "Stra\u00adsse"])
def test_a_tag_in_another_spelling_is_refused_with_the_name_it_has(client, chief, name):
    make_tag("strasse")
    response = add(client, name)
    assert response.context["adminform"].form.errors["name"] == ["There is this tag already: “strasse”."]
    assert Tag.objects.count() == 1


def test_a_tag_is_not_called_what_is_another_word_for_a_tag(client, chief):
    make_tag_synonym(make_tag("artificial intelligence"), "AI")
    assert "“AI” is another word for the tag" in str(add(client, "ＡＩ").context["adminform"].form.errors)


def test_a_tag_is_renamed_to_another_spelling_of_its_name_and_to_no_other_tags(client, chief):
    make_tag("café")
    tag = make_tag("ecole")
    client.post(page_of(tag), filled_in(client.get(page_of(tag)), name="École"))
    client.post(page_of(tag), filled_in(client.get(page_of(tag)), name="ÉCOLE"))
    client.post(page_of(tag), filled_in(client.get(page_of(tag)), name="CAFÉ"))
    tag.refresh_from_db()
    assert tag.name == "ÉCOLE"


def test_another_word_for_a_tag_is_no_other_tags_name_or_word(client, chief):
    make_tag("café")
    make_tag_synonym(make_tag("school"), "Schule")
    tag = make_tag("coffee")
    for taken in ["CAFÉ", "ＳＣＨＵＬＥ"]:
        response = client.post(
            page_of(tag), add_row(filled_in(client.get(page_of(tag))), "synonyms", name=taken)
        )
        [formset] = [inline.formset for inline in response.context["inline_admin_formsets"]]
        assert "already" in str(formset.errors)
    client.post(page_of(tag), add_row(filled_in(client.get(page_of(tag))), "synonyms", name="Kaffee"))
    assert [synonym.name for synonym in tag.synonyms.all()] == ["Kaffee"]


def test_tags_that_were_alike_before_can_still_be_mended(client, chief):
    make_tag("straße")
    tag = make_tag("strasse")
    client.post(page_of(tag), filled_in(client.get(page_of(tag)), description="A way."))
    tag.refresh_from_db()
    assert tag.description == "A way."
