"""What a story lacks, in a real browser: each line of the list leads to where it is mended."""

import pytest

from tests.browser.hands import log_in, open_story
from tests.make import make_article, make_quote, make_source, make_user

pytestmark = pytest.mark.django_db(transaction=True)

IS_ON_SCREEN = """(id) => {
  const field = document.getElementById(id);
  const place = (field.closest(".form-row, .quote-row, .inline-group") ?? field).getBoundingClientRect();
  return place.top >= 0 && place.top < innerHeight;
}"""


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_each_finding_leads_to_its_field_with_the_label_in_sight(open_page, barriers, width, scheme):
    make_user("chief", is_superuser=True)
    make_source("Ada Byron")
    article = make_article("x" * 91, deck="", section=None, body="<p>Ada Byron lied. “Not a word of it.”</p>")
    make_article("x" * 91, slug=f"{article.slug}-2")
    make_quote(article, text="Words that stand nowhere.")
    empty = make_article(body="")
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    log_in(page, "chief")
    led_to = set()
    for story in (article, empty):
        open_story(page, story)
        assert barriers(page) == []
        for line in page.locator("#panel-findings a").all():
            anchor = line.get_attribute("href").removeprefix("#")
            line.click()
            assert page.evaluate(IS_ON_SCREEN, anchor), anchor
            led_to.add(anchor)
    assert led_to >= {
        "bylines-group",
        "id_body",
        "id_deck",
        "id_headline",
        "id_section",
        "id_slug",
        "id_tags",
        "quotes-0",
        "quotes-group",
        "reply_requests-group",
    }
