from django.db import models
from django.db.models import F

from beian.crypto.fields import EncryptedTextField
from beian.models.audit import AppendOnlyError
from orders.enums import OrderState

_CONTEXT = "event"


class OrderEventQuerySet(models.QuerySet["OrderEvent"]):
    def with_people(self) -> "OrderEventQuerySet":
        """Each with whom the case was given to and, as `account_name`, whose order it is."""
        return self.select_related("to_user").annotate(account_name=F("order__account__name"))


class OrderEvent(models.Model):
    """One step of an order's history (审核历史); append-only, also in the database."""

    order = models.ForeignKey("orders.FilingOrder", on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    # A transition's name, or overdue, reminder, hand-over notes and the like.
    name = models.CharField(max_length=40)
    from_state = models.CharField(max_length=30, choices=OrderState.choices, blank=True)
    to_state = models.CharField(max_length=30, choices=OrderState.choices)
    round = models.PositiveSmallIntegerField()
    actor_kind = models.CharField(max_length=12)
    actor_user = models.ForeignKey(
        "beian.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    # How staff and machines are called. Empty for applicants, whose account's name is looked up:
    # here it would outlive the erasure of the order.
    actor_label = models.CharField(max_length=60, blank=True)
    # Whom the case was given to.
    to_user = models.ForeignKey("beian.User", null=True, on_delete=models.PROTECT, related_name="+")
    reason_codes = models.JSONField(default=list)
    # Words of events from before the order's own key sealed them.
    opinion = EncryptedTextField(blank=True)
    said_sealed = models.BinaryField(null=True)

    # Of rows read `with_people`.
    account_name: str

    objects = OrderEventQuerySet.as_manager()

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(name="event_sequence_once", fields=["order", "sequence"]),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} #{self.sequence} {self.name}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None:
            raise AppendOnlyError("order events are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object):
        raise AppendOnlyError("order events are never deleted")

    def say(self, words: str) -> None:
        """Words given with the step, under the order's key: they go when it is destroyed."""
        if words:
            self.said_sealed = self.order.safe.seal(words.encode(), _CONTEXT)

    @property
    def said(self) -> str:
        if not self.said_sealed or self.order.is_erased:
            return self.opinion
        return self.order.safe.unseal(self.said_sealed, _CONTEXT).decode()
