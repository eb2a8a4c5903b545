"""The applicant records the public-security filing number of a filed service."""

from datetime import date
from typing import cast
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from beian import clock
from beian.actions.deadlines import cancel_deadlines
from beian.actors import Actor
from beian.audit import record_audit
from beian.models import InternetService, PublicSecurityFiling
from orders import workflow
from orders.models import FilingOrder
from orders.public_security import services_without_number

RECORDED = "public_security_recorded"


@transaction.atomic
def record_public_security_number(
    actor: Actor, *, order_id: UUID, service_id: UUID, number: str, filed_on: date, version: int
) -> PublicSecurityFiling:
    """Store or correct the number; the reminders end when no service lacks one.

    Saying the same twice leaves one row and one line in the history. Raises workflow.Stale when a
    colleague recorded something since the page of `version`, workflow.Refused when the number
    belongs to another service.
    """
    order = workflow.locked(order_id)
    service = InternetService.objects.get(pk=service_id, order_id=order.pk)
    known = PublicSecurityFiling.objects.filter(service=service).first()
    if known is not None and (known.number, known.filed_on) == (number, filed_on):
        return known
    if version != order.version:
        raise workflow.Stale
    filing = _store(actor, known or PublicSecurityFiling(service=service), number, filed_on)
    # The next page to come from before this is old.
    FilingOrder.objects.filter(pk=order.pk).update(version=order.version + 1)
    workflow.record_note(order, RECORDED, actor, opinion=number)
    record_audit(actor, RECORDED, obj=service)
    if not services_without_number(order):
        cancel_deadlines(order.pk, "public_security_reminder")
    return filing


def _store(
    actor: Actor, filing: PublicSecurityFiling, number: str, filed_on: date
) -> PublicSecurityFiling:
    filing.number, filing.filed_on = number, filed_on
    filing.recorded_at = clock.now()
    filing.recorded_by_id = cast(int, actor.user_id)
    try:
        with transaction.atomic():
            filing.save()
    except IntegrityError as error:
        raise workflow.Refused(
            "number_taken", _("这个公安备案号已登记在另一个服务下，请核对后重新填写。")
        ) from error
    return filing
