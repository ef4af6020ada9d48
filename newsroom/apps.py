"""The wiring as an app of its own, so that its system checks are found."""

from django.apps import AppConfig
from django.core import checks

from newsroom.checks import database_keeps_what_it_acknowledged


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self):
        checks.register(database_keeps_what_it_acknowledged, checks.Tags.database)
