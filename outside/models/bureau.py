from django.db import models

from outside import clock
from outside.enums import HandOverState, NextUpload, RefusalCode
from outside.provinces import PROVINCES, Province

DECIDED = (
    HandOverState.GRANTED,
    HandOverState.REFUSED,
    HandOverState.RETURNED,
    HandOverState.DOMAIN_FAILED,
)


class UploadedBatch(models.Model):
    """One accepted upload; its sequence number is never used for anything else."""

    seq = models.PositiveBigIntegerField(unique=True)
    sha256 = models.CharField(max_length=64)
    payload = models.TextField()
    received_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"upload {self.seq}"


class HandOver(models.Model):
    """One application (XZBA) that the provider handed over."""

    ref = models.UUIDField(unique=True)
    batch = models.ForeignKey(UploadedBatch, on_delete=models.PROTECT)
    order_number = models.CharField(max_length=40)
    province = models.CharField(max_length=2)
    content = models.JSONField()
    state = models.CharField(
        max_length=20, choices=HandOverState, default=HandOverState.WAITING_SMS
    )
    opinion = models.TextField(blank=True)
    received_at = models.DateTimeField(default=clock.now)
    sms_ended_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-received_at", "-id"]

    def __str__(self) -> str:
        return f"{self.order_number} {self.ref}"

    @property
    def subject_key(self) -> str:
        """What makes two applications the same subject: the certificate number."""
        return self.content["subject"]["cert_number"]

    @property
    def subject_name(self) -> str:
        return self.content["subject"].get("name", "")

    @property
    def place(self) -> Province:
        return PROVINCES[self.province]

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED

    @property
    def is_decidable(self) -> bool:
        return self.state == HandOverState.WAITING_DECISION


class ResultFile(models.Model):
    """A file of results, served again and again until the provider acknowledges it."""

    name = models.CharField(max_length=100, unique=True)
    payload = models.TextField()
    is_repeat = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    downloads_count = models.PositiveIntegerField(default=0)
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Result(models.Model):
    """One outcome; it has no file until the provider asks for results."""

    result_id = models.UUIDField(unique=True)
    hand_over = models.ForeignKey(HandOver, on_delete=models.PROTECT)
    body = models.JSONField()
    file = models.ForeignKey(ResultFile, on_delete=models.PROTECT, null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.result_id)


class Switches(models.Model):
    """The one row of faults the officer page can turn on."""

    next_upload = models.CharField(max_length=20, choices=NextUpload, default=NextUpload.ACCEPT)
    refusal_code = models.CharField(
        max_length=4, choices=RefusalCode, default=RefusalCode.QUEUE_FULL
    )
    repeats_results = models.BooleanField(default=False)
    reverses_results = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_switches"),
        ]

    def __str__(self) -> str:
        return f"next upload: {self.next_upload}"

    @classmethod
    def current(cls) -> "Switches":
        """Read the one row, making it on first use."""
        return cls.objects.get_or_create(pk=1)[0]
