"""Takes a story out of its own picks: it was never shown under itself, and a fixture that says so is refused."""

from django.db import migrations
from django.db.models import F


def take_out(apps, schema_editor):
    picks = apps.get_model("articles", "Article").picks.through
    rows = picks._default_manager.using(schema_editor.connection.alias)
    rows.filter(from_article=F("to_article")).delete()


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_audit_entries_name_their_object")]
    operations = [migrations.RunPython(take_out, migrations.RunPython.noop)]
