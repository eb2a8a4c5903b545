"""The audit trail refuses changes in the database itself, whatever code asks for them."""

from django.db import migrations

TABLES = ("beian_auditentry",)

POSTGRESQL = """
CREATE FUNCTION {table}_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{table} is append-only'; END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
"""

SQLITE = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;",
)


def protect(_apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(POSTGRESQL.format(table=table))
        else:
            for statement in SQLITE:
                schema_editor.execute(statement.format(table=table))


def release(_apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION {table}_append_only() CASCADE")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_no_update")
            schema_editor.execute(f"DROP TRIGGER {table}_no_delete")


class Migration(migrations.Migration):
    dependencies = [("beian", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
