from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.editorial.illustrations import pictures_in
from articles.editorial.revisions.fragment import Fragment, fragment_of
from articles.editorial.revisions.merging import MINE, THEIRS, merge
from articles.editorial.revisions.putting_back import put
from articles.fields import LONGEST_RICH_TEXT, clean_html
from tests.editorial.revisions.stories import World, change, make_story
from tests.test_cleaning import MARKUP

SEEDS = st.lists(st.integers(0, 10**6), max_size=5)
LAW = settings(max_examples=12, suppress_health_check=list(HealthCheck))


def without_places(fragment: Fragment) -> dict:
    """Every value of the story and its rows, by where it stands, but for the numbering."""
    values = {("story", name): value for name, value in fragment.story.items()}
    for label, rows in fragment.rows.items():
        for key, fields in rows.items():
            values |= {(label, key, name): value for name, value in fields.items() if name != "position"}
    return values


class TwoHistories(TestCase):
    def setUp(self):
        self.world = World()
        self.story = make_story(self.world)
        self.base = fragment_of(self.story)

    def after(self, seeds) -> Fragment:
        """What the story is after these changes; it is then put back."""
        for seed in seeds:
            change(self.story, self.world, seed)
        result = fragment_of(self.story)
        put(self.story, self.base)
        return result

    @LAW
    @given(SEEDS)
    def test_a_change_of_one_alone_is_the_result(self, seeds):
        changed = self.after(seeds)
        self.assertEqual(merge(self.base, changed, self.base).conflicts, [])
        self.assertEqual(
            without_places(merge(self.base, changed, self.base).fragment), without_places(changed)
        )
        self.assertEqual(merge(self.base, self.base, changed).conflicts, [])
        self.assertEqual(
            without_places(merge(self.base, self.base, changed).fragment), without_places(changed)
        )

    @LAW
    @given(SEEDS)
    def test_the_same_change_of_both_is_no_conflict(self, seeds):
        changed = self.after(seeds)
        merged = merge(self.base, changed, changed)
        self.assertEqual(merged.conflicts, [])
        self.assertEqual(without_places(merged.fragment), without_places(changed))

    @LAW
    @given(SEEDS, SEEDS)
    def test_whatever_somebody_changed_is_in_the_result_or_asked_about(self, left, right):
        theirs, mine = self.after(left), self.after(right)
        merged = merge(self.base, theirs, mine)
        asked = {(c.label, c.key, c.field) for c in merged.conflicts}
        base, result = without_places(self.base), without_places(merged.fragment)
        for side in (theirs, mine):
            for place, value in without_places(side).items():
                is_new = place not in base or base[place] != value
                if not is_new or place[-1] == "picks" or result.get(place) == value:
                    continue
                label, key = ("articles.article", None) if place[0] == "story" else place[:2]
                renumbered = label in ("articles.correction", "articles.replyrequest") and place not in base
                agreement = place[-1] == "approved_by"
                self.assertTrue(
                    renumbered or agreement or {(label, key, place[-1]), (label, key, None)} & asked,
                    (place, value),
                )

    @LAW
    @given(SEEDS, SEEDS)
    @example([4544], [790993, 1952])  # one corrects a quote that the other deletes
    def test_every_question_can_be_answered_and_the_answer_holds(self, left, right):
        theirs, mine = self.after(left), self.after(right)
        questions = merge(self.base, theirs, mine).conflicts
        for side in (THEIRS, MINE):
            merged = merge(self.base, theirs, mine, {question.name: side for question in questions})
            self.assertEqual(merged.conflicts, [])
            put(self.story, merged.fragment)
            self.assertEqual(without_places(fragment_of(self.story)), without_places(merged.fragment))
            put(self.story, self.base)
            for question in questions:
                if question.where:
                    self.assertIn(getattr(question, side), merged.fragment.story[question.field])
                elif question.key is None:
                    self.assertEqual(merged.fragment.story[question.field], getattr(question, side))

    @LAW
    @given(SEEDS, SEEDS)
    def test_places_count_from_one_without_a_gap(self, left, right):
        merged = merge(self.base, self.after(left), self.after(right)).fragment
        for label in ("articles.quote", "articles.byline"):
            places = sorted(fields["position"] for fields in merged.rows[label].values())
            self.assertEqual(places, list(range(1, len(places) + 1)))

    def test_without_a_base_every_difference_is_asked_about(self):
        theirs, mine = self.after([]), self.after([])
        self.assertEqual(merge(None, theirs, mine).conflicts, [])
        mine.entries[0]["fields"]["deck"] = "Mine"
        self.assertEqual([c.field for c in merge(None, theirs, mine).conflicts], ["deck"])

    def test_rows_that_one_of_them_moved_stand_where_that_one_put_them(self):
        quotes = list(self.story.quotes.in_story_order())
        mine = fragment_of(self.story)
        rows = [entry for entry in mine.entries if entry["model"] == "articles.quote"]
        for place, entry in enumerate(reversed(rows), start=1):
            entry["fields"]["position"] = place
        for theirs, own in ((self.base, mine), (mine, self.base)):
            merged = merge(self.base, theirs, own).fragment.rows["articles.quote"]
            order = sorted(merged, key=lambda key: merged[key]["position"])
            self.assertEqual(order, [(quote.slug,) for quote in reversed(quotes)])


def with_body(body, *pictures):
    """A story with nothing but a text and the notes of its pictures."""
    rows = [
        {"model": "articles.illustration", "fields": {"article": ["s"], "image": [slug]}} for slug in pictures
    ]
    return Fragment([{"model": "articles.article", "fields": {"slug": "s", "body": body}}, *rows])


TEXTS = st.lists(MARKUP, max_size=4).map(lambda parts: clean_html("".join(parts)))


@given(TEXTS, TEXTS, TEXTS)
def test_whatever_is_brought_together_and_chosen_is_a_text_as_it_is_stored(base, theirs, mine):
    fragments = [with_body(text) for text in (base, theirs, mine)]
    conflicts = merge(*fragments).conflicts
    for side in (THEIRS, MINE):
        merged = merge(*fragments, {conflict.name: side for conflict in conflicts})
        assert merged.conflicts == []
        body = merged.fragment.story["body"]
        assert clean_html(body) == body


def test_of_a_text_only_the_paragraph_that_both_changed_is_asked_about():
    base = with_body("<p>One.</p><p>Two.</p><p>Three.</p>")
    theirs = with_body("<p>One.</p><p>Two, they say.</p><p>Three.</p><p>Four.</p>")
    mine = with_body("<h2>Start</h2><p>One.</p><p>Two, I say.</p><p>Three.</p>")
    [conflict] = merge(base, theirs, mine).conflicts
    assert (conflict.field, conflict.where) == ("body", "paragraph 2")
    assert (conflict.base, conflict.theirs) == ("<p>Two.</p>", "<p>Two, they say.</p>")
    merged = merge(base, theirs, mine, {conflict.name: MINE})
    assert merged.conflicts == []
    assert (
        merged.fragment.story["body"]
        == "<h2>Start</h2><p>One.</p><p>Two, I say.</p><p>Three.</p><p>Four.</p>"
    )


def test_an_answer_for_one_place_is_none_for_another_of_the_same_words():
    base, theirs, mine = (with_body(f"<p>{word}</p><p>Between.</p><p>{word}</p>") for word in "abc")
    first, second = merge(base, theirs, mine).conflicts
    [left] = merge(base, theirs, mine, {first.name: MINE}).conflicts
    assert left == second
    assert merge(base, theirs, mine, {first.name: MINE}).fragment.story["body"].startswith("<p>c</p>")


def test_texts_too_long_together_are_asked_about_as_a_whole():
    half = f"<p>{'a' * (LONGEST_RICH_TEXT // 2)}</p>"
    base = with_body("<p>Between.</p>")
    theirs, mine = with_body(f"{half}<p>Between.</p>"), with_body(f"<p>Between.</p>{half}")
    [conflict] = merge(base, theirs, mine).conflicts
    assert (conflict.where, conflict.theirs) == ("", theirs.story["body"])


def test_notes_of_pictures_follow_the_text_as_it_has_become():
    def picture(slug):
        return f'<figure data-image="{slug}"></figure>'

    base = with_body(f"<p>One.</p>{picture('a')}<p>Two.</p><p>Three.</p>", "a", "unseen")
    theirs = with_body("<p>One.</p><p>Two.</p><p>Three.</p>", "unseen")
    mine = with_body(f"<p>One.</p>{picture('a')}<p>Two.</p><p>Three.</p>{picture('b')}", "a", "b", "unseen")
    merged = merge(base, theirs, mine)
    assert merged.conflicts == []
    assert pictures_in(merged.fragment.story["body"]) == ["b"]
    assert set(merged.fragment.rows["articles.illustration"]) == {(("b",),), (("unseen",),)}
    moved = with_body(f"<p>One.</p><p>Two.</p><p>Three.</p>{picture('a')}", "a", "unseen")
    [conflict] = merge(base, theirs, moved).conflicts
    for side, notes in ((THEIRS, {("unseen",)}), (MINE, {("a",), ("unseen",)})):
        chosen = merge(base, theirs, moved, {conflict.name: side}).fragment
        assert {image for (image,) in chosen.rows["articles.illustration"]} == notes
