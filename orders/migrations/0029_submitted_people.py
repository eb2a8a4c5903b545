import json

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F

from beian.crypto import datakey
from beian.crypto.digests import digest

# Submitted and not decided, as these states were called then.
RUNNING = [
    "initial_review",
    "resubmitted",
    "pending_bureau_submission",
    "sms_verification",
    "bureau_review",
]
# Column → what is digested, and where a person had it in either schema of then.
COLUMNS = {
    "cert_digest": ("certificate", "cert_number"),
    "mobile_digest": ("phone", "mobile"),
    "emergency_digest": ("phone", "emergency_phone"),
    "email_digest": ("mail", "email"),
}


def people_of(dossier):
    """The columns of the subject's person, then of whoever is in charge of each service."""
    subject = dossier["subject"]
    people = [(subject["principal"], False)]
    for service in dossier["services"]:
        person = service["principal"]
        is_same = person.get("same_as_subject_principal")
        people.append((subject["principal"] if is_same else person, True))
    for person, is_in_charge in people:
        values = {name: (kind, person.get(field, "")) for name, (kind, field) in COLUMNS.items()}
        yield {
            "nature": subject["nature"],
            "is_in_charge": is_in_charge,
            **{name: digest(*value) if value[1] else "" for name, value in values.items()},
        }


def keep_people(apps, schema_editor):
    """Orders that run already are met like those submitted from now on, the oldest first."""
    rows = apps.get_model("orders", "Submission").objects.filter(
        order__state__in=RUNNING, order__erased_at=None, round=F("order__round")
    )
    person = apps.get_model("orders", "SubmittedPerson")
    keys = apps.get_model("beian", "DataKey").objects
    for row in rows.order_by("submitted_at", "pk").iterator():
        safe = datakey.Safe(row.order_id, keys.get(owner=row.order_id).wrapped)
        dossier = json.loads(safe.unseal(bytes(row.dossier_sealed), "submission.dossier"))
        person.objects.bulk_create(
            person(order_id=row.order_id, **columns) for columns in people_of(dossier)
        )


class Migration(migrations.Migration):
    dependencies = [("beian", "0015_notice_codes"), ("orders", "0028_objected_queue")]

    operations = [
        migrations.CreateModel(
            name="SubmittedPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nature", models.CharField(max_length=30)),
                ("is_in_charge", models.BooleanField()),
                ("cert_digest", models.CharField(max_length=64)),
                ("mobile_digest", models.CharField(max_length=64)),
                ("emergency_digest", models.CharField(max_length=64)),
                ("email_digest", models.CharField(max_length=64)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="orders.filingorder",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["cert_digest"], name="submitted_person_cert"),
                    models.Index(fields=["mobile_digest"], name="submitted_person_mobile"),
                    models.Index(fields=["emergency_digest"], name="submitted_person_emergency"),
                    models.Index(fields=["email_digest"], name="submitted_person_email"),
                ]
            },
        ),
        migrations.RunPython(keep_people, migrations.RunPython.noop),
    ]
