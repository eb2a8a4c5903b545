"""Why a message was not delivered may name people: kept encrypted, older failures included."""

from django.db import migrations, models

import beian.crypto.fields
from beian.crypto.text import decrypt_text, encrypt_text

CONTEXT = "beian_notice.failure"


def _rewrite(apps, change):
    notices = apps.get_model("beian", "Notice").objects
    for key, text in notices.exclude(failure="").values_list("pk", "failure"):
        notices.filter(pk=key).update(failure=change(text, CONTEXT))


def encrypt(apps, _schema_editor):
    """Runs while the column is plain text in the eyes of the ORM."""
    _rewrite(apps, encrypt_text)


def decrypt(apps, _schema_editor):
    _rewrite(apps, decrypt_text)


class Migration(migrations.Migration):
    dependencies = [("beian", "0006_attention")]

    operations = [
        # A token is longer than its text.
        migrations.AlterField("notice", "failure", models.TextField(blank=True)),
        migrations.RunPython(encrypt, decrypt),
        migrations.AlterField(
            "notice", "failure", beian.crypto.fields.EncryptedTextField(blank=True)
        ),
    ]
