"""Worker entry points of the lowest room."""

from celery import shared_task

from beian.actions import deadlines, heartbeats, inventory, notice_retention, notices
from beian.actions import tidy as tidying
from beian.one_at_a_time import one_at_a_time


@shared_task(name="beian.relay_notices")
@one_at_a_time
def relay_notices() -> int:
    return notices.relay_notices()


@shared_task(name="beian.sweep_deadlines")
def sweep_deadlines() -> int:
    count = deadlines.sweep_while_due()
    heartbeats.note_heartbeat(heartbeats.SWEEP)
    return count


@shared_task(name="beian.sync_stale_inventories")
@one_at_a_time
def sync_stale_inventories() -> int:
    return inventory.sync_requested_inventories()


@shared_task(name="beian.tidy")
def tidy() -> int:
    return tidying.tidy()


@shared_task(name="beian.erase_notices")
@one_at_a_time
def erase_notices() -> int:
    return notice_retention.erase_notices()
