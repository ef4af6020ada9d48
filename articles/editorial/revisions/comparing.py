"""What differs between two fragments of a story, in words: no markup, no keys where there is a name."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.apps import apps
from django.utils.dateparse import parse_datetime
from django.utils.html import escape
from django.utils.text import capfirst

from articles.editorial import newsroom_time
from articles.editorial.fixtures.nouns import fields_of
from articles.editorial.revisions.fragment import PART, STORY, Fragment, Key, in_json, story_field
from articles.editorial.verification import plain_text
from articles.fields import MomentField, RichTextField
from articles.markup import PICTURE
from articles.models import Article, Image, Quote

SAME, OUT, IN = "same", "out", "in"
#: Words with the space behind them; a run of one script without spaces is cut letter by letter.
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*\s*|\d+(?:[.,]\d+)*\s*|\s+|.", re.DOTALL)
WITHOUT_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fa1f]")
#: To compare texts of so many words takes a second or more; longer ones are shown whole, old and new.
MOST_WORDS = 4_000
#: The same for paragraphs.
MOST_PARAGRAPHS = 5_000


@dataclass(frozen=True)
class Piece:
    """Words that stayed, went `out` or came `in`."""

    fate: str
    words: str


@dataclass(frozen=True)
class Change:
    """One field that differs. `paragraphs` holds the pieces, line by line; lines that stayed are left out, and
    `skipped` of a line counts them. `formatting_only`: the words are the same, their links or marks are not."""

    name: str
    label: str
    was: str
    now: str
    paragraphs: list["Line"]
    formatting_only: bool = False


@dataclass(frozen=True)
class Line:
    pieces: list[Piece]
    skipped: int = 0


@dataclass(frozen=True)
class RowChange:
    """A row that was added, removed or changed: a quote, a name in the byline, a tag."""

    fate: str  # "added", "removed", "changed"
    label: str
    noun: str
    title: str
    key: Key
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Comparison:
    fields: list[Change]
    rows: list[RowChange]

    def __bool__(self):
        return bool(self.fields or self.rows)

    def summary(self) -> str:
        """“Headline, deck; quotes: 1 added, 2 changed”, for a line of history."""
        parts = [", ".join(change.label for change in self.fields)]
        counted = defaultdict(lambda: defaultdict(int))
        for row in self.rows:
            counted[row.noun][row.fate] += 1
        for noun, fates in counted.items():
            parts.append(f"{noun}: {', '.join(f'{number} {fate}' for fate, number in fates.items())}")
        return capfirst("; ".join(filter(None, parts)))


def compare(old: Fragment, new: Fragment) -> Comparison:
    """Everything that differs, the story's own fields first, then row by row."""
    names = Names(old, new)
    fields = list(changes(Article, old.story, new.story, names))
    rows = []
    for label, model in PART.items():
        rows += compare_rows(label, model, old.rows[label], new.rows[label], names)
    return Comparison(fields, rows)


def compare_rows(label, model, old: dict, new: dict, names) -> Iterator[RowChange]:
    noun = NOUNS.get(label) or str(model._meta.verbose_name_plural)
    closed_up = set(old) != set(new) and order_in(old, new) == order_in(new, old)
    for key in {**old, **new}:
        was, now = old.get(key), new.get(key)
        kept = now or was
        found = []
        if was is not None and now is not None:
            found = list(changes(model, was, now, names))
            if closed_up:
                found = [change for change in found if change.name != "position"]
            if not found:
                continue
        fate = "added" if was is None else "removed" if now is None else "changed"
        called = (title if fate == "changed" else in_full)(model, kept, names)
        yield RowChange(fate, label, noun, called, key, found)


def order_in(rows: dict[Key, dict], others: dict[Key, dict]) -> list[Key]:
    """The rows that stand in both, in the order of the first. Where it is the same, rows only closed up behind one
    that went, or made room for one that came: nobody moved them."""
    return sorted((key for key in rows if key in others), key=lambda key: rows[key].get("position") or 0)


def changes(model, old: dict, new: dict, names: "Names") -> Iterator[Change]:
    for each in fields_of(model):
        if each.name == story_field(model) and model is not Article:
            continue
        was, now = old.get(each.name), new.get(each.name)
        if was == now or (was in (None, "", []) and now in (None, "", [])):
            continue
        was_read, now_read = names.read(each, was), names.read(each, now)
        yield Change(
            each.name,
            label_of(each),
            was_read,
            now_read,
            compare_words(was_read, now_read),
            formatting_only=isinstance(each, RichTextField) and was_read == now_read,
        )


def label_of(each) -> str:
    return str(each.verbose_name)


def title(model, fields: dict, names: "Names", longest: int | None = 80) -> str:
    """What a row is called on a page: “They had to look.” – Jelani Drew."""
    between, titled = TITLES[model._meta.label_lower]
    parts = []
    for name in titled:
        value = names.read(model._meta.get_field(name), fields.get(name))
        if value:
            short = value if longest is None or len(value) <= longest else f"{value[: longest - 1]}…"
            parts.append(f"“{short}”" if model is Quote and name == "text" else short)
    return between.join(parts)


def in_full(model, fields: dict, names: "Names") -> str:
    """The same with every word: of a row that came or went nothing else is shown."""
    return title(model, fields, names, longest=None)


TITLES = {
    "articles.byline": (", ", ["author", "role"]),
    "articles.taggedarticle": ("", ["tag"]),
    "articles.illustration": ("", ["image"]),
    "articles.quote": (" – ", ["text", "source"]),
    "articles.correction": (": ", ["kind", "text"]),
    "articles.replyrequest": (": ", ["source", "outcome"]),
}
#: Rows that the desk calls by another name than the database.
NOUNS = {"articles.taggedarticle": "tags", "articles.illustration": "pictures in the text"}


class Names:
    """What keys are called: looked up together, one query for each noun of which a name is asked."""

    def __init__(self, *fragments: Fragment):
        self.fragments = fragments
        asked = defaultdict(set)
        for fragment in fragments:
            for entry in fragment.entries:
                model = Article if entry["model"] == STORY else PART[entry["model"]]
                for each in fields_of(model):
                    value = entry["fields"].get(each.name)
                    if (
                        each.is_relation
                        and value
                        and not (model is not Article and each.name == story_field(model))
                    ):
                        keys = value if each.many_to_many else [value]
                        asked[each.related_model].update(in_json(key) for key in keys)
        self.asked = asked
        self.names = {}

    def look_up(self, model, keys) -> dict:
        label = model._meta.label_lower
        numbers = {
            pk: key
            for fragment in self.fragments
            for key, pk in fragment.numbers.get(label, {}).items()
            if key in keys
        }
        rows = model._base_manager.filter(pk__in=numbers)
        return {numbers[row.pk]: str(row) for row in rows}

    def name_of(self, model, key) -> str:
        if model not in self.names:
            self.names[model] = self.look_up(model, self.asked[model])
        return self.names[model].get(in_json(key)) or in_words(key)

    def picture_in_words(self, picture: re.Match) -> str:
        called = self.name_of(Image, [picture[1]])
        return f"<p>[Picture: {escape(called)}]</p>"

    def read(self, each, value) -> str:
        """A value as somebody reads it."""
        if value in (None, "", []):
            return ""
        if each.is_relation:
            keys = value if each.many_to_many else [value]
            return ", ".join(self.name_of(each.related_model, key) for key in keys)
        if each.choices:
            return str(dict(each.flatchoices).get(value, value))
        if isinstance(each, RichTextField):
            return plain_text(PICTURE.sub(self.picture_in_words, str(value)))
        if isinstance(each, MomentField):
            moment = parse_datetime(str(value))
            return newsroom_time.in_full(moment) if moment else str(value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(value)


def in_words(key) -> str:
    return " ".join(map(str, key)) if isinstance(key, list) else str(key)


def compare_words(old: str, new: str) -> list[Line]:
    """The lines that differ, word by word, with the number of lines left out before each."""
    was, now = old.split("\n"), new.split("\n")
    if len(was) + len(now) > MOST_PARAGRAPHS:
        return [Line([Piece(OUT, old), Piece(IN, new)])]
    lines, skipped = [], 0
    for fate, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if fate == "equal":
            skipped += b - a
            continue
        for pieces in side_by_side(was[a:b], now[c:d]):
            lines.append(Line(pieces, skipped))
            skipped = 0
    return lines


def side_by_side(was: list[str], now: list[str]) -> Iterator[list[Piece]]:
    """Lines that were replaced by others: one beside the other where there are as many, else one after the other."""
    if len(was) == len(now):
        for old, new in zip(was, now, strict=True):
            yield word_by_word(old, new)
    elif len(was) and len(now):
        yield word_by_word("\n".join(was), "\n".join(now))
    else:
        for line in was:
            yield [Piece(OUT, line)]
        for line in now:
            yield [Piece(IN, line)]


def word_by_word(old: str, new: str) -> list[Piece]:
    was, now = words_of(old), words_of(new)
    if len(was) + len(now) > MOST_WORDS:
        return [Piece(OUT, old), Piece(IN, new)]
    pieces = []
    for fate, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if fate == "equal":
            pieces.append(Piece(SAME, "".join(was[a:b])))
            continue
        if b > a:
            pieces.append(Piece(OUT, "".join(was[a:b])))
        if d > c:
            pieces.append(Piece(IN, "".join(now[c:d])))
    return pieces


def words_of(text: str) -> list[str]:
    words = []
    for word in WORD.findall(text):
        words += list(word) if WITHOUT_SPACES.search(word) else [word]
    return words


def label_of_model(label: str) -> str:
    """“quote” for articles.quote."""
    return str(apps.get_model(label)._meta.verbose_name)
