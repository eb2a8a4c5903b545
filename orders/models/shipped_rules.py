"""The rules of a release, kept for what was submitted under it."""

from django.db import models

from beian.models.audit import AppendOnlyError


class ShippedRules(models.Model):
    """What a release ships, kept once it has judged a submission: a later release judges only
    what is submitted later."""

    # A digest of the files (rules.loader).
    version = models.CharField(primary_key=True, max_length=64)
    # rules.release.content_of
    content = models.JSONField()
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.version

    def delete(self, *args: object, **kwargs: object):
        raise AppendOnlyError("rules that judged a submission are never deleted")
