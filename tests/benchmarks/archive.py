"""The archive of a newspaper: stories in every state, with all that hangs on them, written in bulk.

Shares as in a newsroom that has worked for years: nearly everything is published; a few stories are drafts, in review,
scheduled, held by an embargo, withdrawn or in the bin. The same every time.
"""

import datetime as dt
import json
import random
import uuid
from collections.abc import Callable, Iterator
from itertools import islice

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from articles.models import (
    Article,
    AuditEntry,
    Author,
    Byline,
    Correction,
    Image,
    LiveDraft,
    OpenForm,
    Quote,
    ReplyRequest,
    Revision,
    Section,
    Source,
    Statement,
    StatusChange,
    Tag,
    TaggedArticle,
)
from tests.benchmarks.corpus import SECTIONS, SYLLABLES, plain_stories

EDITOR, REPORTER = "Editor", "Reporter"
A_BATCH = 2_000
#: Of two hundred stories: which are not simply published.
DRAFTS, IN_REVIEW, SCHEDULED, BINNED, WITHDRAWN = {0, 1, 2, 3}, {4}, {5}, {6, 7}, {8}
HELD_BACK, ENDED, ENDS = 9, 10, 11
EVERY = 200


def fill(number: int, tell: Callable = lambda words: None) -> dict[str, User]:
    """Writes so many stories into an empty newsroom; returns an account for each of the roles that edit."""
    call_command("loaddata", "roles", verbosity=0)
    people = {role: account(role) for role in (EDITOR, REPORTER)}
    lists = Lists(number)
    stories = enumerate(plain_stories(number))
    done = 0
    while batch := list(islice(stories, A_BATCH)):
        with transaction.atomic():
            write(batch, lists, people)
        done += len(batch)
        tell(f"{done:,} stories")
    return people


def account(role: str) -> User:
    person = User.objects.create_user(f"the-{role.lower()}", password=None, is_staff=True)
    person.groups.add(Group.objects.get(name=role))
    return person


class Lists:
    """What stories choose from; some of it much more often than the rest."""

    def __init__(self, number: int):
        self.chance = random.Random(2)  # noqa: S311 - nothing to guess here
        self.sections = make(Section, len(SECTIONS) * 4, name="Section", position=1)
        self.authors = make(Author, max(5, number // 500), name="Author")
        self.sources = make(Source, max(10, number // 4), name="Source")
        for source in self.sources:
            source.name = person(source.pk)
        Source.objects.bulk_update(self.sources, ["name"], batch_size=500)
        self.tags = make(Tag, max(10, number // 20), name="tag")
        self.statements = make(Statement, max(3, number // 100), title="Letter", form="letter")
        self.images = make(Image, max(3, number // 10), title="Picture", file="images/a.png", alt="A picture")

    def one_of(self, rows: list):
        """One of the first much more often than one of the last."""
        return rows[int(len(rows) * self.chance.random() ** 3)]

    def some_of(self, rows: list, most: int) -> list:
        return list(dict.fromkeys(self.one_of(rows) for _ in range(self.chance.randint(0, most))))


def person(number: int) -> str:
    """A name of two words that few others have, the same for the same number."""
    chance = random.Random(number)  # noqa: S311 - nothing to guess here
    return " ".join("".join(chance.choices(SYLLABLES, k=3)) for _ in range(2)).title()


def make(model, number: int, **values) -> list:
    """So many rows; the first of the values gets a number behind it."""
    name = next(iter(values))
    slug = values[name].lower()
    rows = (model(**{**values, name: f"{values[name]} {n}", "slug": f"{slug}-{n}"}) for n in range(number))
    return model.objects.bulk_create(rows, batch_size=500)


def write(batch: list[tuple[int, dict]], lists: Lists, people: dict[str, User]) -> None:
    stories = Article.objects.bulk_create([story_of(n, told, lists, people) for n, told in batch])
    quotes, others = [], []
    for story, (n, told) in zip(stories, batch, strict=True):
        quotes += [
            quote_of(story, place, said["text"], lists) for place, said in enumerate(told["quotes"], start=1)
        ]
        others += rows_of(story, n, lists)
    Quote.objects.bulk_create(quotes)
    for model in (
        Byline,
        TaggedArticle,
        Correction,
        ReplyRequest,
        StatusChange,
        AuditEntry,
        Revision,
        OpenForm,
    ):
        model.objects.bulk_create([row for row in others if type(row) is model])
    drafts = [row for row in others if type(row) is Revision and row.kind == Revision.Kind.DRAFT]
    LiveDraft.objects.bulk_create(
        [LiveDraft(article=row.article, revision=row, based_on=1) for row in drafts]
    )


def story_of(n: int, told: dict, lists: Lists, people: dict[str, User]) -> Article:
    paragraphs = "".join(f"<p>{part}</p>" for part in told["body"].split("\n\n"))
    return Article(
        headline=told["title"],
        slug=f"story-{n}",
        deck=told["body"][:120],
        body=paragraphs,
        section=lists.one_of(lists.sections),
        kind=lists.one_of(Article.Kind.values),
        image=lists.one_of(lists.images) if n % 3 else None,
        created_by=people[EDITOR if n % 2 else REPORTER],
        **standing_of(n),
    )


def standing_of(n: int) -> dict:
    """The status, and the moments that go with it."""
    now, share, states = timezone.now(), n % EVERY, Article.Status
    soon, ago = dt.timedelta(hours=1 + n % 700), dt.timedelta(hours=1 + n)
    if share in DRAFTS:
        return {"status": states.DRAFT}
    if share in IN_REVIEW:
        return {"status": states.IN_REVIEW}
    if share in SCHEDULED:
        return {"status": states.SCHEDULED, "published_at": now + soon}
    if share in BINNED:
        return {"status": states.BINNED}
    published = {
        "status": states.WITHDRAWN if share in WITHDRAWN else states.PUBLISHED,
        "published_at": now - ago,
    }
    moments = {
        HELD_BACK: {"embargo_until": now + soon},
        ENDED: {"withdraw_at": now - ago / 2},
        ENDS: {"withdraw_at": now + soon},
    }
    return {**published, **moments.get(share, {})}


def quote_of(story: Article, place: int, text: str, lists: Lists) -> Quote:
    return Quote(
        article=story,
        position=place,
        slug=f"{story.slug}-{place}",
        source=lists.one_of(lists.sources),
        text=text,
        said_on=story.published_at and story.published_at.date(),
        statement=lists.one_of(lists.statements) if place == 3 else None,
    )


def rows_of(story: Article, n: int, lists: Lists) -> Iterator:
    """Byline, tags, history and what else belongs to one story."""
    for place, author in enumerate(lists.some_of(lists.authors, 2), start=1):
        yield Byline(article=story, author=author, position=place)
    for tag in lists.some_of(lists.tags, 6):
        yield TaggedArticle(content_object=story, tag=tag)
    if n % 33 == 0:
        yield Correction(
            article=story,
            number=1,
            text=f"An earlier version had number {n} wrong.",
            made_at=(story.published_at or timezone.now()) + dt.timedelta(hours=3),
        )
    if n % 20 == 0:
        outcome = ReplyRequest.Outcome.WAITING if n % 100 == 0 else ReplyRequest.Outcome.ANSWERED
        asked = dt.date(2018, 1, 1) + dt.timedelta(days=n % 3000)
        yield ReplyRequest(article=story, source=lists.one_of(lists.sources), asked_on=asked, outcome=outcome)
    yield from history_of(story, n)


def history_of(story: Article, n: int) -> Iterator:
    who = {"by_username": "the-editor", "by_name": "The Editor"}
    at = story.published_at or timezone.now() - dt.timedelta(hours=1 + n % 3000)
    states = Article.Status
    if story.status != states.DRAFT:
        step = {"from_status": states.DRAFT, "to_status": states.IN_REVIEW, "step": "submit"}
        yield StatusChange(
            article=story, headline=story.headline, at=at - dt.timedelta(hours=2), **step, **who
        )
    if story.status == states.PUBLISHED:
        step = {"from_status": states.IN_REVIEW, "to_status": states.PUBLISHED, "step": "publish"}
        yield StatusChange(article=story, headline=story.headline, at=at, **step, **who)
    yield AuditEntry(
        at=at, action="changed", noun="articles.article", object_id=str(story.pk), object_key=f'["{story.slug}"]',
        object_name=story.headline, message="Changed the text.", **who,
    )  # fmt: skip
    entry = {
        "model": "articles.article",
        "fields": {"headline": story.headline, "slug": story.slug, "body": story.body},
    }
    kind = Revision.Kind.DRAFT if n % 1000 == 20 else Revision.Kind.SAVED
    judged = {"judgement": Revision.Judgement.OPEN} if n % 2000 == 50 else {}
    for version in range(1, 2 + (n % 4 == 0)):
        yield Revision(
            article=story, version=version, at=at, kind=kind, content=json.dumps([entry]), **judged, **who
        )
        kind = Revision.Kind.SAVED
    if n % 500 == 0:
        yield OpenForm(article=story, key=uuid.uuid4(), typed="headline=typed", typed_at=at, **who)
