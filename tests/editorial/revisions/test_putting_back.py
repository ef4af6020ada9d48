import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.editorial.revisions.fragment import content_of, fragment_in, fragment_of
from articles.editorial.revisions.putting_back import CannotPutBack, as_if, put
from articles.models import Article, Quote
from tests.editorial.revisions.stories import World, change, make_story, rows_elsewhere
from tests.make import make_article, make_byline, make_correction, make_quote, make_source, make_tag

SEEDS = st.lists(st.integers(0, 10**6), max_size=6)


class AnyHistory(TestCase):
    def setUp(self):
        self.world = World()
        self.story = make_story(self.world)
        make_story(self.world)

    def change(self, seeds):
        for seed in seeds:
            change(self.story, self.world, seed)

    @settings(max_examples=12, suppress_health_check=list(HealthCheck))
    @given(SEEDS, SEEDS)
    def test_what_is_put_back_is_what_was_and_nothing_else_changes(self, before, after):
        self.change(before)
        was = fragment_of(self.story)
        elsewhere = rows_elsewhere(self.story)
        kept = fragment_in(content_of(was))  # without the numbers of this database
        self.change(after)
        put(self.story, kept)
        self.assertEqual(fragment_of(self.story), was)
        self.assertEqual(rows_elsewhere(self.story), elsewhere)

    @settings(max_examples=12, suppress_health_check=list(HealthCheck))
    @given(SEEDS, SEEDS)
    def test_with_its_numbers_every_row_is_the_row_it_was(self, before, after):
        self.change(before)
        was = fragment_of(self.story)
        self.change(after)
        between = fragment_of(self.story)
        put(self.story, was)
        now = fragment_of(self.story)
        for label, keys in was.numbers.items():
            # A row that was made anew under the same key meanwhile takes its part.
            expected = {key: between.numbers.get(label, {}).get(key, number) for key, number in keys.items()}
            self.assertEqual(now.numbers[label], expected)

    @settings(max_examples=12, suppress_health_check=list(HealthCheck))
    @given(SEEDS, SEEDS)
    def test_what_was_only_as_if_leaves_no_trace(self, before, after):
        was = fragment_of(self.story)
        self.change(before)
        other = fragment_of(self.story)
        put(self.story, was)
        was = fragment_of(self.story)
        elsewhere = rows_elsewhere(self.story)
        with as_if(self.story, other):
            self.assertEqual(fragment_of(self.story), other)
            self.change(after)
        now = fragment_of(self.story)
        self.assertEqual((now, now.numbers), (was, was.numbers))
        self.assertEqual(rows_elsewhere(self.story), elsewhere)


@pytest.mark.django_db
class TestWhatIsGone:
    def test_a_row_that_needs_a_source_that_is_gone_is_not_put_back_and_says_so(self):
        source = make_source("Ada Ferry", slug="ada-ferry")
        story = make_article()
        quote = make_quote(story, source)
        was = fragment_of(story)
        quote.delete()
        source.delete()
        with pytest.raises(CannotPutBack, match="ada-ferry"):
            put(story, was)

    def test_a_source_that_got_another_address_is_still_found(self):
        source = make_source(slug="ada-fery")
        story = make_article()
        quote = make_quote(story, source)
        was = fragment_of(story)
        source.slug = "ada-ferry"
        source.save()
        quote.delete()
        put(story, was)
        assert story.quotes.get().source == source

    def test_a_tag_a_section_and_a_pick_that_are_gone_are_left_out(self):
        tag, pick = make_tag(), make_article()
        story = make_article(tags=[tag])
        story.picks.add(pick)
        was = fragment_of(story)
        tag.delete()
        pick.delete()
        put(story, was)
        assert (story.tags.count(), story.picks.count()) == (0, 0)

    def test_an_address_that_another_story_has_by_now_is_not_taken_from_it(self):
        story = make_article(slug="flood")
        was = fragment_of(story)
        Article.objects.filter(pk=story.pk).update(slug="flood-in-the-valley")
        make_article(slug="flood")
        story.refresh_from_db()
        put(story, was)
        assert Article.objects.get(pk=story.pk).slug == "flood-in-the-valley"

    def test_a_quotes_address_that_another_quote_has_by_now_gets_a_number(self):
        story = make_article()
        quote = make_quote(story, slug="they-had-to-look", text="They had to look")
        make_correction(story, quote=quote)
        was = fragment_of(story)
        quote.delete()
        make_quote(slug="they-had-to-look")
        put(story, was)
        assert story.quotes.get().slug == "they-had-to-look-2"
        assert story.corrections.get().quote in {None, story.quotes.get()}


@pytest.mark.django_db
def test_a_fragment_costs_the_same_queries_however_many_rows_there_are(django_assert_num_queries):
    story = make_article(tags=[make_tag()])
    for _ in range(2):
        make_quote(story)
        make_byline(story)
        make_correction(story)
    with django_assert_num_queries(8):
        fragment_of(story)
    for _ in range(5):
        make_quote(story)
        make_byline(story)
        make_correction(story)
    with django_assert_num_queries(8):
        fragment_of(story)
    assert Quote.objects.count() == 7
