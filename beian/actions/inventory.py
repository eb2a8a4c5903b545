"""Copying an account's resources from the inventory."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from beian import clock
from beian.models import Account, Resource
from beian.ports.base import DeliveryFailed, InventoryItem
from beian.ports.registry import port
from beian.site_settings import setting


def request_inventory(account: Account) -> None:
    """Ask for a fresh copy if the one we have is old; a worker fetches it."""
    oldest = clock.now() - timedelta(minutes=setting("resource.sync_minutes"))
    if account.inventory_synced_at is None or account.inventory_synced_at < oldest:
        Account.objects.filter(pk=account.pk).update(inventory_requested_at=clock.now())


def store_inventory(account: Account, items: list[InventoryItem]) -> None:
    """Replace what we know; a resource an order uses stays, marked as expired by its date."""
    now = clock.now()
    with transaction.atomic():
        for item in items:
            values = {name: getattr(item, name) for name in item.__dataclass_fields__}
            values["public_ips"] = list(item.public_ips)
            ref = values.pop("ref")
            Resource.objects.update_or_create(
                account=account, ref=ref, defaults={**values, "synced_at": now}
            )
        gone = account.resources.exclude(ref__in=[item.ref for item in items])
        gone.filter(uses__isnull=True).delete()
        gone.update(expires_on=clock.today() - timedelta(days=1), synced_at=now)
        Account.objects.filter(pk=account.pk).update(inventory_synced_at=now)


def sync_inventory(account_id: UUID) -> bool:
    """Fetch and store; False if the inventory did not answer (the next sweep tries again)."""
    account = Account.objects.get(pk=account_id)
    try:
        items = port("inventory").resources(account_ref=str(account.pk))
    except DeliveryFailed:
        return False
    store_inventory(account, items)
    return True


def sync_requested_inventories(limit: int = 50) -> int:
    """Sync every account that asked since its last copy; returns how many succeeded."""
    asked = Account.objects.filter(inventory_requested_at__isnull=False).filter(
        Q(inventory_synced_at__isnull=True) | Q(inventory_synced_at__lt=F("inventory_requested_at"))
    )
    ids = list(asked.order_by("inventory_requested_at").values_list("pk", flat=True)[:limit])
    return sum(sync_inventory(account_id) for account_id in ids)
