"""A corpus of stories as fixtures: a folder with a file for each noun, and the same in one file.

A corpus is a file of JSON lines, a story each: id, title, body (paragraphs between empty lines), section, tags,
sources, quotes (source and text), published_at, author. A poor one is filled up: each story has in the mean
`QUOTES` quotes and `TAGS` tags, the added ones being sentences of its own body and tags of other stories.
"""

import html
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count, islice
from pathlib import Path

from django.utils.text import slugify

#: The files in the order in which they refer to each other.
NOUNS = {
    "sections": "articles.section",
    "authors": "articles.author",
    "sources": "articles.source",
    "tags": "articles.tag",
    "articles": "articles.article",
    "bylines": "articles.byline",
    "tagged_articles": "articles.taggedarticle",
    "quotes": "articles.quote",
}
QUOTES, TAGS = 4, 5
LONGEST_SLUG = 80
SYLLABLES = [first + second for first in "bcdfghklmnprstvz" for second in "aeiou"]
SECTIONS = ["Politics", "Business", "Culture"]


def plain_stories(number: int) -> Iterator[dict]:
    """A corpus of plain random words, for when there is no other. The same every time."""
    chance = random.Random(1)  # noqa: S311 - nothing to guess here
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(4_000)]
    names = [" ".join(chance.sample(words, 2)).title() for _ in range(max(10, number // 4))]

    def sentence(length):
        return " ".join(chance.choices(words, k=length)).capitalize()

    for story in range(number):
        quotes = [
            {"source": chance.choice(names), "text": f"{sentence(10)}."} for _ in range(chance.randint(0, 3))
        ]
        said = [f"“{quote['text'][:-1]},” said {quote['source']}." for quote in quotes]
        told = [f"{sentence(14)}. {sentence(12)}. {sentence(16)}." for _ in range(chance.randint(3, 9))]
        yield {
            "id": f"plain-{story}",
            "title": sentence(8),
            "body": "\n\n".join([*told, *said]),
            "section": chance.choice(SECTIONS),
            "tags": [
                f"{chance.choice(words)} {chance.choice(words[:20])}" for _ in range(chance.randint(0, 4))
            ],
            "sources": [quote["source"] for quote in quotes],
            "quotes": quotes,
            "published_at": f"{2010 + story % 10}-{1 + story % 12:02}-{1 + story % 28:02}T09:00:00Z",
            "author": names[story % 9],
        }


def stories_in(path: Path, number: int) -> Iterator[dict]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, islice(lines, number))


class ListFile:
    """A fixture that grows by one object at a time."""

    def __init__(self, path):
        self.file, self.before = path.open("w", encoding="utf-8"), "[\n"

    def add(self, line):
        self.file.write(self.before + line)
        self.before = ",\n"

    def close(self):
        self.file.write("\n]\n" if self.before == ",\n" else "[]\n")
        self.file.close()


class Names:
    """Gives every name its slug, and the same name the same one, whatever its capitals."""

    def __init__(self):
        self.slugs, self.taken = {}, set()

    def slug(self, name):
        """The slug, and whether the name is new."""
        known = self.slugs.get(name.casefold())
        if known:
            return known, False
        self.slugs[name.casefold()] = slug = self.free(name)
        return slug, True

    def free(self, words):
        base = slugify(words, allow_unicode=True)[:LONGEST_SLUG].strip("-_") or "untitled"
        numbered = (base if number == 1 else f"{base}-{number}" for number in count(1))
        slug = next(each for each in numbered if each not in self.taken)
        self.taken.add(slug)
        return slug


class Fixtures:
    """The files of a folder while they are written, story by story."""

    def __init__(self, folder: Path):
        folder.mkdir()
        self.files = {noun: ListFile(folder / f"{noun}.json") for noun in NOUNS}
        self.names = {noun: Names() for noun in NOUNS}
        self.tags, self.sources = [], []
        self.counts = Counter()

    def add(self, noun, **fields):
        self.files[noun].add(json.dumps({"model": NOUNS[noun], "fields": fields}, ensure_ascii=False))
        self.counts[noun] += 1

    def named(self, noun, name, **fields) -> list[str]:
        """The key of something that has a name; its object is written when the name first comes up."""
        slug, new = self.names[noun].slug(name)
        if new:
            self.add(noun, name=name, slug=slug, **fields)
            {"tags": self.tags, "sources": self.sources}.get(noun, []).append(name)
        return [slug]

    def add_story(self, story):
        paragraphs = [part for part in story["body"].split("\n\n") if part.strip()]
        sentences = re.findall(r"[^.!?]+[.!?]", " ".join(paragraphs)) or [story["title"]]
        slug = self.names["articles"].free(story["title"])
        self.add(
            "articles",
            headline=story["title"][:200].strip(),
            slug=slug,
            deck=sentences[0][:200].strip(),
            body="\n".join(f"<p>{html.escape(part, quote=False)}</p>" for part in paragraphs),
            section=self.named("sections", story["section"]),
            kind="news",
            status="published",
            published_at=story["published_at"],
        )
        self.add("bylines", article=[slug], author=self.named("authors", story["author"]), position=1)
        for source in story["sources"]:
            self.named("sources", source, kind="person")
        for tag in self.tags_of(story):
            self.add("tagged_articles", content_object=[slug], tag=tag)
        for position, (source, kind, text) in enumerate(self.quotes_of(story, sentences), start=1):
            self.add(
                "quotes", article=[slug], position=position, slug=f"{slug}-q{position}",
                source=self.named("sources", source, kind="person"), kind=kind, text=text,
                said_on=story["published_at"][:10],
            )  # fmt: skip

    def tags_of(self, story):
        keys = [self.named("tags", name) for name in story["tags"]]
        keys = [key for at, key in enumerate(keys) if key not in keys[:at]]
        missing = TAGS * self.counts["articles"] - self.counts["tagged_articles"] - len(keys)
        first = 31 * self.counts["articles"]
        for step in range(len(self.tags)):
            if missing <= 0:
                break
            key = self.named("tags", self.tags[(first + 7 * step) % len(self.tags)])
            if key not in keys:
                keys.append(key)
                missing -= 1
        return keys

    def quotes_of(self, story, sentences):
        missing = QUOTES * self.counts["articles"] - self.counts["quotes"] - len(story["quotes"])
        yield from ((quote["source"], "direct", quote["text"]) for quote in story["quotes"])
        people = story["sources"] or self.sources[-QUOTES:] or [story["author"]]
        for number in range(missing):
            yield people[number % len(people)], "paraphrase", sentences[number % len(sentences)].strip()

    def close(self):
        for file in self.files.values():
            file.close()


def write(stories: Iterable[dict], folder: Path) -> Counter:
    """Makes the folder, and beside it one file with the same objects; returns how many of each noun there are."""
    fixtures = Fixtures(folder)
    for story in stories:
        fixtures.add_story(story)
    fixtures.close()
    together = ListFile(one_file(folder))
    for path in paths_in(folder):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("{"):
                    together.add(line.rstrip(",\n"))
    together.close()
    return fixtures.counts


def paths_in(folder: Path) -> list[Path]:
    """The files, each after those it refers to."""
    return [folder / f"{noun}.json" for noun in NOUNS]


def one_file(folder: Path) -> Path:
    return folder.with_suffix(".json")
