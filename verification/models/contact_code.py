from django.db import models

from beian.enums import Channel
from verification.enums import CodePurpose


class ContactCode(models.Model):
    """The newest portal code for one purpose and address; sending again overwrites it.

    `key_digest` covers purpose, channel, address and owner, so there is one row to count attempts
    in however many requests arrive at once. The code itself is kept only as a keyed digest.
    """

    key_digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=12, choices=CodePurpose.choices)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    code_digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.purpose} code by {self.channel}, sent {self.sent_at:%Y-%m-%d %H:%M}"
