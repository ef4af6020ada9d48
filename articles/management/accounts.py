"""The two people of the demonstration, an editor and a reporter, and whoever opens accounts without one."""

import os
import secrets
from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from articles.editorial import audit
from articles.editorial.rights import Rights, change_in_words, rights_of
from articles.models import AuditEntry, Author

# No letter here is taken for another one when it is copied from a screen.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Account:
    username: str
    role: str  # the name of a group in fixtures/roles.json
    byline: str
    title: str

    @property
    def variable(self) -> str:
        """The environment variable that may set the password."""
        return f"DEMO_{self.username.upper()}_PASSWORD"


ACCOUNTS = (
    Account("editor", role="Managing editor", byline="Demo Editor", title="managing editor"),
    Account("reporter", role="Reporter", byline="Demo Reporter", title="reporter"),
)


@dataclass(frozen=True)
class Operator:
    """Stands in history where a person would, for whoever runs a command: the machine knows them, not the newsroom."""

    command: str

    def get_username(self) -> str:
        return self.command

    def get_full_name(self) -> str:
        return f"manage.py {self.command}"


class WeakPasswordError(Exception):
    """The variable holds a password that the newsroom would not let anybody choose."""


def password_for(account: Account) -> str:
    """From the account's variable, else a new one: four groups of four letters."""
    password = os.environ.get(account.variable)
    if not password:
        return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    try:
        validate_password(password, User(username=account.username))
    except ValidationError as error:
        raise WeakPasswordError(f"{account.variable}: {' '.join(error.messages)}") from error
    return password


def is_open(account: Account) -> bool:
    return User.objects.filter(username=account.username).exists()


@transaction.atomic
def open_account(account: Account, password: str) -> User:
    """Makes the account with its role and its name for the byline."""
    user = User.objects.create_user(account.username, password=password, is_staff=True)
    user.groups.add(Group.objects.get(name=account.role))
    author, _ = Author.objects.get_or_create(
        slug=f"demo-{account.username}", defaults={"name": account.byline, "title": account.title}
    )
    author.user = user
    author.save()
    audit.record(
        AuditEntry.Action.ADDED,
        user,
        by=Operator("demo"),
        message=change_in_words(user, Rights(), rights_of(user)),
    )
    return user
