"""On a database with stories: nothing of theirs is lost, and the desk keeps its own beside them from then on."""

import pytest
from django.db import connection

from articles.models import (
    Article,
    Correction,
    Illustration,
    LiveDraft,
    OpenForm,
    PreviewLink,
    Quote,
    Revision,
)
from tests.fixtures import load_all
from tests.make import (
    make_correction,
    make_illustration,
    make_live_draft,
    make_open_form,
    make_preview_link,
    make_status_change,
)
from tests.migrations.states import at, every_row

BEFORE = "0005_no_story_picks_itself"
NEW = [Illustration, LiveDraft, OpenForm, PreviewLink, Revision]


@pytest.mark.django_db(transaction=True)
def test_a_database_with_stories_keeps_them_and_learns_what_the_desk_keeps():
    load_all()
    story = Article.objects.get(slug="tech-workers-against-government-contracts")
    make_correction(story)
    make_status_change(story)
    kept = every_row(but=NEW)
    assert len(kept["articles.Article"]) == 4
    assert kept["articles.Quote"] and kept["articles.TaggedArticle"] and kept["articles.Article_picks"]
    with at(BEFORE):
        assert not {model._meta.db_table for model in NEW} & set(connection.introspection.table_names())
        assert Quote.objects.count() == len(kept["articles.Quote"])
        assert Correction.objects.defer("on_top").get().article_id == story.pk
    assert every_row(but=NEW) == kept
    assert not Article.objects.exclude(withdraw_at=None).exists()
    assert not Correction.objects.filter(on_top=True).exists()
    link = make_preview_link(story, revision=make_live_draft(story).revision)
    make_illustration(story)
    make_open_form(story)
    link.revision.delete()
    assert (LiveDraft.objects.count(), PreviewLink.objects.count()) == (0, 0)
    story.delete()
    assert not any(model.objects.exists() for model in NEW)
