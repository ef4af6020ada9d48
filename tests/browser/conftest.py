"""A real Chromium, driven by Playwright, on the pages of a running site.

Debian's Chromium is used, or another one that is on the machine; Playwright's own is not downloaded. Where
there is none these tests are skipped with a word on what to install; BROWSER_TESTS=required makes that an error.
"""

import os
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import sync_playwright

#: The first draws no window and asks for a quarter less of the machine.
NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
#: Each page is looked at in these; in the middle nothing is seen that is not seen at one of the ends.
ENDS = [(1440, "light"), (360, "dark")]
BETWEEN = 768
#: The stock admin lets the colour of a link fade into the new one. Nobody waits for longer
#: than a second: a page behind another draws nothing and fades nothing.
COLOURS_HAVE_CHANGED = """() => Promise.race([
    new Promise(done => setTimeout(done, 30)).then(() => Promise.allSettled(document.getAnimations()
        .filter(animation => animation instanceof CSSTransition)
        .map(animation => animation.finished))),
    new Promise(done => setTimeout(done, 1000)),
])"""
BARRIERS = """async () => {
    const { violations } = await axe.run({ preload: false, resultTypes: ["violations"] });
    return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
        .flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help} (${html})`));
}"""
SWITCHES = [
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WHAT_TO_INSTALL = "no Chromium on this machine; install it with: apt-get install chromium-headless-shell"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        if os.environ.get("BROWSER_TESTS") == "required":
            pytest.fail(WHAT_TO_INSTALL, pytrace=False)
        pytest.skip(WHAT_TO_INSTALL)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def complaints():
    """What the browser complained of on any page of the test; a test that provokes it empties the list."""
    return []


@pytest.fixture
def open_page(browser, live_server, complaints):
    """Opens a page in a context of its own; addresses may be given from the slash on.

    The test fails if a page logs an error (Chromium logs every breach of the content policy as one), raises
    in a script or asks any other server for anything.
    """
    contexts = []

    def open_one(**options):
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        context.on("request", notice)
        page = context.new_page()
        page.on(
            "console", lambda said: said.type == "error" and complaints.append(f"{page.url}: {said.text}")
        )
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        return page

    def notice(request):
        if request.url.startswith("http") and not request.url.startswith(f"{live_server.url}/"):
            complaints.append(f"asks another server: {request.url}")

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_page):
    """A page on a desk: 1280 pixels wide."""
    return open_page(viewport={"width": 1280, "height": 900})


@pytest.fixture
def phone(open_page):
    """A page in the hand: 360 pixels wide, with fingers."""
    return open_page(
        viewport={"width": 360, "height": 740}, device_scale_factor=2, is_mobile=True, has_touch=True
    )


@pytest.fixture
def barriers():
    """Finds what keeps people from using a page: axe's serious and critical violations, with their elements."""

    def find(page):
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        return page.evaluate(BARRIERS)

    return find


@pytest.fixture
def barriers_in_every_view(barriers):
    """The same on a desk by day and in the hand by night, and what is wider than any screen; the page stays loaded."""

    def find(page):
        was = page.viewport_size
        found = []
        for width, scheme in ENDS:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.evaluate(COLOURS_HAVE_CHANGED)
            found += too_wide(page, width)
            found += [f"{width} {scheme}: {barrier}" for barrier in barriers(page)]
        found += too_wide(page, BETWEEN)
        page.set_viewport_size(was)
        return found

    def too_wide(page, width):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        return [f"{width}: the page is {wide} wide"] if wide > width else []

    return find
