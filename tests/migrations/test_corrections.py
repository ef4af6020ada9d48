"""On a database with stories: nothing of theirs is lost, and they can be corrected from then on."""

import pytest
from django.db import connection

from articles.models import Article, Correction, Illustration, Quote
from tests.fixtures import load_all
from tests.make import make_correction, make_quote, make_status_change
from tests.migrations.states import at, every_row

BEFORE = "0002_history_is_append_only"
#: Their tables are younger than the state that is gone back to.
NEW = [Correction, Illustration]


@pytest.mark.django_db(transaction=True)
def test_a_database_with_stories_keeps_them_and_learns_to_correct_them():
    load_all()
    story = Article.objects.get(slug="tech-workers-against-government-contracts")
    make_status_change(story)
    kept = every_row(but=NEW)
    assert len(kept["articles.Article"]) == 4
    assert kept["articles.Quote"] and kept["articles.TaggedArticle"] and kept["articles.Article_picks"]
    with at(BEFORE):
        assert Correction._meta.db_table not in connection.introspection.table_names()
        assert Quote.objects.count() == len(kept["articles.Quote"])
    assert every_row(but=NEW) == kept
    quote = make_quote(story)
    make_correction(story, quote=quote)
    quote.delete()
    assert story.corrections.get().quote is None
