"""Brings two changes of one story together: what only one of two people touched needs no question."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from articles.editorial.illustrations import pictures_in
from articles.editorial.revisions.blocks import Clash, merge_blocks
from articles.editorial.revisions.fragment import (
    PART,
    STORY,
    Fragment,
    Key,
    in_json,
    in_order,
    story_field,
)
from articles.fields import clean_html
from articles.models import Byline, Correction, Illustration, Quote, ReplyRequest

#: The one field so long that two people often work on it at once: it is brought together block by block.
BODY = "body"
ILLUSTRATION = Illustration._meta.label_lower
QUOTE = Quote._meta.label_lower
#: Whoever changes one of these changes what was agreed to when a source is not named.
AGREED_ON = ("source", "text", "terms", "attribution", "unnamed_reason")
CORRECTION = Correction._meta.label_lower
ORDERED = {Byline._meta.label_lower, Quote._meta.label_lower}
#: Counted by the newsroom: two new rows with the same number are two rows.
COUNTED = {CORRECTION, ReplyRequest._meta.label_lower}
#: Lists that people add to and take from; the order says nothing.
LISTS = {"picks"}
GONE = None
THEIRS, MINE = "theirs", "mine"


@dataclass(frozen=True)
class Conflict:
    """Two people changed the same thing in two ways. `key` is None for a field of the story itself; `field` is None
    if one of them deleted the row that the other changed; `where` tells the place if it is only a part of the body.
    Values are as in a fixture; a deleted row is None."""

    label: str
    key: Key | None
    field: str | None
    base: object
    theirs: object
    mine: object
    where: str = ""

    @property
    def name(self) -> str:
        """Names the question on a page. An answer holds for these very values: if they change, it is asked anew."""
        asked = in_json([self.label, self.key, self.field, self.where, self.theirs, self.mine])
        return f"choice-{hashlib.sha256(asked.encode()).hexdigest()[:16]}"


@dataclass(frozen=True)
class Merged:
    """`fragment` holds theirs wherever a conflict is not decided yet."""

    fragment: Fragment
    conflicts: list[Conflict]


def merge(
    base: Fragment | None, theirs: Fragment, mine: Fragment, choices: Mapping[str, str] | None = None
) -> Merged:
    """Both changes to `base` in one. Without a base every difference is a conflict.

    `choices` answers conflicts by their name: "theirs" or "mine".
    """
    merging = Merging(choices or {})
    nothing = Fragment([{"model": STORY, "fields": {}}])
    base_story, base_rows = (base or nothing).story, (base or nothing).rows
    story = merging.fields(STORY, None, base_story, theirs.story, mine.story, known=base is not None)
    entries, quotes = [], set()
    renumbered = apart(base_rows, theirs.rows, mine.rows)
    for label in PART:
        rows = merging.rows(
            label, base_rows[label], theirs.rows[label], renumbered[label], known=base is not None
        )
        if label == QUOTE:
            rows = {
                key: without_stale_agreement(fields, theirs.rows[label].get(key), renumbered[label].get(key))
                for key, fields in rows.items()
            }
            quotes = set(rows)
        if label == CORRECTION:
            rows = {key: without_a_quote_that_is_gone(fields, quotes) for key, fields in rows.items()}
        if label == ILLUSTRATION:
            every_row = {**base_rows[label], **renumbered[label], **theirs.rows[label]}
            texts = [each.get(BODY) or "" for each in (base_story, theirs.story, mine.story)]
            rows = in_line(rows, every_row, story.get(BODY) or "", texts)
        entries += in_places(label, rows, base_rows[label], theirs.rows[label], renumbered[label])
    whole = [{"model": STORY, "fields": story}]
    for label, fields in entries:
        whole.append({"model": label, "fields": {story_field(PART[label]): [story["slug"]], **fields}})
    numbers = {}
    for fragment in (base or nothing, mine, theirs):
        for label, keys in fragment.numbers.items():
            numbers.setdefault(label, {}).update(keys)
    return Merged(Fragment([whole[0], *sorted(whole[1:], key=in_order)], numbers), merging.conflicts)


class Merging:
    def __init__(self, choices: Mapping[str, str]):
        self.choices = choices
        self.conflicts: list[Conflict] = []

    def fields(self, label, key, base: dict, theirs: dict, mine: dict, *, known: bool) -> dict:
        merged = {}
        for name in {**theirs, **mine}:
            old, left, right = base.get(name), theirs.get(name), mine.get(name)
            if name in LISTS:
                merged[name] = both_lists(old or [], left or [], right or [])
            elif left == right or (known and right == old) or name == "position":
                merged[name] = left
            elif known and left == old:
                merged[name] = right
            elif known and name == BODY and label == STORY:
                merged[name] = self.text(old or "", left or "", right or "")
            else:
                merged[name] = self.decide(Conflict(label, key, name, old, left, right))
        return merged

    def rows(self, label, base: dict, theirs: dict, mine: dict, *, known: bool) -> dict[Key, dict]:
        merged = {}
        for key in {**theirs, **mine}:
            old, left, right = base.get(key), theirs.get(key), mine.get(key)
            if left is not None and right is not None:
                merged[key] = self.fields(label, key, old or {}, left, right, known=known and old is not None)
                continue
            # One of the two has it: the other deleted it, or never knew it.
            kept = left if right is None else right
            if not known or old is None:
                merged[key] = kept
            elif without_place(kept) != without_place(old):
                decided = self.decide(Conflict(label, key, None, old, left, right))
                if decided is not GONE:
                    merged[key] = decided
        return merged

    def text(self, base: str, theirs: str, mine: str) -> str:
        """Cleaned once more: no two blocks may become something else by standing beside each other."""
        asked = len(self.conflicts)
        pieces = [self.piece(piece) for piece in merge_blocks(base, theirs, mine)]
        try:
            return clean_html("".join(pieces))
        except ValidationError:  # together they are longer than a text may be
            del self.conflicts[asked:]
            return self.piece(Clash(base, theirs, mine))

    def piece(self, piece: str | Clash) -> str:
        if isinstance(piece, str):
            return piece
        return self.decide(Conflict(STORY, None, BODY, piece.base, piece.theirs, piece.mine, piece.where))

    def decide(self, conflict: Conflict):
        choice = self.choices.get(conflict.name)
        if choice not in (THEIRS, MINE):
            self.conflicts.append(conflict)
        return conflict.mine if choice == MINE else conflict.theirs


def in_line(rows: dict, every_row: dict, body: str, texts: list[str]) -> dict:
    """The notes of pictures in the text, as the text has become: one of them may have moved a picture, and the other
    taken it out. What none of the texts shows is none of this."""
    shown, known = set(pictures_in(body)), {slug for text in texts for slug in pictures_in(text)}

    def stays(key):
        [[slug]] = key
        return slug in shown or (key in rows and slug not in known)

    return {key: fields for key, fields in every_row.items() if stays(key)}


def without_place(fields: dict) -> dict:
    return {name: value for name, value in fields.items() if name != "position"}


def without_stale_agreement(fields: dict, theirs: dict | None, mine: dict | None) -> dict:
    """One agreed to not naming a source while the other changed the words: nobody has agreed to both together."""
    agreed = fields.get("approved_by")
    for side in (theirs, mine):
        if (
            side
            and side.get("approved_by") == agreed
            and all(side.get(n) == fields.get(n) for n in AGREED_ON)
        ):
            return fields
    return {**fields, "approved_by": None} if agreed else fields


def without_a_quote_that_is_gone(fields: dict, quotes: set[Key]) -> dict:
    """One corrects a quote while the other deletes it: the correction stays, as one of the story."""
    quote = fields.get("quote")
    return {**fields, "quote": None} if quote and tuple(quote) not in quotes else fields


def both_lists(base: list, theirs: list, mine: list) -> list:
    """Theirs, with what mine added and without what mine took out."""
    kept = [each for each in theirs if each in mine or each not in base]
    return sorted([*kept, *(each for each in mine if each not in kept and each not in base)])


def apart(base: dict, theirs: dict, mine: dict) -> dict:
    """Mine, with new rows numbered behind theirs where both added one under the same number."""
    renumbered = dict(mine)
    for label in COUNTED:
        taken = {*base[label], *theirs[label]}
        rows = {}
        for key, fields in mine[label].items():
            clash = key not in base[label] and key in theirs[label] and fields != theirs[label][key]
            if clash:
                *others, number = key
                while (*others, number) in {*taken, *mine[label], *rows}:
                    number += 1
                key, fields = (*others, number), {**fields, "number": number}
            rows[key] = fields
        renumbered[label] = rows
    return renumbered


def in_places(label: str, rows: dict, base: dict, theirs: dict, mine: dict) -> list[tuple[str, dict]]:
    """The rows with their places counted anew: in my order if I moved any, else in theirs; new ones of the other
    stand at the end."""
    if label not in ORDERED:
        return [(label, fields) for fields in rows.values()]
    first, second = (mine, theirs) if moved(base, mine) else (theirs, mine)

    def place(key):
        fields = first.get(key) or second.get(key)
        return key not in first, fields.get("position", 0), in_json(key)

    return [
        (label, {**rows[key], "position": number})
        for number, key in enumerate(sorted(rows, key=place), start=1)
    ]


def moved(base: dict, mine: dict) -> bool:
    """Whether the rows that both have stand in another order."""

    def order(rows, others):
        return sorted((key for key in rows if key in others), key=lambda key: rows[key].get("position", 0))

    return order(base, mine) != order(mine, base)


def key_in_words(key: Key | None) -> str:
    return " ".join(part if isinstance(part, str) else in_json(part) for part in key or ())
