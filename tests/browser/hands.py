"""What people do in the browser, told once: come in, open a story, fill a field, put the caret, press a button."""

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

PASSWORD = "a long enough password"
ADD = "/admin/articles/article/add/"
# Just after it gets the focus the editor puts the caret back to where it was last; a key pressed before that
# moves it in vain. Timers of one page run in turn, so this one ends after the editor's, on the slowest machine too.
THE_EDITOR_IS_READY = "() => new Promise(done => setTimeout(done, 40))"


def log_in(page, username):
    """Opens the desk to somebody who has logged in, without the two pages of doing so."""
    somebody = Client()
    somebody.force_login(User.objects.get(username=username))
    session = somebody.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": session.key, "value": session.value, "domain": "localhost", "path": "/", "httpOnly": True}]
    )


def log_in_by_hand(page, username):
    page.goto("/admin/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def form_of(article):
    return f"/admin/articles/article/{article.pk}/change/"


def open_story(page, article=None):
    """The form of a story, or of a new one, with its body ready for typing."""
    page.goto(form_of(article) if article else ADD)
    page.get_by_role("textbox", name="Body").wait_for()
    return page


def field(page, name):
    return page.get_by_label(f"{name}:", exact=True)


def choose(page, name, word):
    """Picks from an autocomplete field as a person does: click, type, Enter."""
    page.locator(f".field-{name} .select2-selection").first.click()
    page.locator(".select2-search__field").last.fill(word)
    page.locator(".select2-results__option--highlighted", has_text=word).wait_for()
    page.keyboard.press("Enter")


def in_the_text(page, *keys):
    """Puts the caret into the text of the story, and presses these keys there: where to write, or what to select."""
    page.get_by_role("textbox", name="Body").focus()
    page.evaluate(THE_EDITOR_IS_READY)
    for key in keys:
        page.keyboard.press(key)


def press(page, name):
    """A button that leads to another page, and the word that it worked."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()
    page.locator(".messagelist .success").wait_for()
