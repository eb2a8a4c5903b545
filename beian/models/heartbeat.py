from django.db import models


class Heartbeat(models.Model):
    """When a clock or a sweep was last alive; `holder` tells two beats apart."""

    kind = models.CharField(max_length=20)
    holder = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="heartbeat_once", fields=["kind", "holder"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.holder} at {self.at}"
