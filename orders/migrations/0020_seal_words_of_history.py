"""Words of the history under the order's own key, so that they go when it is destroyed.

Events that a seal covers already stay as they are: their words cannot be moved without breaking it.
"""

from django.db import migrations
from django.db.models import Max

from beian import append_only
from beian.crypto import datakey

TABLE = "orders_orderevent"
_ROWS = 500


def wrapped_key(keys, owner):
    """The order's key as the table is now; empty, and its words stay, where it was destroyed."""
    new = {"wrapped": lambda: datakey.new_wrapped(owner)}
    return keys.objects.get_or_create(owner=owner, defaults=new)[0].wrapped


def seal_words(apps, schema_editor):
    append_only.release(schema_editor, TABLE)
    seals = apps.get_model("beian", "AuditSeal").objects.filter(table=TABLE)
    event = apps.get_model("orders", "OrderEvent")
    keys = apps.get_model("beian", "DataKey")
    last = seals.aggregate(last=Max("last_id"))["last"] or 0
    while rows := list(event.objects.filter(pk__gt=last).order_by("pk")[:_ROWS]):
        last = rows[-1].pk
        for row in rows:
            if row.opinion and (key := wrapped_key(keys, row.order_id)):
                sealed = datakey.Safe(row.order_id, key).seal(row.opinion.encode(), "event")
                event.objects.filter(pk=row.pk).update(opinion="", said_sealed=sealed)
    append_only.protect(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("orders", "0019_order_erased"), ("beian", "0012_audit_seals")]
    operations = [migrations.RunPython(seal_words, migrations.RunPython.noop)]
