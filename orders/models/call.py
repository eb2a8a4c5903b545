from django.db import models

from beian.crypto.fields import EncryptedTextField
from beian.models.audit import AppendOnlyError
from orders.enums import CallOutcome


class CallNote(models.Model):
    """One phone call of a reviewer to one person of a round; append-only."""

    order = models.ForeignKey("orders.FilingOrder", on_delete=models.PROTECT, related_name="calls")
    round = models.PositiveSmallIntegerField()
    # Where the person and the number stand in the dossier: subject.principal, mobile.
    person = models.CharField(max_length=40)
    number_field = models.CharField(max_length=20)
    number_masked = models.CharField(max_length=30)
    outcome = models.CharField(max_length=12, choices=CallOutcome.choices)
    note = EncryptedTextField(blank=True)
    author = models.ForeignKey("beian.User", on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="call_outcome_known",
                condition=models.Q(outcome__in=CallOutcome.values),
            ),
        ]
        indexes = [models.Index(name="call_of_round", fields=["order", "round"])]

    def __str__(self) -> str:
        return f"{self.order_id} r{self.round} {self.person}: {self.outcome}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None:
            raise AppendOnlyError("notes of calls are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object):
        raise AppendOnlyError("notes of calls are never deleted")
