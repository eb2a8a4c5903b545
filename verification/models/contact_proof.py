from django.db import models

from beian.enums import Channel


class ContactProof(models.Model):
    """That a phone or mail address answered a code on behalf of `owner` (an order's id)."""

    owner = models.UUIDField()
    channel = models.CharField(max_length=8, choices=Channel.choices)
    address_digest = models.CharField(max_length=64)
    proved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="contact_proof_once", fields=["owner", "channel", "address_digest"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} proved at {self.proved_at:%Y-%m-%d %H:%M}"
