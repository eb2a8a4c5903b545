import uuid

from django.db import models
from django.db.models import Q

from beian.crypto.fields import EncryptedTextField
from beian.enums import Channel, NoticeState


class Notice(models.Model):
    """One message to one person on one channel, written in the transaction of its event.

    Recipient, subject, body and failure are encrypted; the body of a secret notice (a code) is
    emptied as soon as it has been sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Unique per (event, recipient, channel): an event told twice is one message.
    event_key = models.CharField(max_length=120)
    template = models.CharField(max_length=60)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    recipient_digest = models.CharField(max_length=64)
    recipient = EncryptedTextField()
    sender = models.CharField(max_length=30, blank=True)
    account = models.ForeignKey("beian.Account", null=True, on_delete=models.CASCADE)
    order_id = models.UUIDField(null=True, db_index=True)
    language = models.CharField(max_length=10, default="zh-hans")
    subject = EncryptedTextField(blank=True)
    body = EncryptedTextField(blank=True)
    is_secret = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=NoticeState.choices, default=NoticeState.QUEUED)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    # In the provider's words, which may name people.
    failure = EncryptedTextField(blank=True)
    # A message that failed for good, and what a person did about it instead.
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        "beian.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    settlement_note = EncryptedTextField(blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                name="notice_once", fields=["event_key", "recipient_digest", "channel"]
            ),
            models.CheckConstraint(
                name="notice_sent_has_time",
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="notice_due",
                fields=["next_attempt_at"],
                condition=Q(state__in=["queued", "sending"]),
            ),
            models.Index(
                name="notice_failed",
                fields=["created_at"],
                condition=Q(state="failed", settled_at__isnull=True),
            ),
            # For what begins with a word, in whatever language the database sorts.
            models.Index(
                name="notice_codes",
                fields=["event_key"],
                opclasses=["varchar_pattern_ops"],
                condition=Q(is_secret=True),
            ),
            models.Index(name="notice_age", fields=["created_at"]),
            models.Index(
                name="notice_inbox",
                fields=["account", "-created_at"],
                condition=Q(channel="portal"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} by {self.channel}: {self.state}"

    @property
    def needs_person(self) -> bool:
        """A code of the portal is asked for anew by whoever missed it; anything else is not."""
        return not self.is_secret or self.order_id is not None
