from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("beian", "0010_addresses_of_any_length"),
        ("orders", "0013_malformed_number"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="filingorder",
            index=models.Index(
                condition=models.Q(("state", "resubmitted")),
                fields=["last_reviewer", "due_at", "id"],
                name="order_queue_of_last_reviewer",
            ),
        ),
    ]
