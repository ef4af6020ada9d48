"""`dumpdata` in the format that `loaddata` takes: a row is named by its key, wherever it has one.

Django's own command names it by its number unless it is told otherwise twice. A number means a row of one database;
in the next it is another row, so loading refuses it.
"""

from django.core.management.commands import dumpdata

from articles.editorial.fixtures.nouns import STAYS


class Command(dumpdata.Command):
    help = "Writes the rows of the database as a fixture: each named by its key, by its number only if it has none."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(use_natural_foreign_keys=True, use_natural_primary_keys=True)

    def handle(self, *app_labels, **options):
        super().handle(*app_labels, **{**options, "exclude": [*options["exclude"], *STAYS]})
