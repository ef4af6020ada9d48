import pytest

from articles.editorial.illustrations import bring_in_line
from articles.editorial.readiness import Weight, look_over, what_blocks
from articles.models import Quote
from tests.make import (
    make_article,
    make_author,
    make_illustration,
    make_image,
    make_managing_editor,
    make_quote,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db


def make_complete(**values):
    return make_article(by=[make_author()], tags=[make_tag()], **values)


def blocking_fields(article):
    return [finding.field for finding in what_blocks(article)]


def test_a_complete_story_lacks_nothing():
    assert look_over(make_complete()) == []


def test_without_text_section_or_byline_a_story_must_not_go_out():
    article = make_article(body="", section=None, tags=[make_tag()])
    assert blocking_fields(article) == ["body", "section", "bylines"]


def test_words_that_are_not_in_the_story_block_with_the_row_to_mend():
    article = make_complete(body="<p>“Here.”</p>")
    make_quote(article, text="Here.")
    make_quote(article, text="Not here.")
    [finding] = what_blocks(article)
    assert (finding.field, finding.row, finding.weight) == ("quotes", 1, Weight.NEEDED)
    assert "“Not here.”" in finding.text


def test_an_unnamed_source_needs_somebody_who_may_agree_to_it():
    article = make_complete(body="<p>“Words.”</p>")
    quote = make_quote(
        article,
        text="Words.",
        terms=Quote.Terms.UNNAMED,
        attribution="an aide",
        unnamed_reason="Fears for the job.",
    )
    assert blocking_fields(article) == ["quotes"]
    Quote.objects.filter(pk=quote.pk).update(approved_by=make_user())
    assert blocking_fields(article) == ["quotes"]
    Quote.objects.filter(pk=quote.pk).update(approved_by=make_managing_editor(is_active=False))
    assert blocking_fields(article) == ["quotes"]
    Quote.objects.filter(pk=quote.pk).update(approved_by=make_managing_editor())
    assert blocking_fields(article) == []
    Quote.objects.filter(pk=quote.pk).update(approved_by=make_user(is_superuser=True))
    assert blocking_fields(article) == []


@pytest.mark.parametrize("nothing", ["\u200b", "...", "\u2800 \u2060"])
def test_a_picture_must_have_a_text_for_those_who_cannot_see_it(nothing):
    assert blocking_fields(make_complete(image=make_image(alt=nothing))) == ["image"]
    assert blocking_fields(make_complete(image=make_image(alt="A bridge"))) == []


def test_a_picture_of_the_text_that_is_gone_blocks_with_the_text_to_mend(django_assert_num_queries):
    article = make_complete(body='<p>Words.</p><figure data-image="gone"></figure>')
    make_illustration(article, make_image(slug="noted"))
    [finding] = what_blocks(article)
    assert (finding.field, finding.row, finding.weight) == ("body", None, Weight.NEEDED)
    assert "“gone”, but there is no such picture" in finding.text
    with django_assert_num_queries(4):  # byline, pictures in the text, whether it is gone, quotes
        what_blocks(article)


def test_a_picture_of_the_text_that_no_row_notes_blocks_until_the_story_is_saved():
    article = make_complete(body='<figure data-image="bridge"></figure><p>Words.</p>')
    make_image(slug="bridge")
    [finding] = what_blocks(article)
    assert (finding.field, finding.weight) == ("body", Weight.NEEDED)
    assert "Saving the story brings it in" in finding.text
    bring_in_line(article)
    assert what_blocks(article) == []


def test_pictures_of_the_text_that_are_all_noted_are_not_looked_up(django_assert_num_queries):
    slugs = [f"picture-{number}" for number in range(9)]
    article = make_complete(body="".join(f'<figure data-image="{slug}"></figure>' for slug in slugs))
    for slug in slugs:
        make_illustration(article, make_image(slug=slug))
    with django_assert_num_queries(3):  # byline, pictures in the text, quotes
        assert what_blocks(article) == []


def test_what_blocks_is_asked_without_looking_anything_up_elsewhere(django_assert_max_num_queries):
    article = make_complete(image=make_image())
    for _ in range(20):
        make_quote(
            article,
            terms=Quote.Terms.UNNAMED,
            attribution="an aide",
            unnamed_reason="Fear.",
            approved_by=make_user(),
        )
    article.refresh_from_db()
    with django_assert_max_num_queries(5):  # byline, picture, pictures in the text, quotes, who may agree
        assert len(what_blocks(article)) == 40
