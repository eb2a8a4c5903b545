from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, models
from django.db.models import Q

from beian import clock

# The condition word for word as the index has it (SQLite compares them so); the ORM writes none.
_PUT = """
INSERT INTO {table} (kind, object_id, due_at, created_at, failure_count, failure) VALUES {rows}
ON CONFLICT (kind, object_id) WHERE cancelled_at IS NULL AND done_at IS NULL
DO UPDATE SET due_at = excluded.due_at, failure_count = 0, failure = '', not_before = NULL
"""
# In the sequence of the model.
_GIVEN = ("kind", "object_id", "due_at", "created_at")
_ROW = "(%s, %s, %s, %s, 0, '')"


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def put(self, due: Iterable[tuple[str, UUID, datetime]]) -> None:
        """Open a deadline for each (kind, object, time), or move the one that is open: one
        statement, whatever is there and whoever else writes."""
        now = clock.now()
        rows = [(kind, of, due_at, now) for kind, of, due_at in due]
        fields = [field for field in self.model._meta.concrete_fields if field.name in _GIVEN]
        # PostgreSQL takes all at once.
        size = max(connection.ops.bulk_batch_size(fields, rows), 1)
        for start in range(0, len(rows), size):
            values = [
                field.get_db_prep_save(value, connection)
                for row in rows[start : start + size]
                for field, value in zip(fields, row, strict=True)
            ]
            lines = ", ".join([_ROW] * (len(values) // len(fields)))
            with connection.cursor() as cursor:
                cursor.execute(_PUT.format(table=self.model._meta.db_table, rows=lines), values)


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

    objects = DeadlineQuerySet.as_manager()

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
