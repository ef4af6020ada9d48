"""To an older state of the database and back, and what it holds there."""

from contextlib import contextmanager

from django.apps import apps
from django.core.management import call_command


@contextmanager
def at(migration):
    """Inside, the newsroom's tables are as that migration leaves them."""
    call_command("migrate", "articles", migration, verbosity=0)
    try:
        yield
    finally:
        call_command("migrate", verbosity=0)


def every_row(*, but=()):
    """Everything the newsroom keeps, and what ties it together; but not in tables that are younger."""
    models = apps.get_app_config("articles").get_models(include_auto_created=True)
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in models
        if model not in but
    }
