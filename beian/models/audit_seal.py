from django.db import models

from .audit import AppendOnlyError


class AuditSeal(models.Model):
    """What some rows of an append-only table said when they were sealed, chained to the last seal.

    `marks` holds for each row its id (8 bytes) and a keyed hash of its content (32 bytes), so that
    a row which says something else later can be named. See docs/decisions/0010.
    """

    number = models.PositiveBigIntegerField(unique=True)
    table = models.CharField(max_length=60)
    # Names of the columns that the marks cover: a column added later is not among them.
    columns = models.JSONField()
    after_id = models.BigIntegerField(null=True, help_text="the rows follow this id")
    last_id = models.BigIntegerField()
    row_count = models.PositiveIntegerField()
    marks = models.BinaryField()
    sealed_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True)
    seal_hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["table", "last_id"], name="seal_by_table")]

    def __str__(self) -> str:
        return f"{self.number}: {self.table} {self.after_id}–{self.last_id}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None:
            raise AppendOnlyError("seals are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object):
        raise AppendOnlyError("seals are never deleted")
