"""`createsuperuser`, with a line in the history of the account."""

from django.contrib.auth.management.commands import createsuperuser
from django.contrib.auth.models import User

from articles.editorial import audit
from articles.editorial.rights import Rights, change_in_words, rights_of
from articles.management.accounts import Operator
from articles.models import AuditEntry


class Command(createsuperuser.Command):
    help = "Opens an account that may do everything, and says so in its history."

    def handle(self, *args, **options):
        there = set(User.objects.values_list("pk", flat=True))
        super().handle(*args, **options)
        for account in User.objects.filter(is_superuser=True).exclude(pk__in=there):
            audit.record(
                AuditEntry.Action.ADDED,
                account,
                by=Operator("createsuperuser"),
                message=change_in_words(account, Rights(), rights_of(account)),
            )
