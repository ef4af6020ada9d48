"""On a database with stories: nothing of theirs changes, there and back again."""

import pytest
from django.db import connection

from articles.models import Article
from tests.fixtures import load_all
from tests.make import make_correction, make_status_change
from tests.migrations.states import at
from tests.migrations.test_the_desk import every_row

BEFORE = "0007_history_is_sealed"
NEW = {"article_words", "article_embargoes", "article_ends"}


def indexes():
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, Article._meta.db_table))


@pytest.mark.django_db(transaction=True)
def test_a_database_with_stories_gets_the_indexes_and_loses_nothing():
    load_all()
    story = Article.objects.first()
    make_correction(story)
    make_status_change(story)
    kept = every_row()
    assert indexes() >= NEW
    with at(BEFORE):
        assert not indexes() & NEW
        assert "article_newest" in indexes()
        assert every_row() == kept
    assert indexes() >= NEW
    assert every_row() == kept
