"""What applicants say against a rule, and what reviewers say to it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from beian.crypto.fields import EncryptedTextField
from beian.models.audit import AppendOnlyError


class Objection(models.Model):
    """An applicant's reason why a rule should not stop the order; another wording is another row.

    Bound to what the rule found: `mark` is orders.objections.mark_of that finding.
    """

    order = models.ForeignKey(
        "orders.FilingOrder", on_delete=models.PROTECT, related_name="objections"
    )
    # The key of a rule, as findings have it.
    rule = models.CharField(max_length=40)
    # Empty once the order is erased.
    mark = models.CharField(max_length=64, blank=True)
    reason = EncryptedTextField(blank=True)
    author = models.ForeignKey("beian.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # By its author, or by a submission that did not meet what it is about any more.
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="objection_one_standing",
                fields=["order", "mark"],
                condition=Q(taken_back_at__isnull=True) & ~Q(mark=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.rule}"

    def delete(self, *args: object, **kwargs: object):
        raise AppendOnlyError("objections are taken back, never deleted")


class WaiverQuerySet(models.QuerySet["Waiver"]):
    def standing(self) -> WaiverQuerySet:
        return self.filter(revoked_at=None)


class Waiver(models.Model):
    """A reviewer lets a rule go for what one objection says; it can be revoked, never changed."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="waivers")
    # Of the order, when it was waived.
    round = models.PositiveSmallIntegerField()
    reason = EncryptedTextField(blank=True)
    author = models.ForeignKey("beian.User", on_delete=models.PROTECT, related_name="+")
    waived_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        "beian.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_reason = EncryptedTextField(blank=True)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="waiver_one_standing",
                fields=["objection"],
                condition=Q(revoked_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objection_id} r{self.round}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None:
            raise AppendOnlyError("waivers are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object):
        raise AppendOnlyError("waivers are never deleted")
