"""Who has a story open, what was typed and not saved, and whom nobody tells."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.editorial import audit, open_forms
from articles.editorial.open_forms import (
    SomebodyElses,
    StoryIsGone,
    forget_old,
    is_somebody_elses,
    leave,
    let_go,
    let_go_by,
    note,
    typed_by,
    typed_in,
    what_happened,
    who_else,
)
from articles.models import Article, AuditEntry, OpenForm
from tests.make import make_article, make_open_form, make_status_change, make_user

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 21, 14, 3, tzinfo=dt.UTC)


def after(**passed):
    return NOW + dt.timedelta(**passed)


@pytest.fixture
def ana():
    return make_user("ana", first_name="Ana", last_name="Ruiz")


@pytest.fixture
def ben():
    return make_user("ben", first_name="Ben", last_name="Okri")


@pytest.fixture
def story():
    return make_article()


def tell(by, article, key=None, *, typed=None, at=NOW, version=1):
    """One beat of a form; the key it has."""
    key = key or uuid.uuid4()
    note(key, by=by, article=article, version=version, typed=typed, at=at)
    return key


def seen_by(user, article, *, at, key=None):
    return [str(person) for person in who_else(article, key or uuid.uuid4(), by=user, at=at)]


# Presence
def test_whoever_opened_a_story_is_seen_by_the_next_with_the_time_since(ana, ben, story):
    mine = tell(ana, story)
    assert seen_by(ben, story, at=NOW) == ["Ana Ruiz opened this just now."]
    for seconds in range(20, 181, 20):
        tell(ana, story, mine, at=after(seconds=seconds))
    assert seen_by(ben, story, at=after(seconds=60)) == ["Ana Ruiz has had this open for 1 minute."]
    assert seen_by(ben, story, at=after(minutes=3)) == ["Ana Ruiz has had this open for 3 minutes."]
    assert seen_by(ana, story, at=after(minutes=3), key=mine) == []


def test_after_two_hours_the_hours_are_told(ben, story):
    make_open_form(story, opened_at=NOW, seen_at=after(hours=3))
    assert seen_by(ben, story, at=after(hours=3)) == ["Ana Ruiz has had this open for 3 hours."]


def test_whoever_types_is_seen_typing_and_later_to_have_typed(ana, ben, story):
    tell(ana, story, typed="headline=N")
    assert seen_by(ben, story, at=after(seconds=5)) == ["Ana Ruiz opened this just now and is typing."]
    assert seen_by(ben, story, at=after(seconds=70)) == [
        "Ana Ruiz has had this open for 1 minute and has typed what is not saved yet."
    ]


def test_whoever_is_silent_for_ninety_seconds_is_gone_and_whoever_closes_the_form_at_once(ana, ben, story):
    mine = tell(ana, story, typed="headline=N")
    assert seen_by(ben, story, at=after(seconds=89)) != []
    assert seen_by(ben, story, at=after(seconds=90)) == []
    tell(ana, story, mine, at=after(seconds=95))
    assert seen_by(ben, story, at=after(seconds=96)) != []
    leave(mine, by=ana, at=after(seconds=96))
    assert seen_by(ben, story, at=after(seconds=96)) == []
    assert [form.typed for form in typed_by(ana, story)] == ["headline=N"]


def test_a_form_that_is_closed_with_nothing_typed_leaves_no_row(ana, story):
    leave(tell(ana, story), by=ana)
    assert not OpenForm.objects.exists()


def test_nobody_closes_the_form_of_somebody_else(ana, ben, story):
    leave(tell(ana, story), by=ben)
    assert OpenForm.objects.count() == 1


def test_several_tabs_of_one_person_are_one_line_and_my_own_other_tab_comes_first(ana, ben, story):
    tell(ben, story)
    tell(ben, story, at=after(minutes=1))
    mine, other = tell(ana, story, at=after(minutes=1)), tell(ana, story, at=after(minutes=1))
    assert seen_by(ana, story, at=after(seconds=80), key=mine) == [
        "You have this open in another tab or on another device.",
        "Ben Okri has had this open for 1 minute.",
    ]
    tell(ana, story, other, typed="headline=N", at=after(minutes=1))
    assert seen_by(ana, story, at=after(seconds=80), key=mine)[0] == (
        "You have this open in another tab or on another device, with text that is not saved yet."
    )


def test_the_form_that_comes_back_after_a_save_is_the_same_sitting(ana, ben, story):
    first = tell(ana, story, typed="headline=N")
    let_go(first, by=ana, article=story, at=after(seconds=60))
    tell(ana, story, at=after(seconds=61))
    assert seen_by(ben, story, at=after(minutes=2)) == ["Ana Ruiz has had this open for 2 minutes."]


def test_a_form_that_was_saved_is_no_longer_open(ana, ben, story):
    let_go(tell(ana, story), by=ana, article=story, at=NOW)
    assert seen_by(ben, story, at=NOW) == []


def test_new_stories_have_no_company(ana, ben):
    tell(ben, None)
    assert note(uuid.uuid4(), by=ana, article=None, version=0, at=NOW).people == []


# What is written down
def test_while_nothing_changes_it_is_written_down_every_twenty_seconds_only(
    ana, story, django_assert_num_queries
):
    mine = tell(ana, story)
    with django_assert_num_queries(1):
        tell(ana, story, mine, at=after(seconds=19))
    with django_assert_num_queries(2):
        tell(ana, story, mine, at=after(seconds=20))
    with django_assert_num_queries(2):
        tell(ana, story, mine, typed="headline=N", at=after(seconds=21))


def test_of_what_others_typed_nothing_is_even_read(ana, ben, story, django_assert_num_queries):
    tell(ben, story, typed="headline=Secret")
    with django_assert_num_queries(1) as read:
        who_else(story, uuid.uuid4(), by=ana, at=NOW)
    assert '"typed",' not in read.captured_queries[0]["sql"]


def test_typing_touches_neither_the_story_nor_its_history(ana, story):
    tell(ana, story, typed="headline=N")
    story.refresh_from_db()
    assert (story.version, AuditEntry.objects.count(), story.revisions.count()) == (1, 0, 0)


@given(
    typed=st.lists(
        st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=20), min_size=1, max_size=6
    )
)
def test_what_is_kept_is_what_was_typed_last(typed):
    OpenForm.objects.all().delete()
    user = make_user()
    key = uuid.uuid4()
    for number, text in enumerate(typed):
        heard = note(
            key,
            by=user,
            article=None,
            version=0,
            typed=f"headline={text}.",
            at=after(seconds=number),
        )
        assert heard.kept
    assert typed_in(key, by=user, article=None) == f"headline={typed[-1]}."


def test_what_is_as_it_was_opened_again_is_not_kept(ana, story):
    mine = tell(ana, story, typed="headline=N")
    assert note(mine, by=ana, article=story, version=1, typed="", at=after(seconds=3)).kept
    assert (typed_by(ana, story), let_go_by(ana, story)) == ([], [])


def test_text_of_a_form_that_is_gone_from_the_database_is_not_called_kept(ana, story, monkeypatch):
    mine = tell(ana, story)
    forms = open_forms.forms_around(story, mine, at=NOW)
    OpenForm.objects.all().delete()
    monkeypatch.setattr(open_forms, "forms_around", lambda *args, **options: forms)
    assert not note(mine, by=ana, article=story, version=1, typed="headline=N", at=NOW).kept


# What was never saved
def test_what_was_typed_and_never_saved_is_found_newest_first_by_whoever_typed_it(ana, ben, story):
    old, new = tell(ana, story, typed="headline=A"), tell(ana, story, typed="headline=B", at=after(hours=1))
    tell(ana, None, typed="headline=C")
    tell(ana, make_article(), typed="headline=D")
    tell(ben, story, typed="headline=E")
    assert [form.key for form in typed_by(ana, story)] == [new, old]
    assert [form.key for form in typed_by(ana, story, apart_from=new)] == [old]
    assert [form.typed for form in typed_by(ana, None)] == ["headline=C"]


def test_what_was_let_go_is_found_no_more_and_the_browser_can_be_told_so(ana, story):
    mine = tell(ana, story, typed="headline=A")
    let_go(mine, by=ana, article=story, at=after(minutes=1))
    assert (typed_by(ana, story), let_go_by(ana, story)) == ([], [mine])


def test_a_save_of_a_form_the_desk_never_heard_of_is_remembered_as_well(ana, ben, story):
    key = uuid.uuid4()
    let_go(key, by=ana, article=story)
    assert (let_go_by(ana, story), let_go_by(ben, story), let_go_by(ana, None)) == ([key], [], [])


def test_text_that_was_on_its_way_while_the_form_was_saved_comes_too_late(ana, story):
    mine = tell(ana, story, typed="headline=A")
    let_go(mine, by=ana, article=story, at=after(seconds=10))
    late = note(mine, by=ana, article=story, version=1, typed="headline=A", at=after(seconds=11))
    assert (late.kept, typed_by(ana, story)) == (False, [])
    still_here = note(mine, by=ana, article=story, version=1, typed="headline=AB", at=after(seconds=16))
    assert (still_here.kept, [form.typed for form in typed_by(ana, story)]) == (True, ["headline=AB"])


def test_a_form_that_was_saved_does_not_forget_it_when_it_says_that_nothing_is_unsaved(ana, story):
    mine = tell(ana, story, typed="headline=A")
    let_go(mine, by=ana, article=story, at=NOW)
    tell(ana, story, mine, typed="", at=after(minutes=1))
    assert let_go_by(ana, story) == [mine]


# Nobody else's
def test_nobody_reads_what_somebody_else_typed(ana, ben, story):
    key = tell(ana, story, typed="headline=Secret")
    assert typed_in(key, by=ben, article=story) == ""
    assert typed_by(ben, story) == []
    assert typed_in(key, by=ana, article=story) == "headline=Secret"


def test_what_was_typed_into_one_story_does_not_go_into_another(ana, story):
    key = tell(ana, story, typed="headline=A")
    assert typed_in(key, by=ana, article=make_article()) == ""
    assert typed_in(key, by=ana, article=None) == ""


def test_nobody_writes_into_the_form_of_somebody_else_nor_lets_it_go(ana, ben, story):
    key = tell(ana, story, typed="headline=A")
    with pytest.raises(SomebodyElses):
        tell(ben, story, key, typed="headline=B")
    let_go(key, by=ben, article=story)
    assert [form.typed for form in typed_by(ana, story)] == ["headline=A"]
    assert (is_somebody_elses(key, by=ben), is_somebody_elses(key, by=ana)) == (True, False)


def test_a_form_stands_for_one_story(ana, story):
    key = tell(ana, story)
    for other in (make_article(), None):
        with pytest.raises(SomebodyElses):
            tell(ana, other, key)


# In the end
def test_silent_forms_are_forgotten_after_a_day_and_typed_text_after_thirty(ana, story):
    silent, typed = tell(ana, story), tell(ana, story, typed="headline=A")
    gone = uuid.uuid4()
    let_go(gone, by=ana, article=story, at=NOW)
    forget_old(after(hours=24))
    assert OpenForm.objects.count() == 3
    forget_old(after(hours=25))
    assert set(OpenForm.objects.values_list("key", flat=True)) == {typed, gone}
    assert silent not in {typed, gone}
    forget_old(after(days=30))
    assert OpenForm.objects.count() == 2
    forget_old(after(days=30, seconds=1))
    assert not OpenForm.objects.exists()


def test_whoever_opens_a_form_clears_away_what_is_too_old(ana, ben, story):
    tell(ana, story)
    mine = tell(ben, story, at=after(days=2))
    assert OpenForm.objects.get().key == mine


# A story deleted while its form tells of itself
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "tell_of_it", [tell, lambda by, article: let_go(uuid.uuid4(), by=by, article=article)]
)
def test_a_form_of_a_story_deleted_a_moment_ago_is_refused_and_leaves_nothing(ana, story, tell_of_it):
    Article.objects.filter(pk=story.pk).delete()
    with pytest.raises(StoryIsGone):
        tell_of_it(ana, story)
    assert not OpenForm.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_a_database_refuses_for_another_reason_is_not_taken_for_a_deletion(ana, story, monkeypatch):
    def refuse(*forms, **options):
        raise IntegrityError

    monkeypatch.setattr(OpenForm.objects, "bulk_create", refuse)
    with pytest.raises(IntegrityError):
        tell(ana, story)


# What happened meanwhile
def test_what_happened_to_the_story_names_who_what_and_when(ana, story):
    assert what_happened(story) == "This story was changed since you opened it."
    audit.record(AuditEntry.Action.CHANGED, story, by=ana)
    local = timezone.localtime()
    assert what_happened(story) in {f"Ana Ruiz saved this story at {local:%H:%M}."}
    make_status_change(story, by_name="Ben Okri", at=timezone.now() + dt.timedelta(seconds=5))
    assert what_happened(story).startswith("Ben Okri moved this story to “in review” at ")


def test_what_happened_on_another_day_says_so(story):
    make_status_change(story, at=dt.datetime(2018, 9, 25, 20, 5, tzinfo=dt.UTC))
    assert what_happened(story) == "Ana Ruiz moved this story to “in review” on 25 September at 13:05."
