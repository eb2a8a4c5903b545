from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0027_guard_shipped_rules")]

    operations = [
        migrations.AddIndex(
            model_name="filingorder",
            index=models.Index(
                condition=models.Q(
                    ("has_objection", True), ("state__in", ["initial_review", "resubmitted"])
                ),
                fields=["due_at", "id"],
                name="order_queue_objected",
            ),
        ),
    ]
