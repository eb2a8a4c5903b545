"""What a bureau wrote may name persons: kept encrypted, words of earlier releases included."""

from django.db import migrations, models

import beian.crypto.fields
from beian.crypto.text import decrypt_text, encrypt_text

COLUMNS = (
    ("FilingOrder", "bureau_opinion"),
    ("BureauRecord", "answer_text"),
    ("BureauResult", "text"),
)


def _rewrite(apps, change):
    for model_name, column in COLUMNS:
        model = apps.get_model("orders", model_name)
        context = f"{model._meta.db_table}.{column}"
        for key, value in model.objects.exclude(**{column: ""}).values_list("pk", column):
            model.objects.filter(pk=key).update(**{column: change(value, context)})


def encrypt(apps, _schema_editor):
    """Runs while the columns are plain text in the eyes of the ORM."""
    _rewrite(apps, encrypt_text)


def decrypt(apps, _schema_editor):
    _rewrite(apps, decrypt_text)


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_append_only")]

    operations = [
        # A token is longer than its text.
        migrations.AlterField("bureaurecord", "answer_text", models.TextField(blank=True)),
        migrations.RunPython(encrypt, decrypt),
        *(
            migrations.AlterField(
                model_name.lower(), column, beian.crypto.fields.EncryptedTextField(blank=True)
            )
            for model_name, column in COLUMNS
        ),
    ]
