"""Who came in, who went, and who was turned away, in the history of their account.

What was typed at the login is never written down: a password typed into the box for the name would stay for good. Nor
is the address somebody came from: history is kept for ever, and would tell where a reporter was each day.
"""

import datetime as dt

from django.contrib.auth.models import User

from articles.editorial import audit, seals
from articles.models import AuditEntry

Action = AuditEntry.Action
#: Nobody knows who it was.
NOBODY, SOMEBODY = "nobody", "Somebody"
UNKNOWN = "an unknown name"
A_WHILE = dt.timedelta(minutes=15)


def came_in(account: User) -> None:
    audit.record(Action.LOGGED_IN, account, by=account)


def went(account: User) -> None:
    audit.record(Action.LOGGED_OUT, account, by=account)


def turned_away(name: str) -> None:
    seals.write(
        line_about(name, Action.TURNED_AWAY, "Somebody gave this name at the login and was not let in.")
    )


def locked_out(name: str) -> None:
    """Whoever tries on stays locked out; history says so once in a while, and not each time."""
    line = line_about(
        name,
        Action.LOCKED_OUT,
        "There were too many tries with this name from one place: for a while nobody gets in from there.",
    )
    about = AuditEntry.objects.filter(noun=line.noun, object_id=line.object_id, action=line.action)
    if not about.filter(at__gt=line.at - A_WHILE).exists():
        seals.write(line)


def line_about(name: str, action: AuditEntry.Action, message: str) -> AuditEntry:
    account = User.objects.filter(username=name).first()
    if account:
        return audit.entry(action, account, NOBODY, SOMEBODY, message)
    return AuditEntry(
        by_username=NOBODY,
        by_name=SOMEBODY,
        action=action,
        noun=User._meta.label_lower,
        object_name=UNKNOWN,
        message=message,
    )
