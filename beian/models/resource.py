import uuid

from django.db import models
from django.db.models import Q

from beian.enums import ResourceUseState


class Resource(models.Model):
    """A cloud resource of an account, as the inventory last told it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey("beian.Account", on_delete=models.CASCADE, related_name="resources")
    ref = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=30)
    region = models.CharField(max_length=40)
    region_label = models.CharField(max_length=60)
    public_ips = models.JSONField(default=list)
    is_prepaid = models.BooleanField()
    is_mainland = models.BooleanField()
    turned_into_codes = models.BooleanField(default=False)
    months_total = models.PositiveSmallIntegerField()
    expires_on = models.DateField(null=True)
    # Services filed on it before this installation knew it; ours are ResourceUse rows.
    known_use_count = models.PositiveSmallIntegerField(default=0)
    synced_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(name="resource_once", fields=["account", "ref"]),
        ]

    def __str__(self) -> str:
        return self.name


class ResourceUse(models.Model):
    """One slot: held while an order runs, consumed for good when it is filed, else released."""

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="uses")
    order_id = models.UUIDField(db_index=True)
    state = models.CharField(max_length=10, choices=ResourceUseState.choices)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="resource_use_once",
                fields=["resource", "order_id"],
                condition=~Q(state="released"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource}: {self.state}"
