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


@pytest.mark.parametrize(
    "address", ["http://news.example.org/", "http://127.0.0.1:4321/", "http://[::1]:4321/"]
)
def test_asking_another_server_is_a_complaint(page, complaints, address):
    with pytest.raises(Error, match="net::ERR_NAME_NOT_RESOLVED"):
        page.goto(address)
    assert f"asks another server: {address}" in complaints
    complaints.clear()


def test_a_picture_without_words_is_a_barrier(anywhere, barriers):
    anywhere.set_content("<html lang=en><title>A page</title><main><h1>A page</h1><img src='data:,'></main>")
    assert [barrier.partition(":")[0] for barrier in barriers(anywhere)] == ["image-alt"]
