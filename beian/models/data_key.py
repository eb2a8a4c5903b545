from django.db import models

from beian import clock


class DataKey(models.Model):
    """A data key wrapped by a master key; `owner` is the id of an order or person."""

    owner = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(default=clock.now)
    destroyed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"data key of {self.owner}"
