"""Orders the bureau has accepted move on (T12), each on its own.

The receipt is written down whatever becomes of them: an order that cannot move on is tried again,
stands among what needs a person (who is told once), and holds up neither its file nor the line.
"""

from collections.abc import Iterable
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet

from beian import clock
from beian.actors import BUREAU
from beian.site_settings import setting
from orders import staff_notices, workflow
from orders.enums import HandoverState, OrderState, RecordType
from orders.models import BureauRecord

log = structlog.get_logger(__name__)


def unmoved_records() -> QuerySet[BureauRecord]:
    """Accepted filings whose order still waits to be submitted.

    A receipt that comes after the order left the bureau again is only filed.
    """
    rows = BureauRecord.objects.select_related("order")
    # A broken order is spoken of here: what is sealed may be what is broken.
    rows = rows.defer("content_sealed", "order__dossier_sealed", "order__bureau_opinion")
    return rows.filter(
        record_type=RecordType.FIRST_FILING,
        state=HandoverState.ACCEPTED,
        closed_at=None,
        order__state=OrderState.PENDING_BUREAU_SUBMISSION,
    )


def move_on(records: Iterable[BureauRecord]) -> None:
    """Apply T12 to the orders of accepted records."""
    for record in records:
        try:
            with transaction.atomic():
                order = workflow.locked(record.order_id)
                workflow.apply_to(order, "accept_at_bureau", BUREAU)
        except Exception:  # one broken order must not hold up the line
            log.exception("accepted order does not move on", record=str(record.pk))
            wait = timedelta(seconds=setting("bureau.retry_seconds"))
            BureauRecord.objects.filter(pk=record.pk).update(not_before=clock.now() + wait)
            staff_notices.queue_record_unmoved(record)


def move_on_left_behind() -> None:
    """Try those again that could not move on with their receipt and have waited since."""
    is_due = Q(not_before=None) | Q(not_before__lte=clock.now())
    move_on(list(unmoved_records().filter(is_due).order_by("created_at")))
