import pytest
from django.urls import reverse

from articles.admin.findings import findings
from tests.admin.forms import page_of, save
from tests.make import (
    make_article,
    make_author,
    make_desk_user,
    make_published,
    make_quote,
    make_section,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_the_fragment_lists_what_is_needed_and_advised_with_links_to_where_it_is_mended(rf):
    article = make_article(section=None, body="<p>“Not a record of it.”</p>", by=[make_author()])
    make_quote(article, text="Elsewhere.")
    html = findings(rf.get("/"), article).render().content.decode()
    assert "Needed before readers see it: 2" in html
    assert "Worth another look: 3" in html
    for anchor in ("id_section", "quotes-0", "id_tags", "quotes-group"):
        assert f'href="#{anchor}"' in html
    assert "<html" not in html


def test_a_story_that_lacks_nothing_says_so(rf):
    article = make_article(by=[make_author()], tags=[make_tag()])
    html = findings(rf.get("/"), article).render().content.decode()
    assert "Nothing is missing." in html
    assert "<li" not in html


def test_what_a_finding_quotes_is_text_and_never_markup(rf):
    article = make_article(body="<p>“&lt;script&gt;alert(1) and more words&lt;/script&gt;”</p>")
    html = findings(rf.get("/"), article).render().content.decode()
    assert "&lt;script&gt;alert(1)" in html
    assert "<script" not in html


def test_every_finding_leads_to_a_place_on_the_form(client, editor):
    article = make_article("x" * 91, section=None, deck="", body="<p>“Not a record of it.”</p>")
    make_article("x" * 91, slug=f"{article.slug}-2")
    make_quote(article, text="Elsewhere.")
    response = client.get(page_of(article))
    html = response.content.decode()
    anchors = {finding["anchor"] for finding in response.context["panel"]["findings"]}
    assert anchors >= {
        "id_section",
        "bylines-group",
        "quotes-0",
        "id_deck",
        "id_headline",
        "id_slug",
        "id_tags",
    }
    for anchor in anchors:
        assert f'id="{anchor}"' in html


def test_they_are_read_anew_from_the_story_as_it_is_saved(client, editor):
    article = make_article(section=None)
    address = reverse("admin:articles_article_findings", args=[article.pk])
    assert "no section" in client.get(address).content.decode()
    save(client, article, section=str(make_section().pk))
    assert "no section" not in client.get(address).content.decode()


def test_of_a_story_with_a_draft_they_are_those_of_the_draft_for_who_writes_it(client, editor):
    article = make_published(by=[make_author()])
    save(client, article, body="")
    address = reverse("admin:articles_article_findings", args=[article.pk])
    assert "no text" in client.get(address).content.decode()
    client.force_login(make_desk_user(["view_article"]))
    assert "no text" not in client.get(address).content.decode()


def test_nobody_else_reads_them(client):
    article = make_article()
    client.force_login(make_user())
    assert client.get(reverse("admin:articles_article_findings", args=[article.pk])).status_code == 403
    assert client.get(reverse("admin:articles_article_findings", args=[10**9])).status_code in (403, 404)
