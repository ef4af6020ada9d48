"""The whole road, as the people on it walk it: fixture, reader, reporter, editor, reader, feed."""

import pytest
from django.utils import timezone

from articles.models import Article, AuditEntry, StatusChange
from tests.browser.hands import choose, log_in_by_hand
from tests.fixtures import load_all
from tests.make import make_author, make_group_member

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_story_travels_from_fixture_to_reader_to_desk_to_reader(open_page):
    load_all()
    make_author("Ida Wells", slug="ida-wells", user=make_group_member("Reporter", "ida"))
    make_group_member("Managing editor", "chief")

    # A reader follows a related story because the page says why it is related.
    reader = open_page()
    reader.goto("/")
    assert reader.get_by_role("article").count() >= 4
    reader.get_by_role("link", name="Protesters bring a cage").first.click()
    related = reader.get_by_role("complementary", name="Related")
    assert "the same letter is quoted in both" in related.inner_text()
    related.get_by_role("link", name="Texas nonprofit refuses").click()
    assert "refuses $250,000" in reader.get_by_role("heading", level=1).inner_text()

    # A reporter writes a story that quotes a source the archive knows, and hands it in.
    reporter = open_page(viewport={"width": 1280, "height": 900})
    log_in_by_hand(reporter, "ida")
    reporter.get_by_role("link", name="New story").click()
    reporter.get_by_label("Headline:", exact=True).fill("Campaigner takes the cage on tour")
    reporter.get_by_label("Deck:", exact=True).fill("The next stops are three more conferences.")
    reporter.get_by_role("textbox", name="Body").click()
    reporter.keyboard.type("The cage moves on. “They had to look,” Jelani Drew said.")
    choose(reporter, "section", "Immigration")
    reporter.get_by_text("Add another Quote").click()
    reporter.locator("#id_quotes-0-text").fill("They had to look")
    choose(reporter, "source", "Jelani Drew")
    reporter.get_by_role("button", name="Hand in for review").click()
    assert "is now in review" in reporter.locator(".messagelist").inner_text()
    assert reporter.get_by_role("button", name="Save").count() == 0
    assert reader.request.get("/stories/campaigner-takes-the-cage-on-tour/").status == 404

    # An editor finds it waiting, mends the headline and publishes with the same press, and one more: no deck is wanted.
    editor = open_page(viewport={"width": 1280, "height": 900})
    log_in_by_hand(editor, "chief")
    waiting = editor.get_by_role("region", name="Waiting for review")
    waiting.get_by_role("link", name="Campaigner takes the cage on tour").click()
    editor.get_by_label("Headline:", exact=True).fill("Campaigner takes the cage on a tour of conferences")
    editor.get_by_role("button", name="Publish now").click()
    editor.get_by_role("button", name="Publish anyway").click()
    assert "is now published" in editor.locator(".messagelist").inner_text()
    editor.get_by_role("link", name="History").click()
    assert "Publish now" in editor.locator("#change-history").inner_text()

    # Readers see it on the front page, on its own page, beside the story it shares a source with, in the feed.
    reader.goto("/")
    reader.get_by_role("link", name="Campaigner takes the cage on a tour").first.click()
    assert "By Ida Wells" in reader.get_by_role("main").inner_text()
    assert "both quote Jelani Drew" in reader.get_by_role("complementary", name="Related").inner_text()
    reader.get_by_role("complementary", name="Related").get_by_role(
        "link", name="Protesters bring a cage"
    ).click()
    assert "Campaigner takes the cage" in reader.get_by_role("complementary", name="Related").inner_text()
    feed = reader.request.get("/feeds/atom/").text()
    assert feed.index("Campaigner takes the cage on a tour") < feed.index("Protesters bring a cage")

    article = Article.objects.get(slug="campaigner-takes-the-cage-on-tour")
    assert article.is_public(timezone.now())
    assert [(row.step, row.by_username) for row in StatusChange.objects.order_by("at")] == [
        ("submit", "ida"),
        ("publish", "chief"),
    ]
    assert set(AuditEntry.objects.values_list("by_username", flat=True)) == {"ida", "chief"}
