import pytest
from django.contrib.auth.models import Group, User

from articles.editorial.revisions.drafts import keep_draft
from articles.editorial.revisions.fragment import fragment_of
from articles.editorial.uses import WORDS, relations_to, uses_of
from articles.models import Article, Author, Illustration, Image, Quote, Section, Source, Statement, Tag
from tests.make import (
    make_affiliation,
    make_alias,
    make_article,
    make_author,
    make_byline,
    make_image,
    make_published,
    make_quote,
    make_reply_request,
    make_section,
    make_source,
    make_statement,
    make_tag,
    make_tag_synonym,
    make_user,
)

pytestmark = pytest.mark.django_db

DELETED_ON_THE_DESK = [Author, Group, Image, Section, Source, Statement, Tag, User]


def everything(model):
    return model._default_manager.all()


def nothing_but(*kept):
    def visible(model):
        return model._default_manager.filter(pk__in=[row.pk for row in kept if isinstance(row, model)])

    return visible


def told(thing, visible=everything, at_most=20):
    """Each use in words, with what is named."""
    uses = uses_of([thing], visible=visible, at_most=at_most)[thing.pk]
    return [(str(use), [str(row) for row, _ in use.places], use.more) for use in uses]


@pytest.mark.parametrize("model", DELETED_ON_THE_DESK, ids=lambda model: model.__name__)
def test_every_column_that_leads_to_what_can_be_deleted_has_its_words(model):
    unnamed = [relation.name for relation in relations_to(model) if relation.name not in WORDS]
    assert unnamed == [], "Say in articles.editorial.uses what a row of this column is to what it leads to."


def test_a_source_is_used_wherever_it_speaks_reports_is_asked_or_gives_a_title():
    source = make_source(kind="organisation")
    said, reported, asked = make_article("Said"), make_article("Reported"), make_article("Asked")
    make_quote(said, source)
    make_quote(said, source)
    make_quote(reported, reported_by=source)
    make_reply_request(asked, source)
    make_affiliation(make_source("Ada Law"), source)
    make_alias(source, "CBP")
    assert sorted(told(source)) == [
        ("And with it 1 alias", ["CBP"], 0),
        ("Asked for comment in 1 story", ["Asked"], 0),
        ("Named as who reported a quote in 1 story", ["Reported"], 0),
        ("Quoted in 1 story", ["Said"], 0),
        ("Where 1 source held a title", ["Ada Law"], 0),
    ]


def test_how_often_a_source_speaks_in_a_story_is_counted():
    quote = make_quote()
    make_quote(quote.article, quote.source)
    [use] = uses_of([quote.source], visible=everything, at_most=20)[quote.source_id]
    assert use.places == [(quote.article, 2)]


def test_a_picture_is_used_on_top_of_stories_and_in_their_text():
    image = make_image()
    make_article("On top", image=image)
    Illustration.objects.create(article=make_article("Within"), image=image)
    assert sorted(told(image)) == [
        ("In the text of 1 story", ["Within"], 0),
        ("On top of 1 story", ["On top"], 0),
    ]


def test_a_tag_keeps_nothing_and_says_what_loses_it():
    tag = make_tag()
    make_tag_synonym(tag, "flooding")
    make_article("One", tags=[tag])
    make_article("Two", tags=[tag])
    uses = uses_of([tag], visible=everything, at_most=20)[tag.pk]
    assert not any(use.relation.keeps for use in uses)
    assert sorted(map(str, uses)) == ["And with it 1 tag synonym", "Taken off 2 stories"]


def test_an_account_keeps_what_it_agreed_to_and_lets_go_of_the_rest():
    user = make_user()
    make_author("Ida Wells", user=user)
    make_article("Begun", created_by=user)
    make_quote(
        make_article("Agreed"),
        terms="unnamed",
        attribution="an aide",
        unnamed_reason="Fear.",
        approved_by=user,
    )
    user.groups.add(Group.objects.create(name="Night desk"))
    uses = uses_of([user], visible=everything, at_most=20)[user.pk]
    assert [str(use) for use in uses if use.relation.keeps] == ["Agreed to not naming a source in 1 story"]
    assert sorted(str(use) for use in uses if not use.relation.keeps) == [
        "No longer known as who started 1 story",
        "No longer the account of 1 author",
    ]


def test_a_role_is_taken_from_those_who_have_it():
    role = Group.objects.create(name="Night desk")
    make_user("ana").groups.add(role)
    assert told(role) == [("Taken from 1 user", ["ana"], 0)]


def test_the_newest_places_are_named_and_the_others_counted():
    section = make_section()
    for n in range(5):
        make_article(f"Story {n}", section=section)
    assert told(section, at_most=2) == [("The section of 5 stories", ["Story 4", "Story 3"], 3)]


def test_of_places_somebody_may_not_see_it_is_only_said_that_there_are_some():
    section = make_section()
    seen, hidden = make_article("Seen", section=section), make_article("Hidden", section=section)
    [use] = uses_of([section], visible=nothing_but(seen), at_most=20)[section.pk]
    assert (str(use), use.places, use.unseen) == ("The section of 1 story", [(seen, 1)], 1)
    assert told(section, visible=nothing_but()) == [("The section of stories you may not see", [], 0)]
    assert hidden.section == section


def test_what_only_the_draft_of_a_published_story_names_is_used_there():
    author, source, dropped = make_author(), make_source(), make_source("No longer in it")
    article = make_published("Redrafted")
    quote = make_quote(article, dropped)
    Quote.objects.filter(pk=quote.pk).update(source=source)
    make_byline(article, author)
    drafted = fragment_of(article)
    Quote.objects.all().delete()
    article.bylines.all().delete()
    keep_draft(article, drafted, by=make_user())
    in_the_draft = [("Named in the draft of 1 story", ["Redrafted"], 0)]
    assert told(source) == told(author) == in_the_draft
    assert told(dropped) == []
    assert told(source, visible=nothing_but()) == [("Named in the draft of stories you may not see", [], 0)]


def test_each_of_many_is_told_its_own_uses_in_as_many_queries_as_one(django_assert_max_num_queries):
    def ask(rows):
        return uses_of(rows, visible=everything, at_most=3)

    sources = [make_source() for _ in range(30)]
    for source in sources[:10]:
        for _ in range(4):
            make_quote(make_article(section=None), source, statement=make_statement())
        make_reply_request(source=source)
    with django_assert_max_num_queries(12) as for_all:
        found = ask(sources)
    with django_assert_max_num_queries(12) as for_one:
        ask(sources[:1])
    assert len(for_all) == len(for_one)
    assert {key for key, uses in found.items() if uses} == {source.pk for source in sources[:10]}
    assert {str(use) for uses in found.values() for use in uses} == {
        "Quoted in 4 stories",
        "Asked for comment in 1 story",
    }
    assert Article.objects.count() == 50
