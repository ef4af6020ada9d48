"""The database's clock decides, not that of a machine that has drifted."""

import datetime as dt
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from articles.models import Article, clock
from articles.models.clock import ahead
from tests.make import make_published
from tests.outside import ROOT

HOUR = dt.timedelta(hours=1)
TIGHT = dt.timedelta(seconds=5)


@pytest.fixture(autouse=True)
def the_real_clock(monkeypatch):
    """Elsewhere in these tests every clock shows the same (see tests/conftest.py)."""
    monkeypatch.setattr(clock, "ahead", ahead)
    monkeypatch.setattr(clock, "answers", {})


@pytest.fixture
def server(monkeypatch):
    """A database whose clock is an hour ahead of this machine's, and how often it was asked."""
    asked = []

    @contextmanager
    def cursor():
        yield SimpleNamespace(execute=asked.append, fetchone=lambda: (timezone.now() + HOUR,))

    database = SimpleNamespace(vendor="postgresql", cursor=cursor)
    monkeypatch.setattr(clock, "connections", {"default": database})
    return asked


def test_it_is_as_late_as_the_database_says(server):
    assert abs(clock.now() - timezone.now() - HOUR) < TIGHT


def test_the_database_is_asked_once_in_a_while_and_not_for_every_moment(server, monkeypatch):
    monkeypatch.setattr(clock.time, "monotonic", lambda: 100.0)
    moments = [clock.now() for _ in range(5)]
    assert len(server) == 1
    assert moments == sorted(moments)
    monkeypatch.setattr(clock.time, "monotonic", lambda: 100.0 + clock.SECONDS)
    clock.now()
    assert len(server) == 2


def test_an_embedded_database_has_no_clock_of_its_own(monkeypatch):
    monkeypatch.setattr(clock, "connections", {"default": SimpleNamespace(vendor="sqlite")})
    assert ahead("default") == dt.timedelta()


@pytest.mark.django_db
@pytest.mark.parametrize("skew", [-HOUR, HOUR])
def test_a_machine_whose_clock_is_an_hour_off_shows_nothing_early_and_nothing_late(skew, client):
    if connection.vendor != "postgresql":
        pytest.skip("an embedded database runs on the machine whose clock it is")
    now = timezone.now()
    early = make_published("Early", published_at=now + HOUR / 2)
    over = make_published("Over", published_at=now - 3 * HOUR, withdraw_at=now - HOUR / 2)
    ends = make_published("Ends later", published_at=now - 3 * HOUR, withdraw_at=now + HOUR / 2)
    held = make_published("Under embargo", published_at=now - 3 * HOUR, embargo_until=now + HOUR / 2)
    with time_machine.travel(now + skew):
        assert list(Article.objects.published()) == [ends]
        assert [story.is_public() for story in (early, over, ends, held)] == [False, False, True, False]
        pages = [client.get(story.get_absolute_url()).status_code for story in (early, over, ends, held)]
        assert pages == [404, 404, 200, 404]
        front = client.get("/").content.decode()
        assert [story.headline in front for story in (early, over, ends, held)] == [False, False, True, False]


def test_no_door_of_readers_and_no_rule_about_them_asks_this_machines_own_clock():
    files = [*(ROOT / "articles" / "public").rglob("*.py"), *(ROOT / "articles" / "management").rglob("*.py")]
    files += [ROOT / "articles" / "editorial" / name for name in ("edition.py", "related.py", "addresses.py")]
    files += [
        ROOT / "articles" / "models" / "article.py",
        *(ROOT / "articles" / "editorial" / "workflow").glob("*.py"),
    ]
    assert len(files) > 40
    assert [path.name for path in files if "timezone.now" in path.read_text()] == []
