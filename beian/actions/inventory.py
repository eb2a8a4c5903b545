"""Copying an account's resources from the inventory."""

from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import F, Q, QuerySet

from beian import clock
from beian.models import Account, Resource
from beian.ports.base import DeliveryFailed, InventoryItem
from beian.ports.registry import port
from beian.site_settings import setting

log = structlog.get_logger(__name__)


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
        Account.objects.filter(pk=account.pk).update(inventory_synced_at=now, inventory_ask_at=None)


def sync_requested_inventories(limit: int = 50) -> int:
    """Sync every account that asked since its last copy; returns how many succeeded.

    An inventory that does not answer once is left alone for the wait, so that it holds up no
    worker.
    """
    first = F("inventory_ask_at").asc(nulls_first=True)
    synced = 0
    for account in list(_due().order_by(first, "inventory_requested_at")[:limit]):
        try:
            synced += _sync(account)
        except DeliveryFailed as error:
            log.info("inventory not answered", account=str(account.pk), reason=error.reason)
            # Those that were not asked about have their turn first.
            _due().update(inventory_ask_at=clock.now() + _wait() - timedelta(seconds=1))
            break
    return synced


def _due() -> QuerySet[Account]:
    is_stale = Q(inventory_synced_at=None) | Q(inventory_synced_at__lt=F("inventory_requested_at"))
    may_ask = Q(inventory_ask_at=None) | Q(inventory_ask_at__lte=clock.now())
    return Account.objects.filter(is_stale, may_ask, inventory_requested_at__isnull=False)


def _wait() -> timedelta:
    return timedelta(seconds=setting("resource.retry_seconds"))


def _sync(account: Account) -> bool:
    """Ask once; a second worker finds the account taken, a dead one is overtaken after the wait."""
    mine = _due().filter(pk=account.pk, inventory_ask_at=account.inventory_ask_at)
    if not mine.update(inventory_ask_at=clock.now() + _wait()):
        return False
    store_inventory(account, port("inventory").resources(account_ref=str(account.pk)))
    return True
