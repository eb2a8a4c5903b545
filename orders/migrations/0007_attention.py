"""Results that stop name their problem and wait for a person; refused records that were
taken up again or whose order left the bureau are history.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q

import beian.crypto.fields

# What the notes of the first release began with → state and problem.
NOTES = {
    "cannot be read": ("stopped", "unreadable"),
    "no record of ours": ("stopped", "no_record"),
    "unknown result": ("stopped", "unknown_result"),
    "the record was closed": ("stopped", "record_closed"),
    "waiting: numbers_present": ("stopped", "incomplete"),
    "waiting: has_opinion": ("stopped", "incomplete"),
    "waiting": ("waiting", "too_early"),
    "conflict": ("stopped", "register_conflict"),
    "failed": ("waiting", "failed"),
}


def _new_values(note, applied_at):
    for words, (state, problem) in NOTES.items():
        if note.startswith(words):
            return {"state": state, "problem": problem, "applied_at": None}
    return {"state": "applied" if applied_at else "waiting"}


def name_problems(apps, _schema_editor):
    results = apps.get_model("orders", "BureauResult").objects
    for pk, note, applied_at in results.values_list("pk", "note", "applied_at").iterator():
        results.filter(pk=pk).update(key=uuid.uuid4(), **_new_values(note, applied_at))


def close_superseded_records(apps, _schema_editor):
    records = apps.get_model("orders", "BureauRecord").objects
    later = records.filter(
        order_id=OuterRef("order_id"), created_at__gt=OuterRef("created_at")
    ).exclude(state="cancelled")
    refused = records.filter(state="refused", closed_at=None)
    over = refused.filter(~Q(order__state="pending_bureau_submission") | Exists(later))
    keys = list(over.values_list("pk", "answered_at", "created_at"))
    for pk, answered_at, created_at in keys:
        records.filter(pk=pk).update(closed_at=answered_at or created_at)


class Migration(migrations.Migration):
    dependencies = [
        ("beian", "0006_attention"),
        ("orders", "0006_desk_for_volume"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="bureauresult",
            name="bureau_result_open",
        ),
        migrations.AddField(
            model_name="bureauresult",
            name="key",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="bureauresult",
            name="problem",
            field=models.CharField(
                blank=True,
                choices=[
                    ("unreadable", "内容无法读取"),
                    ("no_record", "没有找到它所说的资料"),
                    ("unknown_result", "不认识这种结果"),
                    ("record_closed", "它所说的资料此前已有结果"),
                    ("incomplete", "结果缺少备案号或意见"),
                    ("register_conflict", "与备案库中已有的记录冲突"),
                    ("too_early", "订单还没有到登记结果的阶段"),
                    ("failed", "登记时出错，系统会继续重试"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="bureauresult",
            name="settled_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="bureauresult",
            name="settled_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="bureauresult",
            name="settlement_reason",
            field=beian.crypto.fields.EncryptedTextField(blank=True),
        ),
        migrations.AddField(
            model_name="bureauresult",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "等待登记"),
                    ("applied", "已登记"),
                    ("stopped", "需要人工处理"),
                    ("dismissed", "不予登记"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.RunPython(name_problems, migrations.RunPython.noop),
        migrations.RunPython(close_superseded_records, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="bureauresult",
            name="key",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddIndex(
            model_name="bureaurecord",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "sent", "unknown"])),
                fields=["created_at"],
                name="bureau_record_on_its_way",
            ),
        ),
        migrations.AddIndex(
            model_name="bureaurecord",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True), ("state", "refused")),
                fields=["answered_at"],
                name="bureau_record_refused",
            ),
        ),
        migrations.AddIndex(
            model_name="bureauresult",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "stopped"])),
                fields=["received_at"],
                name="bureau_result_open",
            ),
        ),
        migrations.AddIndex(
            model_name="filingorder",
            index=models.Index(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "bureau_review",
                            "initial_review",
                            "pending_bureau_submission",
                            "resubmitted",
                        ],
                    )
                ),
                fields=["due_at", "id"],
                name="order_limit",
            ),
        ),
        migrations.AddConstraint(
            model_name="bureauresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("applied_at__isnull", False), ("state", "applied")),
                    models.Q(
                        models.Q(("state", "applied"), _negated=True), ("applied_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="bureau_result_applied_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="bureauresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "stopped"), _negated=True),
                    models.Q(("problem", ""), _negated=True),
                    _connector="OR",
                ),
                name="bureau_result_stopped_has_problem",
            ),
        ),
        migrations.AddConstraint(
            model_name="bureauresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "dismissed"), _negated=True),
                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                    _connector="OR",
                ),
                name="bureau_result_dismissed_by_somebody",
            ),
        ),
    ]
