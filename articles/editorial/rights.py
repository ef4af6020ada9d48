"""What an account or a role may do, and a change of that in words, for history."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, User

from articles.editorial.audit import name_of


@dataclass(frozen=True)
class Rights:
    """An account or a role as far as its rights go. As it stands here, it may do nothing."""

    roles: frozenset[str] = frozenset()
    rights: frozenset[str] = frozenset()
    opens_the_desk: bool = False
    may_do_everything: bool = False
    is_open: bool = True


def rights_of(holder: User | Group) -> Rights:
    """As the database has it now, whatever the caller remembers."""
    rights = holder.user_permissions if isinstance(holder, User) else holder.permissions
    named = frozenset(rights.values_list("name", flat=True))
    if isinstance(holder, Group):
        return Rights(rights=named)
    opens_the_desk, may_do_everything, is_open = User.objects.values_list(
        "is_staff", "is_superuser", "is_active"
    ).get(pk=holder.pk)
    roles = frozenset(holder.groups.values_list("name", flat=True))
    return Rights(roles, named, opens_the_desk, may_do_everything, is_open)


def called(holder: User | Group) -> str:
    return name_of(holder) if isinstance(holder, User) else f"the role “{holder}”"


def change_in_words(holder: User | Group, before: Rights, after: Rights) -> str:
    """“Gave Ana Ruiz the role “Editor”. Took away from Ana Ruiz the role “Reporter”.”; empty if nothing changed."""
    who = called(holder)
    lists = [("role", before.roles, after.roles), ("right", before.rights, after.rights)]
    said = [
        *(f"Gave {who} {named(noun, new - old)}." for noun, old, new in lists if new - old),
        *(f"Took away from {who} {named(noun, old - new)}." for noun, old, new in lists if old - new),
    ]
    yes_or_no = [
        ("opens_the_desk", f"Let {who} into the desk.", f"Shut {who} out of the desk."),
        (
            "may_do_everything",
            f"Gave {who} every right there is.",
            f"Took away from {who} the right to do everything.",
        ),
        ("is_open", f"Opened the account of {who}.", f"Closed the account of {who}."),
    ]
    for name, gained, lost in yes_or_no:
        if getattr(before, name) != getattr(after, name):
            said.append(gained if getattr(after, name) else lost)
    return " ".join(said)


def named(noun: str, names: Iterable[str]) -> str:
    """“the roles “Editor” and “Reporter””"""
    *most, last = (f"“{name}”" for name in sorted(names))
    return f"the {noun}s {', '.join(most)} and {last}" if most else f"the {noun} {last}"


def password_in_words(account: User) -> str:
    """What to say of an account whose password was just changed."""
    if account.has_usable_password():
        return f"Changed the password of {called(account)}."
    return f"Took away the password of {called(account)}: nobody logs in with one."
