"""Related stories: the right ones, for reasons that hold, and never one readers may not see."""

import datetime as dt
from unittest.mock import patch

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.editorial.related import TOO_COMMON, related_to
from articles.models import Article, Quote, Source, Statement, TaggedArticle
from tests.make import make_article, make_published, make_quote, make_source, make_statement, make_tag


def reasons(article, **options):
    """{headline: [reason in words]} in the order shown."""
    return {
        related.article.headline: [str(reason) for reason in related.reasons]
        for related in related_to(article, **options)
    }


def ago(days):
    return timezone.now() - dt.timedelta(days=days)


class Reasons(TestCase):
    def test_a_source_both_quote(self):
        source = make_source("Jonathan Ryan")
        one, other = make_published("One"), make_published("Other")
        make_quote(one, source)
        make_quote(other, source)
        self.assertEqual(reasons(one), {"Other": ["both quote Jonathan Ryan"]})
        self.assertEqual(reasons(other), {"One": ["both quote Jonathan Ryan"]})
        [reason] = related_to(one)[0].reasons
        self.assertEqual((reason.kind, reason.slug), ("source", source.slug))

    def test_documents_and_publications_are_cited(self):
        one, other = make_published("One"), make_published("Other")
        for kind in [Source.Kind.DOCUMENT, Source.Kind.PUBLICATION]:
            source = make_source(f"The {kind.label}", kind=kind)
            make_quote(one, source)
            make_quote(other, source)
        self.assertEqual(reasons(one), {"Other": ["both cite The document", "both cite The publication"]})

    def test_the_same_statement_in_two_cuts(self):
        letter = make_statement("Letter of the staff", form=Statement.Form.LETTER)
        memo = make_statement("Memo of the chief", form=Statement.Form.MEMO)
        one, other = make_published("One"), make_published("Other")
        for statement in [letter, memo]:
            make_quote(one, statement=statement)
            make_quote(other, statement=statement)
        self.assertEqual(
            reasons(one),
            {
                "Other": [
                    "the same letter is quoted in both: Letter of the staff",
                    "the same memo is quoted in both: Memo of the chief",
                ]
            },
        )
        self.assertEqual(
            [(reason.kind, reason.slug) for reason in related_to(one)[0].reasons],
            [("statement", letter.slug), ("statement", memo.slug)],
        )

    def test_the_strongest_reason_of_each_kind_is_told(self):
        letters = [make_statement("Letter A"), make_statement("Letter B")]
        tags, sources = [make_tag("common"), make_tag("rare")], [make_source("Jo"), make_source("Mara")]
        paper = make_source("A Paper", kind=Source.Kind.PUBLICATION)
        one, other = make_published("One", tags=tags), make_published("Other", tags=tags)
        make_published("Third", tags=tags[:1])
        for story in [one, other]:
            for letter in letters:
                make_quote(story, statement=letter)
            for source in [paper, *sources]:
                make_quote(story, source)
        [related, _] = related_to(one)
        self.assertEqual(
            [str(reason) for reason in related.strongest],
            ["the same letter is quoted in both: Letter A", "both quote Jo", "also about rare"],
        )
        self.assertEqual(len(related.reasons), 7)

    def test_a_tag_both_carry(self):
        tag = make_tag("Customs and Border Protection")
        one = make_published("One", tags=[tag])
        make_published("Other", tags=[tag])
        self.assertEqual(reasons(one), {"Other": ["also about Customs and Border Protection"]})

    def test_the_editors_pick_comes_first_whatever_else_weighs(self):
        tag, letter = make_tag("ships"), make_statement()
        picked, close = make_published("Picked", tags=[tag]), make_published("Close", tags=[tag])
        one = make_published("One", tags=[tag])
        make_quote(one, statement=letter)
        make_quote(close, statement=letter)
        one.picks.add(picked)
        self.assertEqual(
            reasons(one),
            {
                "Picked": ["also about ships"],
                "Close": [f"the same letter is quoted in both: {letter.title}", "also about ships"],
            },
        )
        self.assertEqual([related.picked for related in related_to(one)], [True, False])
        self.assertEqual(set(reasons(picked)), {"Close", "One"})
        self.assertEqual([related.picked for related in related_to(picked)], [False, False])

    def test_a_pick_needs_no_reason(self):
        one, picked = make_published("One"), make_published("Picked")
        one.picks.add(picked)
        [related] = related_to(one)
        self.assertEqual((related.article, related.picked, related.strongest), (picked, True, []))

    def test_the_strongest_reason_comes_first(self):
        source, letter, tag = make_source("Jo"), make_statement(), make_tag("ships")
        one, other = make_published("One", tags=[tag]), make_published("Other", tags=[tag])
        for story in [one, other]:
            make_quote(story, source)
            make_quote(story, statement=letter)
        self.assertEqual(
            reasons(one)["Other"],
            [f"the same letter is quoted in both: {letter.title}", "both quote Jo", "also about ships"],
        )

    def test_what_few_share_counts_more_than_what_many_share(self):
        rare, common = make_tag("rare"), make_tag("common")
        one = make_published("One", tags=[rare, common])
        make_published("Shares the rare one", tags=[rare], published_at=ago(300))
        for n in range(4):
            make_published(f"Shares the common one {n}", tags=[common])
        self.assertEqual(next(iter(reasons(one))), "Shares the rare one")
        scores = {item.article.headline: item.score for item in related_to(one)}
        self.assertGreater(scores["Shares the rare one"], scores["Shares the common one 0"])

    def test_several_quotes_of_one_source_are_one_reason(self):
        source = make_source("Jo")
        one, other = make_published("One"), make_published("Other")
        for story in [one, one, other, other, other]:
            make_quote(story, source)
        [related] = related_to(one)
        self.assertEqual(([str(r) for r in related.reasons], related.score), (["both quote Jo"], 3.0))

    def test_a_common_publication_hardly_counts(self):
        paper, tag = make_source("The Paper", kind=Source.Kind.PUBLICATION), make_tag("ships")
        one = make_published("One", tags=[tag])
        make_published("About the same", tags=[tag], published_at=ago(300))
        cites = make_published("Cites the same paper")
        make_quote(one, paper)
        make_quote(cites, paper)
        self.assertEqual(list(reasons(one)), ["About the same", "Cites the same paper"])

    def test_nothing_shared_is_not_related(self):
        make_published(tags=[make_tag()])
        self.assertEqual(related_to(make_published(tags=[make_tag()])), [])


class Order(TestCase):
    def test_equally_related_stories_come_newest_first_then_by_slug(self):
        tag = make_tag()
        one, moment = make_published("One", tags=[tag]), ago(2)
        for slug in ["b", "c", "a"]:
            make_published(slug, slug=slug, tags=[tag], published_at=moment)
        make_published("newer", tags=[tag], published_at=ago(1))
        self.assertEqual(list(reasons(one)), ["newer", "a", "b", "c"])

    def test_no_more_than_asked_for(self):
        tag = make_tag()
        one = make_published(tags=[tag])
        for _ in range(8):
            make_published(tags=[tag])
        self.assertEqual([len(related_to(one, limit=n)) for n in [0, 1, 5, 100]], [0, 1, 5, 8])


class Hidden(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.tag, cls.source, cls.letter = make_tag(), make_source("Jo"), make_statement()
        cls.one = make_published("One", tags=[cls.tag])
        cls.other = make_published("Other", tags=[cls.tag])
        cls.one.picks.add(cls.other)
        for story in [cls.one, cls.other]:
            make_quote(story, cls.source, statement=cls.letter)

    def test_only_public_stories_are_related_picks_included(self):
        self.assertEqual(list(reasons(self.one)), ["Other"])
        for hidden in [
            {"status": "draft"},
            {"status": "withdrawn"},
            {"status": "binned"},
            {"status": "review"},
            {"published_at": timezone.now() + dt.timedelta(days=1)},
            {"embargo_until": timezone.now() + dt.timedelta(days=1)},
        ]:
            with self.subTest(hidden=hidden):
                before = Article.objects.filter(pk=self.other.pk).values(
                    "status", "published_at", "embargo_until"
                )[0]
                Article.objects.filter(pk=self.other.pk).update(**hidden)
                self.assertEqual(related_to(self.one), [])
                Article.objects.filter(pk=self.other.pk).update(**before)

    def test_hidden_picks_take_no_place_from_others(self):
        tomorrow = timezone.now() + dt.timedelta(days=1)
        story, picked = make_published(), make_published("Picked")
        story.picks.add(picked, *[make_published(published_at=tomorrow) for _ in range(5)])
        self.assertEqual(reasons(story, limit=1), {"Picked": []})

    def test_a_story_is_related_from_the_moment_it_goes_out(self):
        goes_out = timezone.now() + dt.timedelta(days=1)
        Article.objects.filter(pk=self.other.pk).update(status="scheduled", published_at=goes_out)
        self.assertEqual(related_to(self.one), [])
        self.assertEqual(related_to(self.one, at=goes_out - dt.timedelta(seconds=1)), [])
        self.assertEqual(list(reasons(self.one, at=goes_out)), ["Other"])

    def test_hidden_stories_do_not_make_a_reason_weaker(self):
        before = related_to(self.one)[0].score
        for _ in range(5):
            make_quote(make_article(tags=[self.tag]), self.source, statement=self.letter)
        self.assertEqual(related_to(self.one)[0].score, before)

    def test_a_draft_can_be_looked_at_with_its_related_stories(self):
        draft = make_article("Draft", tags=[self.tag])
        make_quote(draft, self.source)
        self.assertEqual(reasons(draft)["One"], ["both quote Jo", f"also about {self.tag.name}"])

    def test_a_source_that_either_story_does_not_name_is_no_reason(self):
        self.one.picks.clear()
        self.one.tags.clear()
        for story in [self.one, self.other]:
            for terms in [Quote.Terms.UNNAMED, Quote.Terms.BACKGROUND]:
                with self.subTest(story=story, terms=terms):
                    quotes = Quote.objects.filter(article=story)
                    quotes.update(terms=terms, attribution="an insider", unnamed_reason="fears for the job")
                    self.assertEqual(related_to(self.one), [])
                    self.assertEqual(related_to(self.other), [])
                    quotes.update(terms=Quote.Terms.ON_THE_RECORD)
        self.assertEqual(list(reasons(self.one)), ["Other"])


class Cost(TestCase):
    def queries(self, neighbours):
        tags, sources = [make_tag() for _ in range(neighbours)], [make_source() for _ in range(neighbours)]
        one = make_published(tags=tags)
        for source in sources:
            make_quote(one, source, statement=make_statement())
        for tag, source in zip(tags, sources, strict=True):
            other = make_published(tags=[tag])
            make_quote(other, source)
            one.picks.add(make_published())
        with CaptureQueriesContext(connection) as queries:
            for related in related_to(one):
                self.assertTrue(related.article.section.name)
        return len(queries)

    def test_what_very_many_stories_share_is_no_reason(self):
        """At the border: with 500 public stories it is one, with the 501st none, for a tag as for words."""
        tag, source, letter = make_tag("everywhere"), make_source("Everybody's source"), make_statement()
        one = make_published("One", tags=[tag])
        make_quote(one, source, statement=letter)
        many = Article.objects.bulk_create(
            Article(
                headline=f"{n}",
                slug=f"many-{n}",
                status=Article.Status.PUBLISHED,
                published_at=ago(1),
                section=one.section,
            )
            for n in range(TOO_COMMON)
        )
        TaggedArticle.objects.bulk_create(TaggedArticle(content_object=story, tag=tag) for story in many)
        Quote.objects.bulk_create(
            Quote(
                article=story,
                source=source,
                statement=letter,
                text="Words",
                slug=f"{number}-{story.pk}",
                position=number,
            )
            for story in many
            for number in [1, 2]
        )
        draft, others = Article.objects.filter(pk=many[0].pk), 5
        draft.update(status=Article.Status.DRAFT)
        with self.assertNumQueries(4):
            related = related_to(one)
        self.assertEqual([len(item.reasons) for item in related], [3] * others)
        draft.update(status=Article.Status.PUBLISHED)
        with CaptureQueriesContext(connection) as queries:
            self.assertEqual(related_to(one), [])
        self.assertLessEqual(len(queries), 4)

    def test_what_too_many_share_leaves_the_other_reasons(self):
        common, rare, source = make_tag("common"), make_tag("rare"), make_source("Jo")
        one = make_published("One", tags=[common, rare])
        other = make_published("Other", tags=[common, rare])
        make_published("Third", tags=[common])
        letter = make_statement()
        for story in [one, other]:
            make_quote(story, source, statement=letter)
        make_quote(make_published("Fourth"), source)
        with patch("articles.editorial.related.TOO_COMMON", 2):
            self.assertEqual(
                reasons(one),
                {"Other": [f"the same letter is quoted in both: {letter.title}", "also about rare"]},
            )

    def test_four_queries_however_much_there_is(self):
        self.assertEqual([self.queries(3), self.queries(30)], [4, 4])
