from __future__ import annotations

from django.db import models

from beian.crypto.fields import EncryptedTextField
from beian.models.audit import AppendOnlyError
from orders.enums import Verdict


class ChecklistAnswer(models.Model):
    """What one reviewer answered to one item in one round; a change of mind is another row."""

    order = models.ForeignKey(
        "orders.FilingOrder", on_delete=models.PROTECT, related_name="checklist_answers"
    )
    round = models.PositiveSmallIntegerField()
    # A key of orders/data/checklist.toml.
    item = models.CharField(max_length=30)
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    reason_code = models.CharField(max_length=30, blank=True)
    # Why the item does not apply, or what failed; for colleagues and inspectors.
    note = EncryptedTextField(blank=True)
    # What the machine said then: passed, unknown, notice, failed, or nothing.
    machine = models.CharField(max_length=10, blank=True)
    is_grouped = models.BooleanField(default=False)
    author = models.ForeignKey("beian.User", on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="checklist_verdict_known",
                condition=models.Q(verdict__in=Verdict.values),
            ),
            models.CheckConstraint(
                name="checklist_failure_has_reason",
                condition=~models.Q(verdict=Verdict.FAIL) | ~models.Q(reason_code=""),
            ),
        ]
        indexes = [models.Index(name="checklist_of_round", fields=["order", "round"])]

    def __str__(self) -> str:
        return f"{self.order_id} r{self.round} {self.item}: {self.verdict}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None:
            raise AppendOnlyError("answers to the checklist are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object):
        raise AppendOnlyError("answers to the checklist are never deleted")
