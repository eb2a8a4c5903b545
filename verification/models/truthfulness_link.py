from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q

from beian.crypto.digests import digest
from verification.enums import DeadLink, LinkChannel

_LENGTH = 32


def token_digest(token: str) -> str:
    return digest("truthfulness-token", token)


class TruthfulnessLinkQuerySet(models.QuerySet["TruthfulnessLink"]):
    def alive(self, moment: datetime) -> TruthfulnessLinkQuerySet:
        return self.filter(opened_at=None, replaced_at=None, expires_at__gt=moment)


class TruthfulnessLink(models.Model):
    """A way to the person's page, as a QR code or in a text message: short-lived, for one opening.

    The token is kept as a digest. It is made from the row's id with the digest key, which is
    outside the database, so the page can draw the same code again and the database cannot.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    check_row = models.ForeignKey(
        "verification.TruthfulnessCheck", on_delete=models.CASCADE, related_name="links"
    )
    channel = models.CharField(max_length=4, choices=LinkChannel.choices)
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    objects = TruthfulnessLinkQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                name="truthfulness_link_newest",
                fields=["check_row", "channel"],
                condition=Q(opened_at__isnull=True, replaced_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"link by {self.channel}, {self.created_at:%Y-%m-%d %H:%M}"

    def why_dead(self, moment: datetime) -> DeadLink | None:
        """Why it cannot be opened any more; None while it can."""
        if self.opened_at is not None:
            return DeadLink.OPENED
        if self.replaced_at is not None:
            return DeadLink.REPLACED
        return DeadLink.EXPIRED if self.expires_at <= moment else None

    @property
    def token(self) -> str:
        return digest("truthfulness-link", str(self.pk))[:_LENGTH]
