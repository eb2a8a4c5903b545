from django.db import models


class AppendOnlyError(Exception):
    """Somebody tried to change or delete a row of a log."""


class AuditEntry(models.Model):
    """Who did or saw what, when and why; never a value. The database refuses changes as well."""

    at = models.DateTimeField(db_index=True)
    actor_kind = models.CharField(max_length=12)
    actor_user_id = models.BigIntegerField(null=True, db_index=True)
    actor_account_id = models.UUIDField(null=True)
    actor_roles = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=60, db_index=True)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=64, db_index=True)
    field = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    result = models.CharField(max_length=20, default="ok")
    source_address = models.GenericIPAddressField(null=True)
    request_id = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.action} {self.object_type}/{self.object_id}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None:
            raise AppendOnlyError("audit entries are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object):
        raise AppendOnlyError("audit entries are never deleted")
