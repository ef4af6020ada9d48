import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models import PreviewLink
from tests.make import make_article, make_preview_link, make_revision, make_user
from tests.models.refusals import Refusal, each

pytestmark = pytest.mark.django_db

REFUSALS = [
    Refusal("preview_link_has_a_digest", make_preview_link, {"digest": ""}),
    Refusal("preview_link_has_a_person", make_preview_link, {"by_username": ""}),
]


@pytest.mark.parametrize(("refusal", "way"), each(REFUSALS))
def test_the_database_refuses(refusal, way):
    refusal.try_by(way)


def test_reads_as_the_story_and_for_whom():
    story = make_article("Talks fail")
    assert str(make_preview_link(story, meant_for="the lawyers")) == "Talks fail for the lawyers"
    assert str(make_preview_link(story)) == "Talks fail"


@time_machine.travel(dt.datetime(2018, 9, 26, 12, tzinfo=dt.UTC), tick=False)
def test_bears_the_moment_it_was_made():
    assert make_preview_link().made_at == timezone.now()


def test_is_named_by_a_key_of_its_own():
    make_preview_link()
    link = make_preview_link()
    assert link.natural_key() == (str(link.key),)
    assert PreviewLink.objects.get_by_natural_key(str(link.key)) == link


def test_shows_a_revision_of_its_own_story_or_follows_the_story():
    link = make_preview_link()
    link.full_clean()
    link.revision = make_revision(link.article)
    link.full_clean()
    link.revision = make_revision(version=4)
    with pytest.raises(ValidationError) as refused:
        link.full_clean()
    assert refused.value.message_dict == {
        "revision": ["“Version 4” is of another story. Choose a revision of this one."]
    }


def test_outlives_the_account_that_made_it():
    user = make_user("ana")
    make_preview_link(by_username=user.username)
    user.delete()
    assert PreviewLink.objects.get().by_username == "ana"


def test_falls_with_its_story_and_with_the_revision_it_shows():
    story = make_article()
    following, pinned = make_preview_link(story), make_preview_link(story, revision=make_revision(story))
    pinned.revision.delete()
    assert PreviewLink.objects.get() == following
    story.delete()
    assert not PreviewLink.objects.exists()
