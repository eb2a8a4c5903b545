from django.db import models


class InventoryResource(models.Model):
    """A cloud product that an account bought."""

    account_ref = models.CharField(max_length=64)
    ref = models.CharField(max_length=64, unique=True)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=30)
    region = models.CharField(max_length=30)
    region_label = models.CharField(max_length=60)
    public_ips = models.JSONField(default=list)
    billing = models.CharField(max_length=10)
    months_total = models.PositiveSmallIntegerField()
    expires_on = models.DateField(null=True)
    mainland = models.BooleanField()
    used_services = models.PositiveSmallIntegerField(default=0)
    as_codes = models.BooleanField(default=False)

    class Meta:
        ordering = ["account_ref", "position"]

    def __str__(self) -> str:
        return self.ref
