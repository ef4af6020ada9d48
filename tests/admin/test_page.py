import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.db import IntegrityError
from django.urls import reverse

from articles.admin.article import ArticleAdmin
from articles.admin.site import desk
from articles.editorial import audit
from articles.models import Article, AuditEntry, Edition, Source
from tests.admin.forms import filled_in
from tests.make import (
    make_affiliation,
    make_alias,
    make_article,
    make_author,
    make_image,
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


def make_one_of_each(chief):
    article = make_article(by=[make_author()], tags=[make_tag()])
    source = make_source()
    make_alias(source)
    make_affiliation(source)
    make_tag_synonym()
    make_image()
    make_quote(article, source, statement=make_statement())
    make_reply_request(article, source)
    audit.record(AuditEntry.Action.ADDED, article, by=chief)
    article.status_changes.create(
        headline="A",
        step="submit",
        from_status="draft",
        to_status="review",
        by_username="chief",
        by_name="Ida",
    )
    Group.objects.create(name="A role")


@pytest.mark.parametrize("model", list(desk._registry), ids=lambda model: model._meta.model_name)
def test_every_page_of_every_noun_opens(client, chief, model):
    make_one_of_each(chief)
    row = model.objects.first()
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    pages = [reverse(f"{base}_changelist")]
    pages += [reverse(f"{base}_{page}", args=[row.pk]) for page in ("change", "history")]
    request_may_add = desk._registry[model].has_add_permission(type("Request", (), {"user": chief})())
    if request_may_add:
        pages.append(reverse(f"{base}_add"))
    for page in pages:
        assert client.get(page).status_code == 200, page
    assert client.get(reverse(f"{base}_changelist"), {"q": "a"}).status_code == 200


@pytest.mark.parametrize(
    "noun", ["article", "quote", "replyrequest", "source", "tag", "author", "image", "section", "statement"]
)
def test_lists_ask_as_much_for_thirty_rows_as_for_three(client, chief, noun, django_assert_max_num_queries):
    makers = {
        "article": lambda: make_article(by=[make_author(), make_author()], tags=[make_tag()]),
        "quote": make_quote,
        "replyrequest": make_reply_request,
        "source": make_source,
        "tag": make_tag,
        "author": make_author,
        "image": make_image,
        "section": make_section,
        "statement": make_statement,
    }
    page = reverse(f"admin:articles_{noun}_changelist")
    for _ in range(3):
        makers[noun]()
    with django_assert_max_num_queries(15) as with_three:
        client.get(page)
    for _ in range(27):
        makers[noun]()
    with django_assert_max_num_queries(15) as with_thirty:
        client.get(page)
    assert len(with_three) == len(with_thirty)


def test_the_menu_follows_the_days_work(client, chief):
    headings = [group["name"] for group in client.get("/admin/").context["app_list"]]
    assert headings == ["Stories", "Lists", "Administration"]


def test_a_change_is_written_down_and_survives_the_account(client, chief):
    source = make_source("City Hal")
    page = reverse("admin:articles_source_change", args=[source.pk])
    client.post(page, filled_in(client.get(page), name="City Hall"))
    assert Source.objects.get(pk=source.pk).name == "City Hall"
    line = audit.history_of(source).get()
    assert (line.by_name, line.action, line.message) == ("Ida Wells", "changed", "Changed Name.")
    assert b"Changed Name." in client.get(reverse("admin:articles_source_history", args=[source.pk])).content
    User.objects.all().delete()
    assert audit.history_of(source).count() == 1
    assert not LogEntry.objects.exists()


def test_a_change_readers_can_see_makes_a_new_edition(client, chief):
    page = reverse("admin:articles_source_change", args=[make_source().pk])
    before = Edition.objects.filter().count()
    client.post(page, filled_in(client.get(page), name="City Hall"))
    assert Edition.objects.count() == before + 1


def test_a_change_of_somebodys_rights_is_written_down(client, chief):
    role = Group.objects.create(name="Night desk")
    page = reverse("admin:auth_group_change", args=[role.pk])
    client.post(page, filled_in(client.get(page), name="Late desk"))
    assert audit.history_of(role).get().message == "Changed Name."


def test_history_is_for_reading(client, chief):
    audit.record(AuditEntry.Action.ADDED, make_source(), by=chief)
    page = reverse("admin:articles_auditentry_change", args=[AuditEntry.objects.get().pk])
    assert client.post(page, {"message": "Never happened."}).status_code == 403
    assert (
        client.get(
            reverse("admin:articles_auditentry_delete", args=[AuditEntry.objects.get().pk])
        ).status_code
        == 403
    )


def test_history_of_what_is_not_there_or_not_yours_to_see(client, chief):
    assert client.get(reverse("admin:articles_source_history", args=[999])).status_code == 404
    client.force_login(make_user(may=["view_article"]))
    assert client.get(reverse("admin:articles_source_history", args=[make_source().pk])).status_code == 403


def test_a_source_is_found_by_its_alias_and_a_tag_by_its_synonym(client, chief):
    make_source("Other")
    make_alias(make_source("U.S. Customs and Border Protection"), "CBP")
    make_tag_synonym(make_tag("artificial intelligence"), "AI")

    def suggestions(model, field, term):
        answer = client.get(
            reverse("admin:autocomplete"),
            {"term": term, "app_label": "articles", "model_name": model, "field_name": field},
        )
        return [row["text"] for row in answer.json()["results"]]

    assert suggestions("quote", "source", "cbp") == ["U.S. Customs and Border Protection"]
    assert suggestions("taggedarticle", "tag", "AI") == ["artificial intelligence"]


def test_every_page_of_the_desk_obeys_a_strict_policy(client, chief):
    for page in [
        "/admin/",
        reverse("admin:articles_article_add"),
        reverse("admin:articles_source_changelist"),
    ]:
        policy = client.get(page)["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy


def test_the_body_editors_scripts_carry_the_pages_own_nonce(client, chief):
    response = client.get(reverse("admin:articles_article_add"))
    nonce = response["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    html = response.content.decode()
    assert f'<script nonce="{nonce}" type="importmap">' in html or f'type="importmap" nonce="{nonce}"' in html
    assert "<style" not in html


def test_no_address_makes_the_database_search_for_patterns(client, chief):
    assert client.get("/admin/articles/article/", {"headline__regex": "^(a+)+$"}).status_code == 400
    assert client.get("/admin/articles/source/", {"name__iregex": "["}).status_code == 400


def test_who_loses_a_race_for_an_address_is_served_all_the_same(client, chief, monkeypatch):
    tries = []

    def save_model(page, *args, **options):
        tries.append(1)
        if len(tries) == 1:
            raise IntegrityError("UNIQUE constraint failed: articles_article.slug")
        return save_it(page, *args, **options)

    save_it = ArticleAdmin.save_model
    monkeypatch.setattr(ArticleAdmin, "save_model", save_model)
    page = reverse("admin:articles_article_add")
    client.post(page, filled_in(client.get(page), headline="Flood"))
    assert Article.objects.get(headline="Flood").slug == "flood"
    assert len(tries) == 2


def test_the_import_map_of_the_body_editor_stands_before_every_module(client, chief):
    page = client.get("/admin/articles/article/add/").content.decode()
    modules = [page.index(tag) for tag in re.findall(r'<script[^>]* type="module"[^>]*>', page)]
    assert len(modules) > 2
    assert page.index('type="importmap"') < min(modules)
    assert "articles/desk.js" in page
