import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from articles.editorial import audit
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
