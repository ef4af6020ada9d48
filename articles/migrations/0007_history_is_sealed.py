"""Every line of history gets a seal, those that are there already too, and the database keeps seals as it keeps lines.

The arithmetic is the newsroom's own: it can never change, or no seal would fit any more.
"""

from importlib import import_module

from django.db import migrations, models

from articles.editorial.seals.digests import columns_read, fingerprint, head_digest, line_digest

append_only = import_module("articles.migrations.0002_history_is_append_only")

TABLE = "articles_seal"
LINES = ["StatusChange", "AuditEntry"]
AT_ONCE = 1_000


def seal_what_is_there(apps, schema_editor):
    using = schema_editor.connection.alias
    seals = apps.get_model("articles", "Seal")._base_manager.using(using)
    count, head = 0, head_digest(0, "")
    for name in LINES:
        model = apps.get_model("articles", name)
        for lines in some_at_once(model._base_manager.using(using)):
            new = []
            for line in lines:
                count, noun = count + 1, model._meta.label_lower
                digest = line_digest(head, count, noun, line.pk, fingerprint(columns_read(line)))
                head = head_digest(count, digest)
                new.append(seals.model(number=count, noun=noun, line=line.pk, digest=digest))
            seals.bulk_create(new)
    seals.create(number=0, noun="", line=count, digest=head)


def some_at_once(rows):
    last = 0
    while some := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield some
        last = some[-1].pk


def protect(apps, schema_editor):
    """As the other tables, but for the row with the number 0, whose count may go up."""
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_is_append_only BEFORE UPDATE ON {TABLE} FOR EACH ROW "
            "WHEN (OLD.number <> 0 OR NEW.number <> 0 OR NEW.line <= OLD.line) "
            "EXECUTE FUNCTION articles_refuse_to_rewrite_history()"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_is_append_only_delete BEFORE DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION articles_refuse_to_rewrite_history()"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_is_append_only_truncate BEFORE TRUNCATE ON {TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION articles_refuse_to_rewrite_history()"
        )
    elif vendor == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{append_only.REFUSAL}'); END"
        changed = " OR ".join(
            f'NEW."{name}" IS NOT OLD."{name}"' for name in append_only.columns_of(schema_editor, TABLE)
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_is_append_only_update BEFORE UPDATE ON {TABLE} "
            f"WHEN (OLD.number <> 0 OR NEW.number <> 0 OR NEW.line <= OLD.line) AND ({changed}) {refuse}"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_is_append_only_delete BEFORE DELETE ON {TABLE} {refuse}"
        )
        # INSERT OR REPLACE deletes the row in its way without asking the triggers above.
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_is_append_only_insert BEFORE INSERT ON {TABLE} "  # noqa: S608
            f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE number = NEW.number AND (number <> 0 OR line > NEW.line)) {refuse}"
        )


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_the_desk")]

    operations = [
        migrations.AlterField(
            model_name="auditentry",
            name="action",
            field=models.CharField(
                choices=[
                    ("added", "added"),
                    ("changed", "changed"),
                    ("deleted", "deleted"),
                    ("logged in", "logged in"),
                    ("logged out", "logged out"),
                    ("turned away", "turned away at the login"),
                    ("locked out", "locked out"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "number",
                    models.PositiveBigIntegerField(
                        help_text="Its place in the chain, from 1.", primary_key=True, serialize=False
                    ),
                ),
                (
                    "noun",
                    models.CharField(
                        blank=True, help_text="The model, for example: articles.auditentry.", max_length=100
                    ),
                ),
                ("line", models.PositiveBigIntegerField(help_text="The row of that model.")),
                (
                    "digest",
                    models.CharField(
                        help_text="Over the line, its place and the head before it.", max_length=64
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["noun", "line"], name="seal_of_a_line")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("noun", ""), ("number", 0)),
                            models.Q(("number__gt", 0), models.Q(("noun", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="seal_is_of_a_line",
                        violation_error_message="A seal needs the line it is of; only the head of the chain is of none.",
                    ),
                ],
            },
        ),
        migrations.RunPython(seal_what_is_there, migrations.RunPython.noop),
        migrations.RunPython(protect, migrations.RunPython.noop),
    ]
