"""Opens every list of the desk, and finds what each asks of the database. `desk_lists` runs it and prints the table."""

import math
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Author, Section, Source, Statement

TIMES = 5
PER_PAGE = 50
BOUND_MS, BOUND_QUERIES = 300, 15
#: For this person, or for lists that are too short to have such a page.
NOT_THERE = {302, 403, 404}


@dataclass(frozen=True)
class Page:
    who: str
    name: str
    address: str
    queries: int
    ms: float
    busy_ms: float
    slowest_ms: float
    slowest: str

    @property
    def is_slow(self) -> bool:
        return self.ms > BOUND_MS or self.queries > BOUND_QUERIES


def addresses(tag: str = "tag-3") -> Iterator[tuple[str, str]]:
    """Every list, by what it is called."""
    stories = "/admin/articles/article/"
    last = math.ceil(Article.objects.outside_the_bin().count() / PER_PAGE)
    section, author = Section.objects.first().pk, Author.objects.first().pk
    source, statement = Source.objects.first().pk, Statement.objects.first().pk
    a_story = Article.objects.filter(status=Article.Status.PUBLISHED, version=1).order_by("pk").first()
    name = Source.objects.get(pk=source).name.replace(" ", "+")
    headline = a_story.headline.split()
    yield "dashboard", "/admin/"
    yield "calendar", "/admin/calendar/"
    yield "stories", stories
    for status in Article.Status.values:
        yield f"stories: {status}", f"{stories}?status={status}"
    yield "stories: section", f"{stories}?section__id__exact={section}"
    yield "stories: kind", f"{stories}?kind__exact=analysis"
    yield "stories: author", f"{stories}?bylines__author__id__exact={author}"
    yield "stories: tag", f"{stories}?tag={tag}"
    yield "stories: year", f"{stories}?published_at__year=2025"
    yield (
        "stories: status, section and kind",
        f"{stories}?status=published&section__id__exact={section}&kind__exact=news",
    )
    for column, name in enumerate(["headline", "status", "section", "kind"], start=1):
        yield f"stories: by {name}", f"{stories}?o={column}"
    yield "stories: oldest first", f"{stories}?o=6"
    yield "stories: newest first", f"{stories}?o=-6"
    yield "stories: in the middle", f"{stories}?p={max(1, last // 2)}"
    yield "stories: last page", f"{stories}?p={last}"
    yield "stories: a word", f"{stories}?q={headline[0]}"
    yield "stories: two words", f"{stories}?q={headline[0]}+{headline[1]}"
    yield "stories: a slug", f"{stories}?q={a_story.slug}"
    yield "stories: a source", f"{stories}?q={name}"
    yield "stories: nothing found", f"{stories}?q=zzzzzz"
    yield "stories: a word, published", f"{stories}?q={headline[0]}&status=published"
    yield "history of a story", f"{stories}{a_story.pk}/history/"
    quotes = "/admin/articles/quote/"
    yield "quotes", quotes
    yield "quotes: kind", f"{quotes}?kind__exact=direct"
    yield "quotes: source", f"{quotes}?source__id__exact={source}"
    yield "quotes: section", f"{quotes}?article__section__id__exact={section}"
    yield "quotes: by source", f"{quotes}?o=2"
    yield "quotes: a word", f"{quotes}?q={headline[0]}"
    yield "quotes: last page", f"{quotes}?p=2000"
    for noun, words in {
        "source": name, "statement": "Letter+7", "tag": "tag+7", "image": "Picture+7", "author": "Author+3",
        "section": "Section", "replyrequest": name, "statuschange": headline[0], "auditentry": headline[0],
    }.items():  # fmt: skip
        yield f"{noun}s", f"/admin/articles/{noun}/"
        yield f"{noun}s: words", f"/admin/articles/{noun}/?q={words}"
    yield "sources: by quotes", "/admin/articles/source/?o=-3"
    yield "tags: by stories", "/admin/articles/tag/?o=-3"
    yield "images: by stories", "/admin/articles/image/?o=-4"
    yield "statements: by form", "/admin/articles/statement/?o=2"
    yield "history of a source", f"/admin/articles/source/{source}/history/"
    yield "history of a statement", f"/admin/articles/statement/{statement}/history/"
    yield "source: choices", choices("quote", "source", name)
    yield "tag: choices", choices("taggedarticle", "tag", "tag+7")
    yield "pick: choices", choices("article", "picks", headline[0])


def choices(model: str, field: str, words: str) -> str:
    return f"/admin/autocomplete/?app_label=articles&model_name={model}&field_name={field}&term={words}"


def measure(times: int = TIMES, people=("the-editor", "the-reporter")) -> Iterator[Page]:
    """Every list as an editor and as a reporter; those a person may not open are left out."""
    for who in people:
        client = Client(HTTP_HOST="localhost")
        client.force_login(
            User.objects.get(username=who), backend="django.contrib.auth.backends.ModelBackend"
        )
        for name, address in addresses():
            page = opened(client, who, name, address, times)
            if page:
                yield page


def opened(client, who, name, address, times) -> Page | None:
    best, busy, queries = float("inf"), float("inf"), None
    for _ in range(times):
        began, worked = time.perf_counter(), time.process_time()
        # Writing the queries down takes a moment, so it is done once.
        with nullcontext() if queries else CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
        queries = queries or list(captured.captured_queries)
        best = min(best, 1000 * (time.perf_counter() - began))
        busy = min(busy, 1000 * (time.process_time() - worked))
    if answer.status_code in NOT_THERE:
        return None
    if answer.status_code != 200:
        raise SystemExit(f"{address} was answered with {answer.status_code}.")
    slowest = max(queries, key=lambda each: float(each["time"]))
    return Page(who, name, address, len(queries), best, busy, 1000 * float(slowest["time"]), slowest["sql"])


def table(pages: list[Page]) -> Iterator[str]:
    yield f"{'':12} {'':34} {'queries':>7} {'ms':>8} {'busy ms':>8} {'slowest query':>13}"
    for page in pages:
        yield (
            f"{page.who:12} {page.name:34} {page.queries:7} {page.ms:8.0f} {page.busy_ms:8.0f} {page.slowest_ms:13.0f}"
            f"{'  <- too slow' if page.is_slow else ''}"
        )


def show(times: int, *, explain: bool) -> None:
    pages = list(measure(times))
    print("\n".join(table(pages)))  # noqa: T201
    for page in pages if explain else ():
        if page.is_slow:
            print(f"\n{page.who}, {page.name}: {page.address}\n{page.slowest}")  # noqa: T201
