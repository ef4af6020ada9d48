"""Every address of the site with each role, each method and each kind of story, held against who_may.py.

The addresses come from the URLconf (see every_desk_address.py), so a new page takes part by itself. One that nobody
has described is taken to show its noun to those who may read it, and to change it only for those who may change it.
"""

import re
from contextlib import contextmanager
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TestCase
from django.urls import reverse

from articles.admin.site import desk
from articles.editorial.preview_links import make_link
from articles.editorial.workflow import STEPS
from articles.models import Article
from tests.admin.every_desk_address import DESK, desk_routes, make_rows, make_story, routes
from tests.admin.forms import filled_in
from tests.admin.who_may import MOVES, NOUNS, OPEN, OUTSIDE, ROLES, STORIES, holds, may, may_read, may_write
from tests.make import a_picture, make_group_member, make_user
from tests.public.every_address import content
from tests.public.test_visibility import make_public_world

#: The stories tried with each role, begun by others and by themselves. Only with a reporter does it matter whose it is;
#: from the outside, and to those who may everything, all are alike.
A_FEW = ["draft", "published", "binned"]
TRIED = {role: (A_FEW, []) for role in ROLES} | {
    "reporter": (STORIES, STORIES),
    "editor": (STORIES, ["draft"]),
}
#: Pages that open for whoever may read them.
ALWAYS_OPEN = {"changelist", "add", "delete", "change", "history"}
#: Tables that tell nothing of the newsroom: who is logged in, who has a form open and what is typed there.
ASIDE = {
    "django_session", "axes_accessattempt", "axes_accesslog", "axes_accessfailurelog", "articles_openform",
}  # fmt: skip
WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
NAMED = {"article": "headline", "image": "title", "statement": "title", "user": "first_name"}
PASSWORD = {"password1": "taken over now", "password2": "taken over now", "usable_password": "true"}
WHEN = "2099-01-01T00:00"
#: For a page nobody has described: whatever the others go by.
ANYTHING = {
    **dict.fromkeys(["name", "headline", "note", "meant_for", "typed", "text"], "Forged"),
    "kind": "correction",
    "post": "yes",
    "_save": "1",
    "_step": "publish",
    "shows": "follows",
    "days": "1",
    "key": "5f0c4c6e-0f3c-4a0e-8f5e-0d5f5c2c9b1a",
}


@contextmanager
def undone():
    """Whatever is written inside is taken back; yields the tables that were written to meanwhile."""
    written = set()

    def look(execute, sql, params, many, context):
        found = WRITE.match(sql)
        if found:
            written.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look), transaction.atomic():
        yield written
        transaction.set_rollback(True)


def rows_in(table) -> list:
    """All that is in a table; of versions only those of the story, not what somebody typed beside it."""
    which = " WHERE kind <> 'aside'" if table == "articles_revision" else ""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"{which}')  # noqa: S608 - a table of ours
        return sorted(map(repr, cursor.fetchall()))


def make_people():
    """Somebody of each role; the roles as they come with the product."""
    call_command("loaddata", "roles", verbosity=0)
    return {
        "account": make_user("account", staff=False),
        "staff": make_user("staff"),
        "reporter": make_group_member("Reporter", "reporter"),
        "editor": make_group_member("Editor", "editor"),
        "managing": make_group_member("Managing editor", "managing"),
        "superuser": make_user("superuser", is_superuser=True),
    }


class People(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.people = make_people()

    def come_in(self, role):
        self.client.logout()
        if role != "anonymous":
            self.client.force_login(self.people[role])


class Matrix(People):
    """One test for each role; each tells every surprise at once."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.rows = make_rows(cls.people["superuser"])
        somebody = make_user("somebody", is_superuser=True)
        cls.others = [cls.story(state, somebody, "somebody") for state in STORIES]
        cls.forms = {}

    @classmethod
    def story(cls, state, person, role):
        story = make_story(state, person)
        story.state, story.begun_by = state, role
        return story

    def setUp(self):
        self.client.raise_request_exception = False
        self.chief = self.client_class()
        self.chief.force_login(self.people["superuser"])

    def go_through(self, role):
        by_others, by_oneself = TRIED[role]
        own = [self.story(state, self.people[role], role) for state in by_oneself]
        others = [story for story in self.others if story.state in by_others]
        self.role, self.stories, self.before, self.found = role, [*others, *own], {}, []
        a_few = [story for story in others if story.state == "published"] + own[:1]
        self.come_in(role)
        for route in desk_routes():
            about_a_story = route.noun == "article" and "object_id" in route.parameters
            for row in self.stories if about_a_story else [self.rows.get(route.noun)]:
                self.look_at("GET", route, row)
                for what, body in self.bodies(route, row).items():
                    self.look_at("POST", route, row, what, body)
                if not about_a_story or row in a_few:
                    for method in ["HEAD", "PUT", "PATCH", "DELETE"]:
                        self.look_at(method, route, row, "", ANYTHING)
        self.assertEqual(self.found, [], "\n".join(["", *self.found]))

    # What is sent
    def bodies(self, route, row):
        """What somebody would post there to change something, by what it is for."""
        match route.page, route.noun:
            case "changelist", "article":
                return {name: self.a_bulk_step(name) for name in MOVES}
            case "changelist", _:
                chosen = {"action": "delete_selected", "_selected_action": [row.pk]}
                return {"ask": chosen, "delete": {**chosen, "post": "yes"}}
            case "step", _:
                answers = {"goes_out_at": WHEN, "step_version": row.version, "_step_count": "1"}
                return {name: {"_step": name, **answers} for name in MOVES}
            case "delete", _:
                return {"delete": {"post": "yes"}}
            case "add", _:
                return {"add": self.as_added(route, row)}
            case "change", _:
                return {"change": self.as_changed(route, row)}
            case "password_change", "user":
                return {"password": PASSWORD}
            case _, "article" if row is not None:
                return {"anything": {**ANYTHING, "seen_version": row.version}}
        return {"anything": ANYTHING}

    def a_bulk_step(self, name):
        """With every story this person may not take it with, and all that the page in between asks for."""
        stories = [story for story in self.stories if not holds(MOVES[name], self.role, story)]
        return {
            "action": f"take_{name}",
            "_selected_action": [story.pk for story in stories],
            "seen": " ".join(f"{story.pk}:{story.version}" for story in stories),
            "count": len(stories),
            "goes_out_at": WHEN,
        }

    def as_changed(self, route, row):
        """The whole form, as the superuser is shown it, with another name; the same one for each role."""
        address = route.address(row)
        shown = (address, getattr(row, "begun_by", ""))
        if shown not in self.forms:
            page = self.chief.get(address)
            self.forms[shown] = filled_in(page) if page.status_code == 200 else {}
        return {**self.forms[shown], NAMED.get(route.noun, "name"): "Forged", "_continue": "1"}

    def as_added(self, route, row):
        new = {"slug": "forged", "form": "letter", "alt": "Forged", "username": "forged", **PASSWORD}
        file = {"file": SimpleUploadedFile("forged.png", a_picture())} if route.noun == "image" else {}
        return {**self.as_changed(route, row), **new, **file}

    # What comes of it
    def look_at(self, method, route, row, what="", body=None):
        address = route.address(row)
        with undone() as written:
            if method == "POST":
                response = self.client.post(address, body)
            else:
                form = urlencode(body or {}, doseq=True)
                response = self.client.generic(method, address, form, "application/x-www-form-urlencoded")
            after = {table: rows_in(table) for table in written - ASIDE}
        changed = {table for table, rows in after.items() if rows != self.rows_before(table)}
        state = f" ({row.state}, begun by {row.begun_by})" if hasattr(row, "state") else ""
        for surprise in self.surprises(method, route, row, what, response, changed):
            self.found.append(f"{method} {address}{state} {what}: {surprise}")
        if settings.SESSION_COOKIE_NAME in response.cookies:
            self.come_in(self.role)  # the page gave out a new session, which was undone
            self.before = {}

    def rows_before(self, table):
        """As they are: whatever was asked for is undone by now."""
        if table not in self.before:
            self.before[table] = rows_in(table)
        return self.before[table]

    def surprises(self, method, route, row, what, response, changed):
        status = response.status_code
        theirs_to_see = may_read(self.role, route)
        theirs_to_change = method == "POST" and may_write(self.role, route, row, what)
        if status >= 500:
            error = response.exc_info[1] if response.exc_info else ""
            yield f"an error, {error!r}"
        elif self.role in OUTSIDE and route.page not in OPEN:
            if status != 302 or not response.url.startswith(reverse("admin:login")):
                yield f"{status} for somebody from outside"
        elif not theirs_to_see and method != "POST":
            to_the_form = status == 302 and response.url == f"{route.address(row)}change/"
            if status not in {403, 404, 405} and not to_the_form:
                yield f"{status}, though it is not theirs to see"
        elif method == "GET" and route.page in ALWAYS_OPEN and status != 200:
            yield f"{status}, though it is theirs to see"
        if not theirs_to_see and not theirs_to_change and b"canary" in response.content.lower():
            yield "shows what is not theirs to see"
        if changed and not theirs_to_change:
            yield f"changes {', '.join(sorted(changed))}"
        if theirs_to_change and not changed and what in {"change", "add", "delete", "password"}:
            yield f"{status} and nothing is changed, though they may"

    def test_a_reader(self):
        self.go_through("anonymous")

    def test_an_account_that_is_not_of_the_desk(self):
        self.go_through("account")

    def test_staff_without_a_role(self):
        self.go_through("staff")

    def test_a_reporter(self):
        self.go_through("reporter")

    def test_an_editor(self):
        self.go_through("editor")

    def test_a_managing_editor(self):
        self.go_through("managing")

    def test_a_superuser(self):
        self.go_through("superuser")

    def test_suggestions_are_for_those_who_may_read_what_is_suggested(self):
        """In a box that leads to another noun; asked for by anybody, whatever form they may fill in."""
        fields = {
            (page.model, name)
            for owner in desk._registry.values()
            for page in [owner, *(inline(owner.model, desk) for inline in owner.inlines)]
            for name in page.autocomplete_fields
        }
        self.assertGreater(len(fields), 5)
        for role in ROLES:
            self.come_in(role)
            for model, name in fields:
                noun = model._meta.get_field(name).related_model._meta.model_name
                label = {"app_label": model._meta.app_label, "model_name": model._meta.model_name}
                asked = {"term": "canary", "field_name": name, **label}
                answer = self.client.get(reverse("admin:autocomplete"), asked)
                refused = 302 if role in OUTSIDE else 403
                with self.subTest(role=role, noun=noun):
                    self.assertEqual(answer.status_code, 200 if may(role, noun, "r") else refused)
                    self.assertEqual(b"canary" in answer.content.lower(), may(role, noun, "r"))

    def test_every_noun_step_and_role_has_its_line(self):
        self.assertEqual(set(NOUNS), {model._meta.model_name for model in desk._registry})
        self.assertEqual(set(MOVES), set(STEPS), "Say in MOVES of tests/admin/who_may.py who takes the step.")
        self.assertEqual(
            Group.objects.count() - 1, 3, "Say in tests/admin/who_may.py what the new role may do."
        )


class ReadersPages(People):
    """The other half of the site, for the same people: a story readers do not see yet, and all that leads to it."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.world = make_public_world()
        article = cls.world.article
        version = make_story("draft", cls.people["superuser"]).version_kept
        #: Addresses of one story before readers see it; those not for everybody are the desk's.
        cls.previews = {
            "preview_story": reverse("preview_story", args=[article.pk]),
            "preview_version": reverse("preview_version", args=[version.key]),
            "preview_shared": reverse(
                "preview_shared", args=[make_link(article, by=cls.people["superuser"]).secret]
            ),
        }

    def addresses(self):
        return {*self.world.every_address(), *self.previews.values()}

    def test_every_route_has_a_case(self):
        names = {route.name for route in routes() if not route.pattern.startswith(DESK)}
        self.assertEqual(names - {*self.world.addresses(), *self.previews}, set(), "Add it to ReadersPages.")

    def test_nobody_changes_anything_there(self):
        for role in ROLES:
            self.come_in(role)
            for address in self.addresses():
                for method in ["POST", "PUT", "PATCH", "DELETE"]:
                    with self.subTest(role=role, method=method, address=address), undone() as written:
                        self.assertEqual(self.client.generic(method, address).status_code, 405)
                        self.assertEqual(written, set())

    def test_a_hidden_story_is_shown_to_those_who_read_stories_on_the_desk(self):
        Article.objects.filter(pk=self.world.article.pk).update(status="draft")
        headline, shared = self.world.article.headline, self.previews["preview_shared"]
        for_the_desk = {
            self.world.article.get_absolute_url(),
            self.world.quote.get_absolute_url(),
            *self.previews.values(),
        } - {shared}
        for role in ROLES:
            self.come_in(role)
            reads = may(role, "article", "r")
            for address in self.addresses():
                for ask in [self.client.get, self.client.head]:
                    self.client.cookies.pop("preview", None)
                    response = ask(address)
                    with self.subTest(role=role, address=address, method=ask.__name__):
                        self.assertLess(response.status_code, 500)
                        if address in for_the_desk:
                            self.assertEqual(response.status_code, 200 if reads else 404)
                        if not reads and address != shared:
                            self.assertNotIn(headline, content(response).decode(errors="replace"))
