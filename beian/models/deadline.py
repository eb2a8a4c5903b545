from django.db import models
from django.db.models import Q


class Deadline(models.Model):
    """Something that must happen at a time; a sweep finds it, a handler acts on it once."""

    kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="deadline_one_open",
                fields=["kind", "object_id"],
                condition=Q(done_at__isnull=True, cancelled_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                name="deadline_due",
                fields=["due_at"],
                condition=Q(done_at__isnull=True, cancelled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.object_id} at {self.due_at}"
