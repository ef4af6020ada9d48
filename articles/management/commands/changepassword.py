"""`changepassword`, with a line in the history of the account."""

import getpass

from django.contrib.auth.management.commands import changepassword
from django.contrib.auth.models import User

from articles.editorial import audit
from articles.editorial.rights import password_in_words
from articles.management.accounts import Operator
from articles.models import AuditEntry


class Command(changepassword.Command):
    help = "Changes the password of an account, and says so in its history."

    def handle(self, *args, **options):
        options["username"] = options["username"] or getpass.getuser()
        done = super().handle(*args, **options)
        account = User.objects.get(username=options["username"])
        audit.record(
            AuditEntry.Action.CHANGED,
            account,
            by=Operator("changepassword"),
            message=password_in_words(account),
        )
        return done
