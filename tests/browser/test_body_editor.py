"""The body editor: words tied to who said them, pictures in the text, by mouse and by keyboard."""

import re

import pytest

from articles.markup import slug_in
from articles.models import Article, Image, Quote
from tests.browser.hands import in_the_text, log_in, open_story
from tests.make import (
    a_picture,
    make_article,
    make_author,
    make_illustration,
    make_kept_image,
    make_published,
    make_quote,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "<p>They stood there. “They had to look,” Drew said. “We have <em>no</em> contract,” said Benioff.</p><p>End.</p>"

# Selects from the first place where `start` stands to the end of `end`, as a mouse would.
SELECT = """([start, end]) => {
    const area = document.querySelector(".ProseMirror"), texts = [];
    const walk = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) texts.push(walk.currentNode);
    const first = texts.find(text => text.data.includes(start)), last = texts.find(text => text.data.includes(end));
    getSelection().setBaseAndExtent(first, first.data.indexOf(start), last, last.data.indexOf(end) + end.length);
}"""
PASTE = """markup => {
    const data = new DataTransfer();
    data.setData("text/html", markup);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.querySelector(".ProseMirror").dispatchEvent(event);
}"""

WIDTH = "async img => (await img.decode(), img.naturalWidth)"


@pytest.fixture
def story():
    make_user("chief", is_superuser=True)
    article = make_article("A cage rolls through the city", body=TEXT, by=[make_author()])
    make_quote(
        article, make_source("Jelani Drew"), text="They had to look", slug="drew-look", said_on="2018-09-25"
    )
    make_quote(article, make_source("Marc Benioff"), text="We have no contract", slug="benioff-contract")
    return article


@pytest.fixture
def form(page, story):
    log_in(page, "chief")
    return open_story(page, story)


def select(page, start, end=None):
    in_the_text(page)
    page.evaluate(SELECT, [start, end or start])
    page.wait_for_function("words => getSelection().toString().endsWith(words)", arg=end or start)
    page.get_by_role("button", name="Quote mark", disabled=False).wait_for()


def body(page):
    return page.locator("textarea[name=body]").evaluate("area => area.value")


def save(page, article):
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist .success").wait_for()
    return Article.objects.get(pk=article.pk).body


def dialog(page):
    return page.get_by_role("dialog")


def says(page):
    return page.locator(".body-status").inner_text()


class TestQuoteMark:
    def test_a_passage_is_marked_kept_and_found_again(self, form, story):
        select(form, "“We have", "contract,”")
        form.get_by_role("button", name="Quote mark").click()
        assert dialog(form).get_by_role("radio", name="We have no contract").is_checked(), (
            "the record that fits is offered"
        )
        dialog(form).get_by_role("button", name="Mark the words").click()
        marked = '<span data-quote="benioff-contract">“We have <em>no</em> contract,”</span>'
        assert body(form) == TEXT.replace("“We have <em>no</em> contract,”", marked)
        assert "Marc Benioff" in says(form)
        assert save(form, story) == body(form)

        open_story(form, story)
        assert form.locator(".ProseMirror .quote-mark:not(.broken)").all_inner_texts() == [
            "“We have ",
            "no",
            " contract,”",
        ]
        assert form.locator(".quote-mark").first.get_attribute("title") == "Marc Benioff"
        assert save(form, story) == TEXT.replace("“We have <em>no</em> contract,”", marked)

    def test_a_record_is_made_of_the_words(self, form, story):
        select(form, "Drew said")
        form.keyboard.press("Control+Shift+m")
        dialog(form).get_by_label("A new record of these words").check()
        dialog(form).get_by_role("button", name="Mark the words").click()
        select(form, "“They had to look,”")
        form.keyboard.press("Control+Shift+m")
        dialog(form).get_by_label("A new record of these words").check()
        dialog(form).get_by_role("button", name="Mark the words").click()
        assert "Choose its source before you save" in says(form)
        form.get_by_role("link", name="Go to it.").click()
        assert form.locator("#id_quotes-3-text").input_value() == "They had to look", (
            "without marks and comma"
        )
        slug = form.locator("#id_quotes-3-slug").input_value()
        assert re.fullmatch(r"they-had-to-look-[0-9a-z]{4}", slug)
        assert f'<span data-quote="{slug}">“They had to look,”</span>' in body(form)
        for row in (2, 3):
            form.locator(f"#quotes-{row} .field-source .select2-selection").first.click()
            form.locator(".select2-search__field").last.fill("Jelani")
            form.locator(".select2-results__option--highlighted", has_text="Jelani").wait_for()
            form.keyboard.press("Enter")
        kept = save(form, story)
        quote = Quote.objects.get(slug=slug)
        assert (quote.article, quote.source.name, quote.text) == (story, "Jelani Drew", "They had to look")
        assert f'data-quote="{slug}"' in kept
        open_story(form, story)
        assert form.locator(".ProseMirror .quote-mark.broken").count() == 0

    def test_a_row_typed_by_hand_gets_its_slug_with_its_mark(self, form, story):
        form.get_by_text("Add another Quote").click()
        form.locator("#id_quotes-2-text").fill("They stood there")
        select(form, "They stood there")
        form.keyboard.press("Control+Shift+m")
        assert dialog(form).get_by_role("radio", name="They stood there").is_checked()
        dialog(form).get_by_role("button", name="Mark the words").click()
        slug = form.locator("#id_quotes-2-slug").input_value()
        assert slug.startswith("they-stood-there-")
        assert f'<span data-quote="{slug}">They stood there</span>.' in body(form)

    def test_a_mark_keeps_to_its_record_when_the_slug_changes(self, form, story):
        mark(form, "They had to look")
        form.locator("#id_quotes-0-slug").evaluate(
            "box => box.closest('details, fieldset.collapse').open = true"
        )
        form.locator("#quotes-0 details").evaluate_all("all => all.forEach(one => one.open = true)")
        form.locator("#id_quotes-0-slug").fill("drew-had-to")
        assert '<span data-quote="drew-had-to">They had to look</span>' in body(form)
        form.locator("#id_quotes-0-slug").fill("")
        form.locator("#id_quotes-0-slug").blur()
        slug = form.locator("#id_quotes-0-slug").input_value()
        assert slug.startswith("they-had-to-look-")
        assert f'<span data-quote="{slug}">They had to look</span>' in body(form)

    def test_a_mark_without_a_record_shows(self, form, story):
        mark(form, "They had to look")
        assert form.locator(".quote-mark.broken").count() == 0
        form.locator("#id_quotes-0-DELETE").check()
        assert form.locator(".quote-mark.broken").inner_text() == "They had to look"
        form.locator(".quote-mark").click()
        form.wait_for_function(
            "document.querySelector('.body-status').textContent.includes('not in this form')"
        )
        form.locator("#id_quotes-0-DELETE").uncheck()
        assert form.locator(".quote-mark.broken").count() == 0

    def test_the_cursor_in_a_mark_says_who_spoke_and_a_mark_can_be_changed_and_taken_off(self, form, story):
        mark(form, "They had to look")
        form.locator(".quote-mark").click()
        form.wait_for_function(
            "document.querySelector('.body-status').textContent.includes('Jelani Drew, 2018-09-25')"
        )
        form.get_by_role("button", name="Quote mark").click()
        dialog(form).get_by_role("radio", name="We have no contract").check()
        dialog(form).get_by_role("button", name="Mark the words").click()
        assert '<span data-quote="benioff-contract">They had to look</span>' in body(form)
        form.locator(".quote-mark").click()
        form.get_by_role("button", name="Quote mark").click()
        dialog(form).get_by_role("button", name="Take the mark off").click()
        assert body(form) == TEXT

    def test_what_is_typed_behind_a_mark_is_not_marked(self, form, story):
        mark(form, "They had to look")
        form.keyboard.type("X")
        assert '<span data-quote="drew-look">They had to look</span>X,” Drew' in body(form)

    def test_escape_changes_nothing(self, form, story):
        select(form, "They had to look")
        form.keyboard.press("Control+Shift+m")
        form.keyboard.press("Escape")
        dialog(form).wait_for(state="detached")
        assert body(form) == TEXT
        assert form.locator(".ProseMirror").evaluate("area => area === document.activeElement")


def mark(page, words):
    select(page, words)
    page.keyboard.press("Control+Shift+m")
    dialog(page).get_by_role("button", name="Mark the words").click()
    dialog(page).wait_for(state="detached")


BARE = {
    "“They had to look,”": "They had to look",
    "“They had to look.”": "They had to look.",
    "“They had to look”, ": "They had to look",
    '"They had to look"': "They had to look",
    "‘They’re here’": "‘They’re here’",  # which of the two is the last mark, nobody knows
    "“One,” she said, “two.”": "“One,” she said, “two.”",
    "’Twas the workers’": "’Twas the workers’",
    "they had to, look": "they had to, look",
    "«Ils ont vu»": "Ils ont vu",
    "“": "“",
    "": "",
}


def test_words_become_a_record_without_the_marks_around_them(form):
    bare = "words => import('/static/articles/body/quote_rows.js').then(rows => words.map(rows.bare))"
    assert dict(zip(BARE, form.evaluate(bare, list(BARE)), strict=True)) == BARE


def test_a_slug_made_here_is_one_the_server_keeps(form):
    words = [
        "They had to look at us all",
        "¿Qué?",
        "İstanbul'da",
        "東京の人々",
        "ﬁne ½ x²",
        "नमस्ते जी",
        "!!!",
        "x" * 500,
    ]
    made = "words => import('/static/articles/body/quote_rows.js').then(rows => words.map(rows.newSlug))"
    slugs = [slug for _ in range(2) for slug in form.evaluate(made, words)]
    assert [slug_in(slug) for slug in slugs] == slugs
    for slug in slugs:
        Quote._meta.get_field("slug").run_validators(slug)
    assert len(set(slugs)) == 2 * len(words), "the same words in another story make another slug"


class TestPictures:
    def test_a_picture_is_found_put_in_kept_and_shown_as_its_record_is(self, form, story):
        make_kept_image(
            slug="cage", title="A cage on wheels", alt="A cage", caption="It rolls.", credit="Photo: Jo"
        )
        make_kept_image(slug="other", title="Something else")
        select(form, "They stood there")
        form.get_by_role("button", name="Picture").click()
        dialog(form).get_by_label("Find a picture").fill("wheels")
        dialog(form).get_by_text("1 picture found.").wait_for()
        dialog(form).get_by_role("radio", name="A cage on wheels").check()
        dialog(form).get_by_role("button", name="Put it into the text").click()
        picture = '<figure data-image="cage"></figure>'
        assert save(form, story) == TEXT.replace("</p><p>End", f"</p>{picture}<p>End")

        open_story(form, story)
        shown = form.locator(".ProseMirror figure")
        shown.get_by_text("It rolls. Photo: Jo").wait_for()
        assert shown.get_by_role("img", name="A cage").evaluate(WIDTH) == 4
        assert save(form, story) == TEXT.replace("</p><p>End", f"</p>{picture}<p>End")

        assert [row.image.slug for row in story.illustrations.all()] == ["cage"]
        shown.click()
        form.get_by_role("button", name="Picture").click()
        dialog(form).get_by_role("radio", name="Something else").check()
        dialog(form).get_by_role("button", name="Change the picture").click()
        assert '<figure data-image="other"></figure>' in body(form)
        shown.click()
        form.keyboard.press("Delete")
        assert body(form) == TEXT

    def test_a_new_picture_is_uploaded_on_the_way(self, form, story):
        select(form, "End")
        form.get_by_role("button", name="Picture").click()
        with form.expect_popup() as window:
            dialog(form).get_by_role("link", name="Upload a new picture").click()
        upload = window.value
        upload.get_by_label("Title").fill("Fresh from the harbor")
        upload.locator("#id_file").set_input_files(
            {"name": "x.png", "mimeType": "image/png", "buffer": a_picture()}
        )
        upload.get_by_label("Alternative text").fill("The harbor")
        upload.get_by_role("button", name="Save", exact=True).click()
        form.locator(".body-pictures input:checked").wait_for()
        assert dialog(form).get_by_role("radio", name="Fresh from the harbor").is_checked()
        dialog(form).get_by_role("button", name="Put it into the text").click()
        assert save(form, story) == f'{TEXT}<figure data-image="{Image.objects.get().slug}"></figure>'

    def test_a_picture_that_is_gone_shows(self, page, story):
        Article.objects.update(body='<figure data-image="gone"></figure><p>Words.</p>')
        log_in(page, "chief")
        open_story(page, story)
        page.get_by_text("No picture is called “gone”.").wait_for()
        assert save(page, story) == '<figure data-image="gone"></figure><p>Words.</p>'

    def test_a_picture_alone_is_kept(self, page, story):
        make_kept_image(slug="cage", caption="It rolls.")
        Article.objects.update(body="")
        log_in(page, "chief")
        open_story(page, story)
        page.get_by_role("button", name="Picture").click()
        dialog(page).get_by_role("radio").check()
        dialog(page).get_by_role("button", name="Put it into the text").click()
        assert save(page, story).startswith('<figure data-image="cage"></figure>')

    def test_it_never_stands_in_a_list(self, page, story):
        make_kept_image(slug="cage")
        Article.objects.update(body="<ul><li><p>One</p></li><li><p>Two</p></li></ul><p>End.</p>")
        log_in(page, "chief")
        open_story(page, story)
        select(page, "One")
        page.get_by_role("button", name="Picture").click()
        dialog(page).get_by_role("radio").check()
        dialog(page).get_by_role("button", name="Put it into the text").click()
        assert '</ul><figure data-image="cage"></figure><p>End.</p>' in save(page, story)


class TestKeyboard:
    def test_words_are_marked_and_a_picture_is_put_in_without_a_mouse(self, form, story):
        make_kept_image(slug="cage")
        in_the_text(form, "Control+Home", "Control+Shift+ArrowRight")
        form.get_by_role("button", name="Quote mark", disabled=False).wait_for()
        form.keyboard.press("Control+Shift+m")
        dialog(form).get_by_role("radio", name="A new record").wait_for()
        for key in ("ArrowDown", "ArrowUp", "Enter"):
            form.keyboard.press(key)
        dialog(form).wait_for(state="detached")
        assert body(form).startswith('<p><span data-quote="drew-look">They</span> stood')

        form.keyboard.press("Shift+Tab")
        bar = form.get_by_role("toolbar", name="Formatting of the text")
        assert bar.evaluate("bar => bar.contains(document.activeElement)")
        while "Picture" not in form.evaluate("document.activeElement.title"):
            form.keyboard.press("ArrowRight")
        form.keyboard.press("Enter")
        dialog(form).get_by_role("radio").wait_for()
        while form.evaluate("document.activeElement.type") != "radio":
            form.keyboard.press("Tab")
        form.keyboard.press("Space")
        form.keyboard.press("Enter")
        form.locator(".ProseMirror figure").wait_for()
        assert '</p><figure data-image="cage"></figure><p>End' in body(form)
        form.keyboard.press("Delete")
        assert "figure" not in body(form)

    def test_the_toolbar_is_one_stop_and_says_what_is_on(self, form, story):
        bar = form.get_by_role("toolbar", name="Formatting of the text")
        assert bar.locator("button[tabindex='0']").count() == 1
        select(form, "no")
        assert bar.get_by_role("button", name="italic").get_attribute("aria-pressed") == "true"
        assert bar.get_by_role("button", name="bold").get_attribute("aria-pressed") == "false"
        for level in (2, 3):
            assert bar.get_by_role("button", name=f"heading {level}").is_visible()


def test_the_editor_and_its_dialogs_keep_nobody_out(page, barriers_in_every_view, story):
    for n in range(9):
        make_quote(story, text=f"Some more words, number {n}, that go on for a while and then end.")
    make_kept_image(slug="cage", title="A cage on wheels", caption="It rolls.", credit="Photo: Jo")
    Article.objects.update(
        body='<h2>Head</h2><p>One <span data-quote="drew-look">They had to look</span> '
        'two <span data-quote="gone">three</span>.</p><figure data-image="cage"></figure><p>End.</p>'
    )
    log_in(page, "chief")
    open_story(page, story)
    page.locator(".ProseMirror figure img").wait_for()
    page.locator(".quote-mark.broken").click()
    assert barriers_in_every_view(page) == []
    for button in ("Quote mark", "Picture"):
        page.get_by_role("button", name=button).click()
        dialog(page).get_by_role("radio").last.wait_for()
        assert barriers_in_every_view(page) == [], button
        for width in (360, 768, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            box = dialog(page).bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
        dialog(page).get_by_role("button", name="Cancel").click()


class TestLinks:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("example.org/x?y=1", "https://example.org/x?y=1"),
            ("http://example.org", "http://example.org"),
            ("desk@example.org", "mailto:desk@example.org"),
            ("/stories/strike/", "/stories/strike/"),
        ],
    )
    def test_an_address_is_completed_so_that_it_is_kept(self, form, story, typed, kept):
        select(form, "End")
        form.keyboard.press("Control+k")
        dialog(form).get_by_label("Address").fill(typed)
        form.keyboard.press("Enter")
        dialog(form).wait_for(state="detached")
        assert f'<a href="{kept}">End</a>' in save(form, story)

    @pytest.mark.parametrize("typed", ["javascript:alert(1)", "//example.org", "two words", "strike"])
    def test_what_would_not_be_kept_is_not_set(self, form, story, typed):
        select(form, "End")
        form.keyboard.press("Control+k")
        dialog(form).get_by_label("Address").fill(typed)
        form.keyboard.press("Enter")
        assert dialog(form).is_visible()
        assert body(form) == TEXT


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoListParagraph {margin:0}</style></head>
<body lang=EN-US style='word-wrap:break-word'><!--StartFragment--><h1 style='mso-list:none'>Head<o:p></o:p></h1>
<p class=MsoNormal>First <b>bold</b> <i style='mso-bidi-font-style:normal'>and</i>
<a href="https://example.org/">link</a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>One<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:1.0in;mso-list:l0 level2 lfo1'><!--[if !supportLists]--><span
style='mso-list:Ignore'>o<span>&nbsp;</span></span><!--[endif]-->Inner<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Two</p>
<p class=MsoNormal>Between.</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>First</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.</span>Second</p>
<h3>Lower</h3><!--EndFragment--></body></html>"""
FROM_WORD = (
    '<h2>Head</h2><p>First <strong>bold</strong> <em>and</em> <a href="https://example.org/">link</a>.</p>'
    "<ul><li><p>One</p><ul><li><p>Inner</p></li></ul></li><li><p>Two</p></li></ul><p>Between.</p>"
    "<ol><li><p>First</p></li><li><p>Second</p></li></ol><h3>Lower</h3>"
)
DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h1 dir="ltr"><span>Head</span></h1>
<p dir="ltr" style="line-height:1.38"><span style="font-weight:400">First </span><span style="font-weight:700">bold</span>
<a href="https://example.org/" style="text-decoration:none"><span style="color:#1155cc">link</span></a></p>
<ul style="margin-top:0"><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>One</span></p></li>
<ul><li dir="ltr" aria-level="2"><p dir="ltr"><span>Inner</span></p></li></ul></ul><h5>Lower</h5></b>"""
FROM_DOCS = (
    '<h2>Head</h2><p>First <strong>bold</strong> <a href="https://example.org/">link</a></p>'
    "<ul><li><p>One</p><ul><li><p>Inner</p></li></ul></li></ul><h3>Lower</h3>"
)


@pytest.mark.parametrize(
    ("pasted", "kept"), [(WORD, FROM_WORD), (DOCS, FROM_DOCS)], ids=["Word", "Google Docs"]
)
def test_what_is_pasted_keeps_paragraphs_headings_links_and_lists(page, story, pasted, kept):
    Article.objects.update(body="")
    log_in(page, "chief")
    in_the_text(open_story(page, story))
    page.evaluate(PASTE, pasted)
    assert save(page, story) == kept


def test_readers_go_from_the_words_to_their_record_and_back(open_page, barriers):
    story = make_published(
        body='<p>“<span data-quote="drew-look">They had to look</span>,” Drew said.</p>'
        '<figure data-image="cage"></figure><p>End.</p>'
    )
    make_quote(story, make_source("Jelani Drew"), text="They had to look", slug="drew-look")
    make_illustration(story, make_kept_image(slug="cage", alt="A cage", caption="It rolls."))
    page = open_page(viewport={"width": 1280, "height": 500})
    page.goto(story.get_absolute_url())
    assert page.get_by_role("img", name="A cage").evaluate(WIDTH) == 4
    page.get_by_role("link", name="They had to look").click()
    assert page.locator(".quote:target").is_visible()
    page.get_by_role("link", name="Where it stands in the story").click()
    assert page.locator(".said:target").inner_text() == "They had to look"
    assert barriers(page) == []
