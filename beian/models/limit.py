from django.db import models


class AttemptBucket(models.Model):
    """How often one key (a digest of phone, account or address) acted in the current window."""

    scope = models.CharField(max_length=40)
    key_digest = models.CharField(max_length=64)
    window_start = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="bucket_once", fields=["scope", "key_digest"]),
        ]

    def __str__(self) -> str:
        return f"{self.scope}: {self.count}"
