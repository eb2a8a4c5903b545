"""Histories refuse TRUNCATE on PostgreSQL as well, and submissions every change.

What the product does to submissions needs none: a rotation moves the data key that opens them, and
erasing destroys it.
"""

from django.db import migrations

from beian import append_only

TABLES = ("orders_orderevent", "orders_submission")


def protect(_apps, schema_editor):
    for table in TABLES:
        append_only.protect(schema_editor, table)


def release(_apps, schema_editor):
    append_only.release(schema_editor, "orders_submission")


class Migration(migrations.Migration):
    dependencies = [("orders", "0016_bureau_file_erased")]
    operations = [migrations.RunPython(protect, release)]
