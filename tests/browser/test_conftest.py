"""The fixtures of these tests notice what they are there to notice."""

import pytest
from playwright.sync_api import Error


@pytest.fixture
def anywhere(transactional_db, page):
    page.goto("/robots.txt")
    return page


def test_a_breach_of_the_content_policy_is_a_complaint(transactional_db, page, complaints):
    page.goto("/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    assert "Content Security Policy" in " ".join(complaints)
    complaints.clear()


def test_an_error_in_a_script_is_a_complaint(anywhere, complaints):
    anywhere.evaluate("setTimeout(() => { throw new Error('boom') })")
    anywhere.wait_for_function("true")
    assert any("boom" in complaint for complaint in complaints)
    complaints.clear()


def test_asking_another_server_is_a_complaint(page, complaints):
    with pytest.raises(Error, match="net::ERR_FAILED"):
        page.goto("http://news.example.org/")
    assert "asks another server: http://news.example.org/" in complaints
    complaints.clear()


def test_a_picture_without_words_is_a_barrier(anywhere, barriers):
    anywhere.set_content("<html lang=en><title>A page</title><main><h1>A page</h1><img src='data:,'></main>")
    assert [barrier.partition(":")[0] for barrier in barriers(anywhere)] == ["image-alt"]
