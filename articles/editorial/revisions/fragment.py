"""Fragment: a story with all rows of its form, as the objects of a fixture."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from articles.editorial.fixtures.nouns import fields_of, key_names
from articles.editorial.fixtures.writing import entry_of
from articles.models import (
    Article,
    Byline,
    Correction,
    Illustration,
    Quote,
    ReplyRequest,
    TaggedArticle,
)

STORY = Article._meta.label_lower
#: The rows of a story's form, in an order in which each comes after those it refers to.
PARTS = [Byline, TaggedArticle, Illustration, Quote, Correction, ReplyRequest]
PART = {model._meta.label_lower: model for model in PARTS}
#: Where a story stands is moved by steps, and who began it never changes.
NOT_OF_THE_FORM = {"status", "published_at", "version", "created_by"}
NOT_READ = dict.fromkeys(NOT_OF_THE_FORM)
#: When readers see it: of the form, but an old version brings it back no more.
TIMING = frozenset({"embargo_until", "withdraw_at", "revised_at"})

Key = tuple


@dataclass(frozen=True)
class Fragment:
    """`entries`: the story's object first, then those of its rows. `numbers`: which row of this database each key in
    it stood for, by model and key, also the keys that only refer; empty if it comes from elsewhere."""

    entries: list[dict]
    numbers: dict[str, dict[str, int]] = field(default_factory=dict)

    def __eq__(self, other):
        return isinstance(other, Fragment) and self.story == other.story and self.rows == other.rows

    __hash__ = None

    @property
    def story(self) -> dict:
        """The values of the story's own fields."""
        return self.entries[0]["fields"]

    @property
    def rows(self) -> dict[str, dict[Key, dict]]:
        """By model and key within the story: the values of each row's fields, without the one that names the story."""
        return {
            label: {
                row_key(entry): {
                    name: value for name, value in entry["fields"].items() if name != story_field(model)
                }
                for entry in self.entries[1:]
                if entry["model"] == label
            }
            for label, model in PART.items()
        }

    def number_of(self, label: str, key) -> int | None:
        """The row that a key stood for when the fragment was taken."""
        return self.numbers.get(label, {}).get(in_json(key))


def story_field(model) -> str:
    """The field by which a row belongs to its story."""
    return "content_object" if model is TaggedArticle else "article"


def row_key(entry: dict) -> Key:
    """What names a row within its story: its natural key without the story's part."""
    model = PART[entry["model"]]
    return tuple(
        tuple(value) if isinstance(value, list) else value
        for value in (entry["fields"][name] for name in key_names(model) if name != story_field(model))
    )


def in_json(key) -> str:
    return json.dumps(key, ensure_ascii=False)


def rows_of(article: Article) -> Iterator:
    """The rows of a story's form, part after part, each with what it refers to."""
    for model in PARTS:
        field = model._meta.get_field(story_field(model))
        rows = getattr(article, field.remote_field.related_name).all()
        references = [
            each.name for each in fields_of(model) if each.is_relation and each.name != story_field(model)
        ]
        yield from rows.select_related(*references).order_by("pk")


def fragment_of(article: Article) -> Fragment:
    """The story as it stands in the database, in a constant number of queries."""
    story = Article.objects.select_related("section", "image").prefetch_related("picks").get(pk=article.pk)
    numbers: dict[str, dict[str, int]] = {}
    entries = []
    for row in [story, *rows_of(story)]:
        entry = entry_of(row, instead=NOT_READ if row is story else None)
        if row is story:
            for name in NOT_OF_THE_FORM:
                del entry["fields"][name]
        else:
            remember(numbers, entry["model"], row_key(entry), row.pk)
        entries.append(entry)
        for other in referred_to(row, entry):
            remember(numbers, other._meta.label_lower, other.natural_key(), other.pk)
    return Fragment([entries[0], *sorted(entries[1:], key=in_order)], numbers)


def remember(numbers, label, key, pk):
    numbers.setdefault(label, {})[in_json(key)] = pk


def referred_to(row, entry):
    """The rows that an object's fields name by their keys, but for the story itself."""
    for each in fields_of(type(row)):
        if each.name not in entry["fields"] or not each.is_relation:
            continue
        if each.many_to_many:
            yield from getattr(row, each.name).all()
        elif type(row) is Article or each.name != story_field(type(row)):
            other = getattr(row, each.name)
            if other is not None:
                yield other


def in_order(entry: dict):
    """Part after part; within one by position where rows have one, else by key."""
    labels = list(PART)
    position = entry["fields"].get("position", 0)
    return labels.index(entry["model"]), position, in_json(row_key(entry))


def content_of(fragment: Fragment) -> str:
    """The text that a revision keeps."""
    return json.dumps(fragment.entries, ensure_ascii=False)


def fragment_in(content: str, numbers: str = "") -> Fragment:
    """Back from the text; raises ValueError for what is no story of this newsroom's form."""
    entries = json.loads(content)
    if not is_a_story(entries):
        raise ValueError("This is not the text of a revision.")
    return Fragment(entries, json.loads(numbers) if numbers else {})


def is_a_story(entries) -> bool:
    """Whether it has the form of a fragment. A revision can come from a file that somebody wrote."""
    if not isinstance(entries, list) or not entries:
        return False
    for place, entry in enumerate(entries):
        if not isinstance(entry, dict) or not isinstance(entry.get("fields"), dict):
            return False
        label = entry.get("model")
        if place == 0 and label != STORY:
            return False
        if place > 0 and (label not in PART or not has_its_key(entry)):
            return False
    return True


def has_its_key(entry) -> bool:
    model = PART[entry["model"]]
    names = [name for name in key_names(model) if name != story_field(model)]
    return all(isinstance(entry["fields"].get(name), str | int | list) for name in names)
