import datetime as dt
import json
import uuid

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.serializers import serialize
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import LiveDraft, Revision
from tests.make import make_article, make_image, make_live_draft, make_revision, make_user
from tests.models.refusals import Refusal, each

pytestmark = pytest.mark.django_db

REFUSALS = [
    Refusal("revision_kind_is_known", make_revision, {"kind": "guessed"}),
    Refusal("revision_judgement_is_known", make_revision, {"judgement": "shrugged"}),
    Refusal("revision_has_a_person", make_revision, {"by_username": ""}),
    Refusal("revision_has_content", make_revision, {"content": " \n "}),
]


@pytest.mark.parametrize(("refusal", "way"), each(REFUSALS))
def test_the_database_refuses(refusal, way):
    refusal.try_by(way)


def test_reads_as_its_name_or_else_as_its_version():
    assert str(make_revision(name="as sent to the lawyers")) == "as sent to the lawyers"
    assert str(make_revision(version=4)) == "Version 4"


@time_machine.travel(dt.datetime(2018, 9, 26, 12, tzinfo=dt.UTC), tick=False)
def test_bears_the_moment_it_was_saved():
    assert make_revision().at == timezone.now()


def test_is_named_by_a_key_of_its_own_which_stands_in_files_as_text():
    make_revision()
    key = "33333333-3333-4333-8333-333333333333"
    revision = make_revision(key=uuid.UUID(key))
    assert revision.natural_key() == (key,)
    assert Revision.objects.get_by_natural_key(key) == revision


def test_the_newest_comes_first_and_of_one_moment_the_last_written():
    story, noon = make_article(), dt.datetime(2018, 9, 26, 12, tzinfo=dt.UTC)
    first, second, third = [make_revision(story, at=noon + dt.timedelta(hours=hours)) for hours in (1, 2, 1)]
    assert list(story.revisions.newest_first()) == list(story.revisions.all()) == [second, third, first]


def test_what_was_saved_is_neither_what_is_a_draft_nor_what_was_only_typed():
    revisions = {kind: make_revision(kind=kind) for kind in Revision.Kind.values}
    assert list(Revision.objects.saved()) == [revisions["saved"]]


def test_a_fixture_does_not_number_its_rows():
    make_revision(numbers="[17]")
    [entry] = json.loads(serialize("json", Revision.objects.all()))
    assert "numbers" not in entry["fields"]
    assert "content" in entry["fields"]


def test_its_content_is_kept_to_the_letter():
    content = json.dumps([{"body": "<p>记者 “No.”</p>\n\n\t€ \\ \x00"}], ensure_ascii=False)
    kept = Revision.objects.get(pk=make_revision(content=content).pk)
    assert kept.content == content


def test_outlives_the_account_that_saved_it():
    user = make_user("ana")
    revision = make_revision(by_username=user.username)
    user.delete()
    revision.refresh_from_db()
    assert revision.by_username == "ana"


def test_falls_with_its_story():
    revision = make_revision()
    other = make_revision()
    revision.article.delete()
    assert Revision.objects.get() == other


def test_holds_no_picture_in_place():
    """What it keeps is words: the picture it names can be deleted."""
    image = make_image()
    story = make_article(image=image)
    make_revision(story)
    story.image = None
    story.save()
    image.delete()
    assert image.slug in story.revisions.get().content


class TestLiveDraft:
    def test_reads_as_the_story_it_is_a_draft_of(self):
        assert str(make_live_draft(make_article("Talks fail"))) == "Draft of Talks fail"

    def test_a_story_has_one(self):
        draft = make_live_draft()
        with pytest.raises(IntegrityError), transaction.atomic():
            make_live_draft(draft.article)

    def test_is_named_by_its_story(self):
        make_live_draft()
        draft = make_live_draft(make_article(slug="strike"))
        assert draft.natural_key() == ("strike",)
        assert LiveDraft.objects.get_by_natural_key("strike") == draft

    def test_is_a_revision_of_its_own_story(self):
        draft = make_live_draft()
        draft.full_clean()
        draft.revision = make_revision(version=4)
        with pytest.raises(ValidationError) as refused:
            draft.full_clean()
        assert refused.value.message_dict == {
            "revision": ["“Version 4” is of another story. Choose a revision of this one."]
        }

    def test_falls_with_its_story_and_with_its_revision(self):
        first, second = make_live_draft(), make_live_draft()
        first.article.delete()
        assert LiveDraft.objects.get() == second
        second.revision.delete()
        assert not LiveDraft.objects.exists()

    def test_when_it_is_let_go_of_its_revision_stays(self):
        draft = make_live_draft()
        draft.delete()
        assert Revision.objects.get() == draft.revision
