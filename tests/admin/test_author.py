"""The form of an author."""

import pytest
from django.urls import reverse

from articles.models import Author
from tests.admin.forms import filled_in
from tests.make import make_author, make_user

pytestmark = pytest.mark.django_db


def test_the_desk_says_whether_a_person_or_a_desk_signs(client):
    client.force_login(make_user(may=["view_author", "change_author"]))
    author = make_author("The night desk")
    page = reverse("admin:articles_author_change", args=[author.pk])
    client.post(page, filled_in(client.get(page), kind="desk"))
    assert Author.objects.get().kind == Author.Kind.DESK
    client.post(page, filled_in(client.get(page), kind="machine"))
    assert Author.objects.get().kind == Author.Kind.DESK
