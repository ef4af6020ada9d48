import datetime as dt
from unittest.mock import patch

import pytest
from django.utils import timezone

from articles.admin import bulk_steps
from articles.editorial.workflow import STEPS, take_step
from articles.models import Article, StatusChange
from tests.admin.forms import LIST, messages, page_of
from tests.make import (
    MANAGING_EDITOR,
    REPORTER,
    make_article,
    make_author,
    make_correction,
    make_desk_user,
    make_editor,
    make_published,
    make_quote,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db

NUMBERS = "_selected_action"


def make_ready(headline=None, **values):
    return make_article(headline, by=[make_author()], tags=[make_tag()], **{"status": "review", **values})


def choose(client, step, stories, *, listed=LIST, **more):
    """What the list sends when the action is run."""
    chosen = {"action": f"take_{step}", NUMBERS: [story.pk for story in stories], "index": "0", **more}
    return client.post(listed, chosen, follow=True)


def go_on(client, page, **answer):
    """Sends the form of the page in between, with the answer typed in."""
    form = page.context["form"]
    sent = {
        "action": page.context["action_name"],
        NUMBERS: page.context["chosen"],
        "seen": form["seen"].value(),
        **{name: "" for name in form.fields if name != "seen"},
        **answer,
    }
    return client.post(page.context["back"], sent, follow=True)


def statuses():
    return dict(Article.objects.values_list("headline", "status"))


def test_the_page_in_between_moves_nothing_and_says_what_would_happen(client, editor):
    stories = [make_ready("First"), make_ready("Second")]
    page = choose(client, "publish", stories)
    assert statuses() == {"First": "review", "Second": "review"}
    text = page.content.decode()
    for words in ("First", "Second", "Readers see them at once", "Type 2 to go on with 2 stories"):
        assert words in text
    assert f'href="{page_of(stories[0])}"' in text


def test_each_story_is_judged_on_its_own_and_a_refusal_leads_to_what_is_missing(client, editor):
    ready, unready = make_ready("Ready"), make_article("Unready <b>", status="review")
    page = choose(client, "publish", [ready, unready])
    assert (page.context["not_ready"], page.context["with_advice"]) == (1, 0)
    told = messages(go_on(client, page, count="2", note="All at once."))
    assert statuses() == {"Ready": "published", "Unready <b>": "review"}
    assert StatusChange.objects.get().note == "All at once."
    assert told[0] == "Publish now: done for 1 story."
    assert told[1].startswith("Not done for 1 story:")
    assert "“Unready &lt;b&gt;” is not ready." in told[1]
    assert f'href="{page_of(unready)}#bylines-group"' in told[1]


@pytest.mark.parametrize("typed", ["", "1", "3", "two", "-2"])
def test_another_number_than_that_of_the_stories_moves_nothing_and_asks_again(client, editor, typed):
    page = choose(client, "publish", [make_ready("First"), make_ready("Second")])
    again = go_on(client, page, count=typed)
    assert statuses() == {"First": "review", "Second": "review"}
    assert "count" in again.context["form"].errors
    go_on(client, again, count="2")
    assert statuses() == {"First": "published", "Second": "published"}


def test_a_story_changed_while_the_page_was_open_is_refused_and_the_others_are_not(client, editor):
    changed, other = make_ready("Changed"), make_ready("Other")
    page = choose(client, "publish", [changed, other])
    Article.objects.filter(pk=changed.pk).update(version=2, headline="Changed since")
    told = messages(go_on(client, page, count="2"))
    assert statuses() == {"Changed since": "review", "Other": "published"}
    assert "“Changed since” is not as you saw it any more" in told[1]


def test_a_story_moved_out_of_the_narrowed_list_meanwhile_is_named_too(client, editor):
    moved, other = make_ready("Moved"), make_ready("Other")
    page = choose(client, "publish", [moved, other], listed=f"{LIST}?status=review")
    take_step(moved, "send_back", by=make_editor())
    told = messages(go_on(client, page, count="2"))
    assert statuses() == {"Moved": "draft", "Other": "published"}
    assert "“Moved” is not as you saw it any more" in told[1]


def test_a_story_deleted_meanwhile_is_told_by_its_number(client, editor):
    gone, other = make_ready("Gone"), make_ready("Other")
    page = choose(client, "publish", [gone, other])
    number = gone.pk
    gone.delete()
    told = messages(go_on(client, page, count="2"))
    assert statuses() == {"Other": "published"}
    assert f"“Story number {number}” is not there any more" in told[1]


def test_a_step_readers_do_not_notice_asks_for_no_number(client, editor):
    page = choose(client, "submit", [make_article("A"), make_article("B")])
    assert "count" not in page.context["form"].fields
    assert messages(go_on(client, page)) == ["Hand in for review: done for 2 stories."]
    assert statuses() == {"A": "review", "B": "review"}


def test_for_one_story_nothing_is_typed_unless_it_is_deleted(client, editor):
    article = make_ready(status="scheduled", published_at=timezone.now() + dt.timedelta(days=1))
    page = choose(client, "unschedule", [article])
    assert "count" not in page.context["form"].fields
    go_on(client, page)
    article.refresh_from_db()
    assert article.status == "review"


@pytest.mark.parametrize("name", [step.name for step in STEPS.values() if step.is_counted])
def test_no_counted_step_is_taken_without_the_number(client, editor, name):
    status = next(iter(STEPS[name].sources))
    published_at = dt.datetime(2018, 9, 25, tzinfo=dt.UTC)
    articles = [make_ready(status=status, published_at=published_at) for _ in range(2)]
    Article.objects.filter(status="scheduled").update(published_at=dt.datetime(2099, 9, 25, tzinfo=dt.UTC))
    stored = f"{LIST}?status={status}"
    go_on(client, choose(client, name, articles, listed=stored), goes_out_at="2099-01-01T06:00")
    assert list(Article.objects.values_list("status", flat=True)) == [status] * 2
    assert not StatusChange.objects.exists()


class TestScheduling:
    def test_gives_all_of_them_one_moment_in_the_newsrooms_time(self, client, editor):
        page = choose(client, "schedule", [make_ready("A"), make_ready("B")])
        assert "Los Angeles time" in page.content.decode()
        go_on(client, page, count="2", goes_out_at="2099-07-01T06:00")
        assert statuses() == {"A": "scheduled", "B": "scheduled"}
        moments = set(Article.objects.values_list("published_at", flat=True))
        assert moments == {dt.datetime(2099, 7, 1, 13, tzinfo=dt.UTC)}

    @pytest.mark.parametrize("moment", ["", "soon", "2001-01-01T00:00", "2099-03-08T02:30"])
    def test_asks_again_for_a_moment_that_cannot_be(self, client, editor, moment):
        page = choose(client, "schedule", [make_ready("A")])
        again = go_on(client, page, count="1", goes_out_at=moment)
        assert "goes_out_at" in again.context["form"].errors
        assert statuses() == {"A": "review"}


class TestEmptyingTheBin:
    def make_binned(self):
        was_out = make_article(
            "Was out", status="binned", published_at=dt.datetime(2018, 9, 25, tzinfo=dt.UTC)
        )
        make_quote(was_out)
        make_quote(was_out)
        make_correction(was_out)
        return [was_out, make_article("Never out", status="binned")]

    def test_says_what_falls_with_the_stories(self, client, editor):
        page = choose(client, "empty", self.make_binned(), listed=f"{LIST}?status=binned")
        assert page.context["falls"] == (
            "With them fall 2 quotes and 1 correction. Readers had seen 1 story of these."
        )
        assert "They cannot be restored." in page.content.decode()

    def test_deletes_them_for_good_once_the_number_is_typed(self, client, editor):
        kept = make_published("Kept")
        page = choose(client, "empty", self.make_binned(), listed=f"{LIST}?status=binned")
        assert messages(go_on(client, page, count="2")) == ["Delete for good: done for 2 stories."]
        assert list(Article.objects.all()) == [kept]
        assert [change.step for change in StatusChange.objects.all()] == ["empty", "empty"]

    def test_refuses_what_is_not_in_the_bin(self, client, editor):
        page = choose(client, "empty", [make_article("A draft")])
        told = messages(go_on(client, page, count="1"))
        assert "“A draft” is draft; “Delete for good” is not possible from there." in told[0]
        assert statuses() == {"A draft": "draft"}


def test_advice_is_counted_apart_from_what_is_missing(client, editor):
    stories = [
        make_ready("Fine"),
        make_ready("Advised", deck=""),
        make_article("Missing", status="review", deck=""),
    ]
    page = choose(client, "publish", stories)
    assert (page.context["not_ready"], page.context["with_advice"]) == (1, 1)
    assert "There is no deck" in page.content.decode()


def test_of_many_stories_the_first_are_named_and_the_rest_counted(client, editor):
    section = make_section()
    stories = [make_article(f"Story no. {number:02}", section=section) for number in range(23)]
    page = choose(client, "submit", stories)
    assert (len(page.context["rows"]), page.context["more"]) == (20, 3)
    text = page.content.decode()
    assert ("Story no. 19" in text, "Story no. 20" in text, "and 3 more" in text) == (True, False, True)
    go_on(client, page)
    assert set(statuses().values()) == {"review"}


def test_too_many_at_once_are_refused(client, editor):
    section = make_section()
    stories = [make_article(section=section) for _ in range(3)]
    with patch.object(bulk_steps, "MOST_AT_ONCE", 2):
        response = choose(client, "submit", stories)
    assert messages(response) == ["At most 2 stories are moved at once. Narrow the list, or choose fewer."]
    assert set(statuses().values()) == {"draft"}


@pytest.mark.parametrize(
    "damaged", ["", "1", "1:x", "x:1", f"{2**70}:1", "1:1:1", " ".join(f"{n}:1" for n in range(1, 200))]
)
def test_a_damaged_list_of_stories_moves_nothing(client, editor, damaged):
    article = make_article()
    response = choose(client, "submit", [article], seen=damaged)
    assert messages(response) == ["The list of stories is damaged. Go back and choose them again."]
    article.refresh_from_db()
    assert article.status == "draft"


def test_somebody_without_the_right_has_no_such_action(client):
    client.force_login(make_desk_user(REPORTER))
    article = make_ready()
    listed = client.get(LIST).content.decode()
    assert ("take_submit" in listed, "take_publish" in listed, "take_empty" in listed) == (True, False, False)
    choose(client, "publish", [article], seen=f"{article.pk}:{article.version}", count="1")
    article.refresh_from_db()
    assert article.status == "review"


def test_a_story_of_somebody_else_is_refused_to_a_reporter(client):
    reporter = make_desk_user(REPORTER)
    client.force_login(reporter)
    mine, theirs = make_article("Mine", created_by=reporter), make_article("Theirs")
    told = messages(go_on(client, choose(client, "submit", [mine, theirs])))
    assert statuses() == {"Mine": "review", "Theirs": "draft"}
    assert "You may not do that with “Theirs”" in told[1]


def test_every_step_of_the_table_is_an_action_of_the_list(client):
    client.force_login(make_desk_user(MANAGING_EDITOR))
    make_article()
    choices = {value for value, _ in client.get(LIST).context["action_form"].fields["action"].choices}
    assert choices == {"", *(f"take_{name}" for name in STEPS)}
