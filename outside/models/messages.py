import re

from django.db import models

from outside import clock
from outside.enums import Channel

# Six digits by themselves; those in the middle of a link are none.
CODE = re.compile(r"(?<![0-9A-Za-z_/.=-])[0-9]{6}(?![0-9A-Za-z_/=-])")


class Message(models.Model):
    """A text message or mail that reached its recipient."""

    channel = models.CharField(max_length=8, choices=Channel)
    message_id = models.CharField(max_length=100)
    recipient = models.CharField(max_length=254)
    sender = models.CharField(max_length=100, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    received_at = models.DateTimeField(default=clock.now)
    is_read = models.BooleanField(default=False)

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "message_id"], name="message_once"),
        ]
        indexes = [models.Index(fields=["channel", "recipient"])]

    def __str__(self) -> str:
        return f"{self.channel} {self.message_id}"

    @property
    def codes(self) -> list[str]:
        """Six-digit codes in the text, for copying."""
        return CODE.findall(self.text)
