import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from articles.models import OpenForm
from tests.make import make_article, make_open_form, make_user
from tests.models.refusals import Refusal, each

pytestmark = pytest.mark.django_db

REFUSALS = [Refusal("open_form_has_a_person", make_open_form, {"by_username": ""})]


@pytest.mark.parametrize(("refusal", "way"), each(REFUSALS))
def test_the_database_refuses(refusal, way):
    refusal.try_by(way)


def test_reads_as_who_is_at_which_story():
    assert str(make_open_form(make_article("Talks fail"))) == "Ana Ruiz: Talks fail"
    assert str(make_open_form()) == "Ana Ruiz: a new story"


@time_machine.travel(dt.datetime(2018, 9, 26, 12, tzinfo=dt.UTC), tick=False)
def test_is_opened_and_heard_of_at_once():
    form = make_open_form()
    assert form.opened_at == form.seen_at == timezone.now()


def test_one_person_may_have_a_story_open_twice():
    story = make_article()
    forms = {make_open_form(story), make_open_form(story)}
    assert set(story.open_forms.all()) == forms


def test_is_named_by_a_key_of_its_own():
    make_open_form()
    form = make_open_form()
    assert form.natural_key() == (str(form.key),)
    assert OpenForm.objects.get_by_natural_key(str(form.key)) == form


def test_what_was_typed_outlives_the_account():
    user = make_user("ana")
    form = make_open_form(by_username=user.username, typed="{}")
    user.delete()
    assert OpenForm.objects.get() == form


def test_falls_with_its_story_and_that_of_a_new_story_stays():
    form, new = make_open_form(make_article()), make_open_form()
    form.article.delete()
    assert OpenForm.objects.get() == new
