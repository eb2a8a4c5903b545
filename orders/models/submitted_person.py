from __future__ import annotations

from django.db import models


class SubmittedPerson(models.Model):
    """A person of what an order submitted last, by digests: what orders of other subjects meet.

    Beside the register's, which knows only what was filed; kept while the order runs. Two orders
    submitted at once each miss the other; the smaller key was there first.
    """

    order = models.ForeignKey("orders.FilingOrder", on_delete=models.CASCADE, related_name="people")
    # Of the subject.
    nature = models.CharField(max_length=30)
    # Of a service, not of the subject.
    is_in_charge = models.BooleanField()
    cert_digest = models.CharField(max_length=64)
    mobile_digest = models.CharField(max_length=64)
    emergency_digest = models.CharField(max_length=64)
    email_digest = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(name=f"submitted_person_{name}", fields=[f"{name}_digest"])
            for name in ("cert", "mobile", "emergency", "email")
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {'service' if self.is_in_charge else 'subject'}"
