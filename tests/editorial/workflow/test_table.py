from articles.editorial.workflow import STEPS
from articles.models import ArticleStatus, StatusChange


def test_every_state_can_be_left_and_reached():
    left = {source for step in STEPS.values() for source in step.sources}
    reached = {step.target for step in STEPS.values() if step.target} | {ArticleStatus.DRAFT}
    assert left == reached == set(ArticleStatus)


def test_only_a_story_in_the_bin_is_deleted_and_only_by_those_who_may_delete_stories():
    ends = [step for step in STEPS.values() if step.deletes]
    assert [(step.sources, step.permission) for step in ends] == [
        ({ArticleStatus.BINNED}, "articles.delete_article")
    ]


def test_whatever_shows_readers_a_story_or_takes_it_from_them_is_counted_where_it_is_done_to_several():
    public = {
        step.name
        for step in STEPS.values()
        if step.target in ArticleStatus.going_out() or ArticleStatus.PUBLISHED in step.sources
    }
    assert public < {step.name for step in STEPS.values() if step.is_counted}


def test_nothing_goes_out_unjudged():
    for step in STEPS.values():
        assert step.checks_readiness == (step.target in ArticleStatus.going_out()), step.name


def test_history_has_room_for_the_name_of_every_step():
    longest = StatusChange._meta.get_field("step").max_length
    assert all(len(name) <= longest for name in STEPS)
