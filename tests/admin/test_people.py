import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from articles.editorial import audit
from articles.editorial.seals import check
from articles.models import AuditEntry
from tests.admin.forms import filled_in
from tests.make import MANAGING_EDITOR, REPORTER, make_user

pytestmark = pytest.mark.django_db

ACCOUNTS = ["add_user", "change_user", "delete_user", "view_user", "view_group", "change_group"]


@pytest.fixture
def boss(client):
    """Somebody who may change accounts, but is no superuser."""
    user = make_user("boss", may=MANAGING_EDITOR)
    user.user_permissions.add(
        *Permission.objects.filter(content_type__app_label="auth", codename__in=ACCOUNTS)
    )
    client.force_login(user)
    return user


def make_role(name, rights):
    role = Group.objects.create(name=name)
    role.permissions.set(Permission.objects.filter(codename__in=rights))
    return role


def page_of(user, page="change"):
    return reverse(f"admin:auth_user_{page}", args=[user.pk])


def test_somebody_who_may_change_accounts_cannot_make_themselves_superuser(client, boss):
    client.post(page_of(boss), filled_in(client.get(page_of(boss)), is_superuser="on"))
    everything = [str(pk) for pk in Permission.objects.values_list("pk", flat=True)]
    client.post(page_of(boss), filled_in(client.get(page_of(boss)), user_permissions=everything))
    boss = User.objects.get(pk=boss.pk)
    assert not boss.is_superuser
    assert boss.user_permissions.count() == len(MANAGING_EDITOR) + len(ACCOUNTS)


def test_roles_beyond_ones_own_rights_cannot_be_given(client, boss):
    within, beyond = make_role("Reporter", REPORTER), make_role("All", [*REPORTER, "delete_group"])
    reporter = make_user()
    client.post(page_of(reporter), filled_in(client.get(page_of(reporter)), groups=[str(beyond.pk)]))
    assert not reporter.groups.exists()
    client.post(page_of(reporter), filled_in(client.get(page_of(reporter)), groups=[str(within.pk)]))
    assert list(reporter.groups.all()) == [within]


@pytest.mark.parametrize("page", ["change", "delete"])
def test_the_account_of_somebody_who_may_do_more_is_out_of_reach(client, boss, page):
    chief = make_user("chief", is_superuser=True)
    assert client.post(page_of(chief, page), {"post": "yes", "username": "hijacked"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[chief.pk])
    assert (
        client.post(password, {"password1": "taken over now", "password2": "taken over now"}).status_code
        == 403
    )
    assert User.objects.get(pk=chief.pk).check_password("a long enough password")


def test_what_a_role_may_do_is_the_superusers_to_decide(client, boss):
    role = make_role("Reporter", REPORTER)
    page = reverse("admin:auth_group_change", args=[role.pk])
    assert client.post(page, {"name": "Hijacked"}).status_code == 403
    assert client.get(page).status_code == 200
    client.force_login(make_user("chief", is_superuser=True))
    client.post(page, filled_in(client.get(page), name="Writers"))
    assert Group.objects.get().name == "Writers"


def test_a_closed_account_keeps_its_height(client, boss):
    closed = make_user("closed", is_active=False)
    closed.user_permissions.set(Permission.objects.all())
    assert client.post(page_of(closed), {"username": "closed", "is_active": "on"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[closed.pk])
    assert (
        client.post(password, {"password1": "taken over now", "password2": "taken over now"}).status_code
        == 403
    )


def test_a_change_of_ones_own_password_is_written_down(client, boss):
    new = {"new_password1": "another long password", "new_password2": "another long password"}
    client.post("/admin/password_change/", {"old_password": "a long enough password", **new})
    assert audit.history_of(boss).get().message == "Changed their own password."


def test_the_history_of_accounts_is_for_those_who_may_see_accounts(client, boss):
    audit.record(AuditEntry.Action.CHANGED, boss, by=boss, message="Rights")
    listed = "/admin/articles/auditentry/"
    boss.user_permissions.add(Permission.objects.get(codename="view_auditentry"))
    assert "Rights" in client.get(listed).content.decode()
    client.force_login(make_user(may=[*REPORTER, "view_auditentry"]))
    assert "Rights" not in client.get(listed, {"noun": "auth.user"}).content.decode()


class TestEveryChangeOfRightsIsWrittenDown:
    @pytest.fixture(autouse=True)
    def chief(self, client):
        chief = make_user("chief", is_superuser=True, first_name="Ida", last_name="Wells")
        client.force_login(chief)

    @pytest.fixture
    def ana(self):
        return make_user("ana", first_name="Ana", last_name="Ruiz")

    def change(self, client, thing, **typed):
        """Types that over the form; what history says of it."""
        page = reverse(f"admin:auth_{thing._meta.model_name}_change", args=[thing.pk])
        data = {**filled_in(client.get(page)), **typed}
        client.post(page, {name: value for name, value in data.items() if value is not None})
        line = audit.history_of(thing).first()
        assert line.by_name == "Ida Wells"
        return line.message

    def test_of_roles(self, client, ana):
        editor, reporter = make_role("Editor", []), make_role("Reporter", [])
        ana.groups.add(reporter)
        assert self.change(client, ana, groups=[str(editor.pk)]) == (
            "Gave Ana Ruiz the role “Editor”. Took away from Ana Ruiz the role “Reporter”."
        )

    def test_of_rights_of_ones_own(self, client, ana):
        rights = Permission.objects.filter(codename__in=["add_tag", "change_tag"]).order_by("codename")
        given = self.change(client, ana, user_permissions=[str(right.pk) for right in rights])
        assert given == "Gave Ana Ruiz the rights “Can add tag” and “Can change tag”."
        kept = self.change(client, ana, user_permissions=[str(rights[0].pk)])
        assert kept == "Took away from Ana Ruiz the right “Can change tag”."

    def test_of_the_rest_and_of_the_name_beside_it(self, client, ana):
        said = self.change(
            client, ana, is_superuser="on", is_active=None, is_staff=None, email="ana@example.org"
        )
        assert said == (
            "Changed Email address. Shut Ana Ruiz out of the desk. Gave Ana Ruiz every right there is. "
            "Closed the account of Ana Ruiz."
        )

    def test_of_what_a_role_may_do(self, client):
        role = make_role("Editor", ["add_tag"])
        publish = Permission.objects.get(codename="publish_article")
        assert self.change(client, role, permissions=[str(publish.pk)]) == (
            f"Gave the role “Editor” the right “{publish.name}”. "
            "Took away from the role “Editor” the right “Can add tag”."
        )

    def test_of_a_role_that_is_deleted(self, client, ana):
        role = make_role("Editor", [])
        ana.groups.add(role)
        client.post(reverse("admin:auth_group_delete", args=[role.pk]), {"post": "yes"})
        assert not Group.objects.exists()
        assert audit.history_of(ana).get().message == (
            "Took away from Ana Ruiz the role “Editor”, which was deleted."
        )

    def test_of_a_password(self, client, ana):
        page = reverse("admin:auth_user_password_change", args=[ana.pk])
        new = {"password1": "another long password", "password2": "another long password"}
        client.post(page, {**new, "usable_password": "true", "set-password": "1"})
        assert audit.history_of(ana).first().message == "Changed the password of Ana Ruiz."
        client.post(page, {"usable_password": "false", "unset-password": "1"})
        assert audit.history_of(ana).first().message == (
            "Took away the password of Ana Ruiz: nobody logs in with one."
        )
        assert not any("another" in line.message for line in AuditEntry.objects.all())

    def test_and_nothing_else_is_called_one(self, client, ana):
        assert self.change(client, ana, email="ana@example.org") == "Changed Email address."
        assert check().told == []
