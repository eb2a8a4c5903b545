from django.db import models

from orders.dossier import Dossier, from_bytes, to_bytes


class DraftRevision(models.Model):
    """The draft as it stood at one version: the base a stale page is merged against."""

    order = models.ForeignKey(
        "orders.FilingOrder", on_delete=models.CASCADE, related_name="revisions"
    )
    version = models.PositiveIntegerField()
    sealed = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(name="revision_once", fields=["order", "version"]),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} v{self.version}"

    def put(self, dossier: Dossier) -> None:
        self.sealed = self.order.safe.seal(to_bytes(dossier), "revision")

    def read(self) -> Dossier:
        return from_bytes(self.order.safe.unseal(self.sealed, "revision"))
