"""The moments in a story's form: until when it is under embargo, and when it is withdrawn."""

import datetime as dt

import pytest

from articles.models import Article, Edition
from tests.admin.forms import page_of, save
from tests.make import EDITOR, make_article, make_author, make_desk_user, make_published, make_tag

pytestmark = pytest.mark.django_db

JULY_1 = dt.datetime(2099, 7, 1, 13, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def errors(response):
    return dict(response.context["adminform"].form.errors)


def make_scheduled(**values):
    return make_article(
        by=[make_author()], tags=[make_tag()], **{"status": "scheduled", "published_at": JULY_1, **values}
    )


@pytest.fixture
def plain_editor(client):
    """Somebody who publishes and schedules, and may not withdraw."""
    client.force_login(make_desk_user(EDITOR))


def test_both_are_kept_in_utc_and_named_by_the_newsrooms_zone(client, editor):
    article = make_article()
    save(client, article, embargo_until="2099-06-01T06:00", withdraw_at="2099-12-01T06:00")
    article.refresh_from_db()
    assert article.embargo_until == dt.datetime(2099, 6, 1, 13, tzinfo=dt.UTC)
    assert article.withdraw_at == dt.datetime(2099, 12, 1, 14, tzinfo=dt.UTC)
    page = client.get(page_of(article)).content.decode()
    assert page.count("In Los Angeles time, P") == 2
    assert "means the first of the two" in page


def test_an_end_that_is_past_is_refused(client, editor):
    article = make_article()
    assert errors(save(client, article, withdraw_at="2018-12-01T06:00")) == {
        "withdraw_at": ["This moment is past. Set one that lies ahead, or none."]
    }


def test_of_a_story_readers_see_the_way_to_end_it_now_is_named(client, editor):
    response = save(client, make_published(), withdraw_at="2018-12-01T06:00")
    assert errors(response) == {
        "withdraw_at": ["This moment is past. To take a story from readers now, use “Withdraw”."]
    }


def test_an_end_that_has_passed_does_not_keep_anybody_from_saving(client, editor):
    article = make_article(withdraw_at=dt.datetime(2018, 12, 1, tzinfo=dt.UTC))
    save(client, article, deck="New")
    article.refresh_from_db()
    assert article.deck == "New"


def test_a_scheduled_story_does_not_end_before_it_goes_out(client, editor):
    response = save(client, make_scheduled(), withdraw_at="2099-07-01T06:00")
    (told,) = errors(response)["withdraw_at"]
    assert told.startswith("The story is to be withdrawn on 1 July 2099, 06:00 PDT, before it would go out")


def test_a_scheduled_story_is_not_put_under_an_embargo_beyond_its_date(client, editor):
    article = make_scheduled()
    response = save(client, article, embargo_until="2099-07-01T06:01")
    (told,) = errors(response)["embargo_until"]
    assert told == "The story is under embargo until 1 July 2099, 06:01 PDT; schedule it for then or after."
    save(client, article, embargo_until="2099-07-01T06:00")
    article.refresh_from_db()
    assert article.embargo_until == JULY_1


def test_no_story_ends_before_its_embargo_does(client, editor):
    response = save(client, make_article(), embargo_until="2099-07-01T06:00", withdraw_at="2099-07-01T05:00")
    (told,) = errors(response)["withdraw_at"]
    assert told.endswith("readers would never see it.")


def test_times_the_clock_leaves_out_are_refused_beside_their_boxes(client, editor):
    response = save(client, make_article(), embargo_until="2099-03-08T02:30", withdraw_at="2099-03-08T02:59")
    assert {name: "nearest times" in text for name, (text,) in errors(response).items()} == {
        "embargo_until": True,
        "withdraw_at": True,
    }


class TestWhileReadersSeeTheStory:
    def test_an_end_is_set_by_somebody_who_may_withdraw(self, client, editor):
        article = make_published()
        save(client, article, "_publish_changes", withdraw_at="2099-12-01T06:00")
        article.refresh_from_db()
        assert article.withdraw_at == dt.datetime(2099, 12, 1, 14, tzinfo=dt.UTC)
        assert Edition.objects.get().next_change_at == article.withdraw_at

    def test_an_end_or_an_earlier_one_is_refused_to_somebody_who_may_not(self, client, plain_editor):
        for kept in (None, dt.datetime(2099, 12, 31, tzinfo=dt.UTC)):
            response = save(client, make_published(withdraw_at=kept), withdraw_at="2099-12-01T06:00")
            (told,) = errors(response)["withdraw_at"]
            assert told.startswith("Readers see this story, and this would take it from them sooner.")

    def test_a_later_end_or_none_is_for_everybody_who_may_publish(self, client, plain_editor):
        for later in ("2099-12-31T06:00", ""):
            article = make_published(withdraw_at=dt.datetime(2099, 12, 1, tzinfo=dt.UTC))
            save(client, article, "_publish_changes", withdraw_at=later)
            assert Article.objects.get(pk=article.pk).withdraw_at != article.withdraw_at

    def test_an_embargo_is_refused_to_somebody_who_may_not_withdraw(self, client, plain_editor):
        response = save(client, make_published(), embargo_until="2099-12-01T06:00")
        (told,) = errors(response)["embargo_until"]
        assert told.startswith("Readers see this story; an embargo would take it from them.")


def test_an_embargo_lifted_from_a_scheduled_story_lets_it_out_on_time(client, editor):
    """The edition knows the earlier moment at once; pages kept until the later one would be stale."""
    article = make_scheduled(embargo_until=JULY_1 + DAY)
    save(client, article, embargo_until="")
    assert Edition.objects.get().next_change_at == JULY_1
