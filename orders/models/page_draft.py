import json

from django.db import models

from beian.crypto import datakey


class PageDraft(models.Model):
    """What somebody typed on a page that could not be stored yet: nothing typed is ever lost.

    Sealed under the order's data key; gone once the page is stored without errors.
    """

    order = models.ForeignKey(
        "orders.FilingOrder", on_delete=models.CASCADE, related_name="page_drafts"
    )
    step = models.CharField(max_length=30)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="page_draft_once", fields=["order", "step"]),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.step}"

    @staticmethod
    def seal(order_id, values: dict[str, object]) -> bytes:
        return datakey.seal(order_id, json.dumps(values).encode(), "page-draft")

    def read(self) -> dict[str, object]:
        """Typed texts by the form's field names."""
        return json.loads(self.order.safe.unseal(self.sealed, "page-draft"))
