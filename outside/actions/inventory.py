import hashlib
from datetime import date, timedelta
from typing import Any

from outside import clock
from outside.demo_inventory import DAYS_PER_MONTH, DEFAULTS, DEMO_RESOURCES
from outside.models import InventoryResource


def resources_of(account_ref: str) -> list[InventoryResource]:
    """List an account's resources; an account nobody asked about before gets the demo set."""
    owned = InventoryResource.objects.filter(account_ref=account_ref)
    if not owned.exists():
        # Two first questions at once make the same refs; the second finds them taken.
        InventoryResource.objects.bulk_create(_demo_set(account_ref), ignore_conflicts=True)
    return list(owned.all())


def _demo_set(account_ref: str) -> list[InventoryResource]:
    today = clock.today()
    return [
        _resource(account_ref, position, DEFAULTS | entry, today)
        for position, entry in enumerate(DEMO_RESOURCES)
    ]


def _resource(
    account_ref: str, position: int, entry: dict[str, Any], today: date
) -> InventoryResource:
    owner = hashlib.sha256(account_ref.encode()).hexdigest()[:10]
    fields = {name: value for name, value in entry.items() if name != "slug"}
    return InventoryResource(
        account_ref=account_ref,
        ref=f"{entry['slug']}-{owner}",
        position=position,
        expires_on=_expiry(entry["months_total"], today),
        **fields,
    )


def _expiry(months: int, today: date) -> date | None:
    return today + timedelta(days=months * DAYS_PER_MONTH) if months else None
