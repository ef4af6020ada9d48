"""What an audit entry is about is named by its key as well, so that it is still known in another database.

The triggers that keep history append-only are lifted while the column is added and filled, and put back for the
columns as they are then. SQLite makes the table anew and loses its triggers on the way.
"""

import json
from importlib import import_module

from django.db import migrations, models

import articles.fields

append_only = import_module("articles.migrations.0002_history_is_append_only")

#: What names a row of each noun that has a page of its own on the desk.
KEYS = {
    "articles.article": ["slug"],
    "articles.author": ["slug"],
    "articles.image": ["slug"],
    "articles.quote": ["slug"],
    "articles.replyrequest": ["article__slug", "source__slug", "number"],
    "articles.section": ["slug"],
    "articles.source": ["slug"],
    "articles.statement": ["slug"],
    "articles.tag": ["slug"],
    "auth.group": ["name"],
    "auth.user": ["username"],
}


def name_what_is_still_there(apps, schema_editor):
    """An object that is gone stays without a key: there is nothing left to read it from."""
    using = schema_editor.connection.alias
    entries = apps.get_model("articles", "AuditEntry")._base_manager.using(using)
    for noun, names in KEYS.items():
        about = entries.filter(noun=noun, object_key="")
        told_of = set(about.order_by().values_list("object_id", flat=True).distinct())
        rows = apps.get_model(noun)._base_manager.using(using).values_list("pk", *names)
        for number, *key in rows.iterator() if told_of else ():
            if str(number) in told_of:
                about.filter(object_id=str(number)).update(object_key=json.dumps(key, ensure_ascii=False))


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_corrections")]

    operations = [
        migrations.RunPython(append_only.release, append_only.protect),
        migrations.AlterField(
            model_name="auditentry",
            name="object_id",
            field=models.CharField(
                blank=True,
                help_text="The row in this database. Never in a fixture: elsewhere it would be somebody else's row.",
                max_length=64,
                serialize=False,
            ),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="object_key",
            field=articles.fields.PlainTextField(
                blank=True,
                default="",
                help_text='What the object was named by at that moment, as JSON, for example: ["dreamforce-cage-protest"].',
            ),
            preserve_default=False,
        ),
        migrations.RunPython(name_what_is_still_there, migrations.RunPython.noop),
        migrations.RunPython(append_only.protect, append_only.release),
    ]
