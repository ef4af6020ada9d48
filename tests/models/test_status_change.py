import io
import json

import pytest
from django.core.management import call_command

from articles.models import StatusChange
from tests.make import make_article, make_status_change, make_user
from tests.models.history import assert_cannot_be_rewritten, assert_writing_the_same_passes
from tests.models.refusals import BY_BULK_CREATE, BY_CREATE, Refusal, each

pytestmark = pytest.mark.django_db

REFUSALS = [
    Refusal(
        "status_change_has_a_person",
        make_status_change,
        {"by_username": ""},
        ways=(BY_CREATE, BY_BULK_CREATE),
    ),
]


@pytest.mark.parametrize(("refusal", "way"), each(REFUSALS))
def test_the_database_refuses(refusal, way):
    refusal.try_by(way)


def test_reads_as_the_story_and_where_it_went():
    change = make_status_change(make_article("Talks fail"), to_status="published")
    assert str(change) == "Talks fail: published"


def test_a_step_can_be_neither_changed_nor_deleted():
    assert_cannot_be_rewritten(make_status_change)


def test_writing_the_same_once_more_passes():
    assert_writing_the_same_passes(make_status_change)


def test_survives_the_account_that_took_the_step():
    user = make_user("ana")
    change = make_status_change(by_username=user.username)
    user.delete()
    assert StatusChange.objects.get().by_username == change.by_username == "ana"


class TestAfterTheStoryIsGone:
    @pytest.fixture
    def change(self):
        article = make_article("Talks fail")
        change = make_status_change(article)
        article.delete()
        return StatusChange.objects.get(pk=change.pk)

    def test_says_what_story_it_was(self, change):
        assert change.article is None
        assert change.article_id is not None
        assert change.headline == "Talks fail"

    def test_is_listed_with_the_others(self, change):
        other = make_status_change()
        assert list(StatusChange.objects.select_related("article")) == [other, change]
        assert [row.article for row in StatusChange.objects.prefetch_related("article")] == [
            other.article,
            None,
        ]

    @pytest.mark.parametrize("natural", [True, False])
    def test_a_fixture_does_not_name_its_key_which_another_story_may_have_elsewhere(self, change, natural):
        out = io.StringIO()
        call_command("dumpdata", "articles.statuschange", natural_foreign=natural, stdout=out)
        [row] = json.loads(out.getvalue())
        assert (row["fields"]["article"], row["fields"]["headline"]) == (None, "Talks fail")

    def test_the_next_story_does_not_inherit_its_history(self, change):
        assert not make_article().status_changes.exists()
