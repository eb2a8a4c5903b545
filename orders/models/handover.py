import uuid

from django.db import models
from django.db.models import Q

from orders.enums import HandoverState, RecordType


class BureauLine(models.Model):
    """The one sending line to the bureau: files are numbered without gaps."""

    name = models.CharField(max_length=30, primary_key=True)
    last_sequence = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.last_sequence}"


class BureauRecord(models.Model):
    """One record on its way to the bureau: queued → sent → accepted | refused | unknown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(
        "orders.FilingOrder", on_delete=models.PROTECT, related_name="bureau_records"
    )
    submission = models.ForeignKey("orders.Submission", on_delete=models.PROTECT)
    record_type = models.CharField(max_length=4, choices=RecordType.choices)
    # The record this one speaks about (the SMS result of a filing).
    about = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=HandoverState.choices, default=HandoverState.QUEUED
    )
    handed_over_by = models.ForeignKey(
        "beian.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    payload_sealed = models.BinaryField()
    sequence = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer_code = models.IntegerField(null=True)
    answer_text = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                name="bureau_record_open_once",
                fields=["order", "record_type"],
                condition=Q(state__in=["queued", "sent", "unknown"]),
            ),
            models.UniqueConstraint(
                name="bureau_sequence_once",
                fields=["sequence"],
                condition=Q(sequence__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="bureau_record_due",
                fields=["next_attempt_at"],
                condition=Q(state__in=["queued", "sent", "unknown"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.pk}: {self.state}"


class BureauResult(models.Model):
    """One result as it came down, kept before it is acknowledged; applied once."""

    result_id = models.CharField(max_length=80, primary_key=True)
    record = models.ForeignKey(BureauRecord, null=True, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10)
    outcome = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    content = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.result_id}: {self.outcome}"
