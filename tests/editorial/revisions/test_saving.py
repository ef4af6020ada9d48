"""Nothing is lost: whatever is saved, drafted, discarded, restored and moved in whatever order."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.editorial.revisions.drafts import draft_of
from articles.editorial.revisions.fragment import TIMING, Fragment, fragment_of
from articles.editorial.revisions.keeping import keep_what_was, kept_in, number_new_rows, shown_at
from articles.editorial.revisions.putting_back import as_if
from articles.editorial.revisions.saving import (
    UnfitForReaders,
    discard_draft,
    restore,
    save,
    save_as_draft,
    shown_in_form,
)
from articles.editorial.workflow import StepRefused, steps_for, take_step
from articles.models import Article, Edition, Revision
from tests.editorial.revisions.stories import World, change, make_story, rows_elsewhere
from tests.make import make_article, make_author, make_managing_editor, make_published, make_quote

OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["save", "draft", "publish", "discard", "restore", "step"]), st.integers(0, 10**6)
    ),
    max_size=10,
)


def timeless(fragment: Fragment) -> tuple:
    return {name: value for name, value in fragment.story.items() if name not in TIMING}, fragment.rows


class Histories(TestCase):
    def setUp(self):
        self.world = World()
        self.editor = make_managing_editor()
        self.story = make_story(self.world, by=[make_author()])
        make_story(self.world)

    def setup_example(self):
        super().setup_example()
        self.story.refresh_from_db()  # the last example was rolled back in the database only

    def edited(self, seed: int) -> Fragment:
        """What the form would send after a change or two."""
        with as_if(self.story, shown_in_form(self.story)):
            for number in range(seed % 3 + 1):
                change(self.story, self.world, seed + number)
            return fragment_of(self.story)

    def act(self, what: str, seed: int):
        story = self.story
        story.refresh_from_db()
        if what == "step":
            steps = [row for row in steps_for(story, by=self.editor) if not (row.deletes or row.needs_a_time)]
            if steps:
                take_step(story, steps[seed % len(steps)].name, by=self.editor)
        elif story.status == Article.Status.BINNED:
            return
        elif what == "discard":
            discard_draft(story, by=self.editor)
        elif what == "restore":
            versions = list(story.revisions.order_by("pk"))
            if versions:
                restore(story, versions[seed % len(versions)], by=self.editor)
        elif what == "draft" or (what == "save" and story.is_public()):
            if story.is_public():
                save_as_draft(story, self.edited(seed), by=self.editor)
        else:
            save(story, self.edited(seed), by=self.editor)

    @settings(max_examples=15, suppress_health_check=list(HealthCheck))
    @given(OPERATIONS)
    def test_every_version_that_ever_was_can_be_had_back_and_no_other_story_changes(self, operations):
        was_shown = [timeless(shown_in_form(self.story))]
        elsewhere = rows_elsewhere(self.story)
        for what, seed in operations:
            public = self.story.is_public() and fragment_of(self.story)
            try:
                with transaction.atomic():
                    self.act(what, seed)
            except (StepRefused, UnfitForReaders):
                continue
            self.story.refresh_from_db()
            if public and self.story.is_public() and what in ("draft", "save", "discard", "restore"):
                self.assertEqual(fragment_of(self.story), public)  # readers see what they saw
            was_shown.append(timeless(shown_in_form(self.story)))
        kept = [timeless(kept_in(row)) for row in self.story.revisions.all()]
        now = timeless(shown_in_form(self.story))
        for shown in was_shown:
            self.assertTrue(shown == now or shown in kept)
        self.assertEqual(rows_elsewhere(self.story), elsewhere)

    @settings(max_examples=12, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.integers(0, 10**6), min_size=2, max_size=5), st.integers(0, 100))
    def test_a_restored_version_differs_in_nothing_from_what_was_kept(self, seeds, number):
        for seed in seeds:
            save(self.story, self.edited(seed), by=self.editor)
        versions = list(self.story.revisions.order_by("pk"))
        chosen = versions[number % len(versions)]
        elsewhere = rows_elsewhere(self.story)
        restore(self.story, chosen, by=self.editor)
        self.assertEqual(timeless(fragment_of(self.story)), timeless(kept_in(chosen)))
        self.assertEqual(rows_elsewhere(self.story), elsewhere)

    @settings(max_examples=12, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.integers(0, 10**6), min_size=1, max_size=5))
    def test_each_version_finds_what_its_form_showed(self, seeds):
        keep_what_was(self.story)
        shown = {self.story.version: shown_in_form(self.story)}
        for seed in seeds:
            save(self.story, self.edited(seed), by=self.editor)
            shown[self.story.version] = shown_in_form(self.story)
        for version, fragment in shown.items():
            self.assertEqual(shown_at(self.story, version), fragment)


@pytest.fixture
def editor(db):
    return make_managing_editor(first_name="Ana", last_name="Ruiz")


def with_deck(story, deck) -> Fragment:
    fragment = fragment_of(story)
    fragment.entries[0]["fields"]["deck"] = deck
    return fragment


def test_a_bin_gives_everything_back(editor):
    world = World()
    story = make_story(world, created_by=editor)
    was = fragment_of(story)
    take_step(story, "bin", by=editor)
    take_step(story, "restore", by=editor)
    now = fragment_of(story)
    assert (now, now.numbers) == (was, was.numbers)


def test_a_restored_version_leaves_the_time_of_publication_alone(editor):
    story = make_article(embargo_until="2018-01-01T00:00Z")
    save(story, with_deck(story, "One"), by=editor)
    Article.objects.filter(pk=story.pk).update(embargo_until="2099-01-01T00:00Z")
    restore(story, story.revisions.saved().order_by("version").first(), by=editor)
    story.refresh_from_db()
    assert story.embargo_until.year == 2099


def test_restored_while_readers_see_it_a_version_becomes_the_draft(editor):
    story = make_published(deck="Old", by=[make_author()])
    save(story, with_deck(story, "New"), by=editor)
    old = story.revisions.order_by("version").first()
    restored = restore(story, old, by=editor)
    story.refresh_from_db()
    assert (story.deck, restored.kind, draft_of(story).revision) == ("New", Revision.Kind.DRAFT, restored)
    assert restored.note == "“Version 1” of a file was restored."


def test_a_draft_makes_no_edition_and_a_published_change_makes_one(editor):
    story = make_published(by=[make_author()])
    save_as_draft(story, with_deck(story, "Draft"), by=editor)
    assert not Edition.objects.exists()
    save(story, shown_in_form(story), by=editor)
    assert Edition.objects.get().number == 2


def test_what_readers_must_not_miss_keeps_a_save_from_them(editor):
    story = make_published(body="<p>Words</p>", by=[make_author()])
    bare = fragment_of(story)
    bare.entries[0]["fields"]["body"] = ""
    with pytest.raises(UnfitForReaders, match="no text"), transaction.atomic():
        save(story, bare, by=editor)
    assert Article.objects.get(pk=story.pk).body == "<p>Words</p>"


def test_rows_that_are_only_in_a_draft_are_numbered_below_zero(editor):
    story = make_published()
    make_quote(story)
    with as_if(story, fragment_of(story)):
        make_quote(story)
        fragment = fragment_of(story)
    numbers = number_new_rows(fragment).numbers["articles.quote"].values()
    assert sorted(number > 0 for number in numbers) == [False, True]


def test_a_text_that_is_no_story_is_no_version(editor):
    story = make_article()
    for content in [
        "[]",
        "{}",
        "null",
        "not json",
        '[{"model": "auth.user", "fields": {}}]',
        '[{"model": 1}]',
    ]:
        revision = Revision.objects.create(
            article=story, version=1, by_username="x", by_name="x", content=content
        )
        assert kept_in(revision) is None
        assert draft_of(story) is None
