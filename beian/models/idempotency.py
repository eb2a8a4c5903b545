from django.db import models


class IdempotencyKey(models.Model):
    """One submission of one page: the second post of the same key gets the first one's answer."""

    key = models.CharField(max_length=64)
    # The signed-in user or, before sign-in, the browser session: keys of others never match.
    owner = models.CharField(max_length=80)
    # As long as the address a browser asked for.
    path = models.TextField()
    created_at = models.DateTimeField(db_index=True)
    done_at = models.DateTimeField(null=True)
    location = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="idempotency_key_once", fields=["owner", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.key[:8]}"
