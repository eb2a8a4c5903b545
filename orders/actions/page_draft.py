"""Keeping what was typed on a page that has errors."""

from collections.abc import Mapping

from beian import clock
from orders.models import FilingOrder, PageDraft


def keep_page(order: FilingOrder, step: str, values: Mapping[str, object]) -> None:
    """Keep typed texts of a page under the order's key; nothing to keep forgets the page."""
    if not values:
        order.page_drafts.filter(step=step).delete()
        return
    PageDraft.objects.update_or_create(
        order=order,
        step=step,
        defaults={"sealed": PageDraft.seal(order.pk, dict(values)), "saved_at": clock.now()},
    )
