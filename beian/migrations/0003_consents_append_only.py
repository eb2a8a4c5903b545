"""Consent records refuse changes in the database itself, like the audit trail.

On SQLite a later change of the table's columns makes the table anew and has to protect it again.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLE = "beian_consentrecord"

POSTGRESQL = f"""
CREATE FUNCTION {TABLE}_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{TABLE} is append-only'; END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION {TABLE}_append_only();
"""

SQLITE = [
    f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END;"
    for verb in ("UPDATE", "DELETE")
]


def protect(_apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in [POSTGRESQL] if is_postgresql else SQLITE:
        schema_editor.execute(statement)


def release(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION {TABLE}_append_only() CASCADE")
        return
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("beian", "0002_append_only")]

    operations = [
        migrations.RemoveField(model_name="consentrecord", name="withdrawn_at"),
        migrations.AlterField(
            model_name="consentrecord",
            name="account",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                to="beian.account",
            ),
        ),
        migrations.AlterField(
            model_name="consentrecord",
            name="is_consent",
            field=models.BooleanField(
                help_text="False: a notice that was shown, or a consent taken back"
            ),
        ),
        migrations.AlterField(
            model_name="consentrecord",
            name="user",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(protect, release),
    ]
