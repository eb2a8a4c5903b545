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
    # How often its handler failed, with which error, and when it is tried again.
    failure_count = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=100, blank=True)
    not_before = models.DateTimeField(null=True)

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
            models.Index(
                name="deadline_failing",
                fields=["due_at"],
                condition=Q(done_at__isnull=True, cancelled_at__isnull=True, failure_count__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.object_id} at {self.due_at}"
