"""Rules that judged a submission refuse every change, as the submission does."""

from django.db import migrations

from beian import append_only

TABLE = "orders_shippedrules"


def protect(_apps, schema_editor):
    append_only.protect(schema_editor, TABLE)


def release(_apps, schema_editor):
    append_only.release(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("orders", "0026_trial_begun_at")]
    operations = [migrations.RunPython(protect, release)]
