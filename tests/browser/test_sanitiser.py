import re

import pytest

from articles.fields import clean_html
from tests.hostile_markup import HOSTILE, LOADS, RUNS

SITE = "http://newsroom.example/"
# The nodes are parsed a second and a third time, as an editor does when it copies them: markup that only
# then turns into something else ("mutation") is caught as well.
AGAIN = """() => {
    for (let i = 0; i < 2; i++) document.body.innerHTML = document.body.innerHTML;
    const copy = document.createElement("div");
    copy.innerHTML = document.body.innerHTML;
    document.body.append(copy);
}"""
LINKS = """() => [...document.querySelectorAll("[href], [action], [formaction]")].map(
    element => String(element.protocol) + "//" + String(element.host)
)"""


@pytest.fixture
def stage(page, complaints):
    """Shows markup as the only thing on a page without any policy, and tells what it did."""
    seen = {"asked": [], "markup": ""}

    def answer(route):
        seen["asked"].append(route.request.url)
        head = "<!doctype html><meta charset=utf-8><script>var struck = 0; function strike() { struck += 1; }</script>"
        is_page = route.request.url == SITE and route.request.is_navigation_request()
        route.fulfill(
            status=200 if is_page else 404,
            content_type="text/html; charset=utf-8",
            body=f"{head}<body>{seen['markup']}" if is_page else "",
        )

    page.context.route(re.compile("."), answer)

    def show(markup):
        seen.update(asked=[], markup=markup)
        page.goto(SITE, wait_until="load")
        page.evaluate(AGAIN)
        page.wait_for_timeout(20)
        while (
            visit := f"asks another server: {SITE}"
        ) in complaints:  # the stage itself, which nobody serves
            complaints.remove(visit)
        return {
            "struck": page.evaluate("struck"),
            "asked": [url for url in seen["asked"] if url != SITE and not url.endswith("favicon.ico")],
            "at": page.url,
            "links": page.evaluate(LINKS),
        }

    return show


def test_the_stage_notices_scripts_requests_and_links(stage, complaints):
    assert stage(RUNS[0])["struck"]
    assert stage("<img src=x onerror=strike()>")["struck"]
    assert stage(LOADS[0])["asked"]
    assert stage("<a href='/\t/evil.example/'>text</a>")["links"] == ["http://evil.example"] * 2
    assert stage("<a href=javascript:strike()>text</a>")["links"] == ["javascript://"] * 2
    complaints.clear()


def test_cleaned_markup_runs_nothing_loads_nothing_and_leads_nowhere_else(stage):
    harmful = {}
    for markup in HOSTILE:
        did = stage(clean_html(markup))
        links = set(did.pop("links"))
        if did != {"struck": 0, "asked": [], "at": SITE} or links - {
            "https://a.example",
            "http://newsroom.example",
        }:
            harmful[markup] = (clean_html(markup), did, links)
    assert harmful == {}
