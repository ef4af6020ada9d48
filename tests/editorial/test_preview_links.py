import datetime as dt

import pytest
from django.utils import timezone

from articles.editorial import audit
from articles.editorial.preview_links import digest_of, link_for, links_of, make_link, revoke
from articles.models import Article, PreviewLink
from tests.make import make_article, make_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_link(
        make_article(), by=make_editor(first_name="Ana", last_name="Ruiz"), meant_for="the lawyers"
    )


def test_a_secret_has_at_least_128_bits_and_is_never_the_same():
    article, editor = make_article(), make_editor()
    secrets = {make_link(article, by=editor).secret for _ in range(50)}
    assert len(secrets) == 50
    assert all(len(secret) * 6 >= 128 for secret in secrets)


def test_the_secret_itself_is_kept_nowhere(made):
    kept = PreviewLink.objects.values().get()
    assert made.secret not in str(kept)
    assert kept["digest"] == digest_of(made.secret)
    assert made.secret not in audit.history_of(made.link.article).get().message


def test_it_opens_until_its_time_is_over(made):
    now = timezone.now()
    assert link_for(made.secret, now + dt.timedelta(days=6, hours=23)) == made.link
    assert link_for(made.secret, now + dt.timedelta(days=7, minutes=1)) is None


@pytest.mark.parametrize("days", [1, 7, 8, 10_000])
def test_it_opens_for_a_week_at_most(days):
    link = make_link(make_article(), by=make_editor(), days=days).link
    assert link.expires_at - link.made_at == dt.timedelta(days=min(days, 7))


def test_a_row_that_claims_more_than_a_week_opens_for_a_week(made):
    now = timezone.now()
    PreviewLink.objects.update(expires_at=now + dt.timedelta(days=365))
    assert link_for(made.secret, now + dt.timedelta(days=8)) is None


def test_revoked_it_opens_no_more_and_history_says_who_did_it(made):
    revoke(made.link, by=make_editor(first_name="Ben", last_name="Lee"))
    assert link_for(made.secret) is None
    assert list(links_of(made.link.article)) == []
    lines = [(line.by_name, line.message) for line in audit.history_of(made.link.article)]
    assert lines == [
        ("Ben Lee", "Revoked a link to a preview."),
        ("Ana Ruiz", "Made a link to a preview of the story as it is edited for the lawyers."),
    ]


def test_a_story_in_the_bin_is_shown_to_nobody(made):
    Article.objects.update(status="binned")
    assert link_for(made.secret) is None


@pytest.mark.parametrize("secret", ["", "x", "x" * 100_000, "\ud800", "é" * 40])
def test_another_secret_opens_nothing(made, secret):
    assert link_for(secret) is None
