"""The database itself refuses to change or delete history.

An update that changes nothing passes, so that loading the same rows twice is no offence.
"""

from django.db import migrations

HISTORY = ["articles_statuschange", "articles_auditentry"]
REFUSAL = "history is append-only: rows of this table can be neither changed nor deleted"

POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION articles_refuse_to_rewrite_history() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END;
$$ LANGUAGE plpgsql
"""


def columns_of(schema_editor, table):
    with schema_editor.connection.cursor() as cursor:
        return [
            column.name
            for column in schema_editor.connection.introspection.get_table_description(cursor, table)
        ]


def protect(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
    for table in HISTORY:
        if vendor == "postgresql":
            schema_editor.execute(
                f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION articles_refuse_to_rewrite_history()"
            )
            # TRUNCATE empties a table without asking the trigger above. SQLite has no such statement.
            schema_editor.execute(
                f"CREATE TRIGGER {table}_is_append_only_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION articles_refuse_to_rewrite_history()"
            )
        elif vendor == "sqlite":
            changed = " OR ".join(
                f'NEW."{name}" IS NOT OLD."{name}"' for name in columns_of(schema_editor, table)
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_is_append_only_update BEFORE UPDATE ON {table} "
                f"WHEN {changed} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_is_append_only_delete BEFORE DELETE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
            # INSERT OR REPLACE deletes the row in its way without asking the trigger above.
            schema_editor.execute(
                f"CREATE TRIGGER {table}_is_append_only_insert BEFORE INSERT ON {table} "  # noqa: S608
                f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR key = NEW.key) "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )


def release(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in HISTORY:
        if vendor == "postgresql":
            for trigger in ("is_append_only", "is_append_only_truncate"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{trigger} ON {table}")
        elif vendor == "sqlite":
            for event in ("insert", "update", "delete"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_is_append_only_{event}")
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS articles_refuse_to_rewrite_history()")


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_the_nouns")]

    operations = [migrations.RunPython(protect, release)]
