"""Seals over the audit trail; its tables refuse TRUNCATE on PostgreSQL as well."""

from django.db import migrations, models

from beian import append_only

TABLES = ("beian_auditentry", "beian_consentrecord", "beian_auditseal")


def protect(_apps, schema_editor):
    for table in TABLES:
        append_only.protect(schema_editor, table)


def release(_apps, schema_editor):
    append_only.release(schema_editor, "beian_auditseal")


class Migration(migrations.Migration):
    dependencies = [
        ("beian", "0011_notice_age"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(unique=True)),
                ("table", models.CharField(max_length=60)),
                ("columns", models.JSONField()),
                (
                    "after_id",
                    models.BigIntegerField(help_text="the rows follow this id", null=True),
                ),
                ("last_id", models.BigIntegerField()),
                ("row_count", models.PositiveIntegerField()),
                ("marks", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
                ("previous_hash", models.CharField(blank=True, max_length=64)),
                ("seal_hash", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["table", "last_id"], name="seal_by_table")],
            },
        ),
        migrations.RunPython(protect, release),
    ]
