"""Audit entries of an order and of what hangs on it; entries have no values."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from beian.models import AuditEntry, User
from orders.evidence.writing import Bundle, moment
from orders.models import BureauRecord, FilingOrder
from verification.models import Document, FacePhoto, TruthfulnessCheck, TruthfulnessMeeting


def put_trail(bundle: Bundle, order: FilingOrder) -> None:
    bundle.put_lines("audit.jsonl", _lines(order))


def _entries(order: FilingOrder) -> Iterator[AuditEntry]:
    owned = (
        FilingOrder.objects.filter(pk=order.pk),
        BureauRecord.objects.filter(order=order),
        Document.objects.filter(owner=order.pk),
        TruthfulnessCheck.objects.filter(owner=order.pk),
        FacePhoto.objects.filter(check_row__owner=order.pk),
        TruthfulnessMeeting.objects.filter(check_row__owner=order.pk),
    )
    wanted = Q()
    for rows in owned:
        ids = [str(pk) for pk in rows.order_by().values_list("pk", flat=True)]
        wanted |= Q(object_type=rows.model._meta.label_lower, object_id__in=ids)
    return AuditEntry.objects.filter(wanted).order_by("pk").iterator()


def _lines(order: FilingOrder) -> Iterator[dict[str, Any]]:
    names = dict(User.objects.filter(is_staff=True).values_list("pk", "staff_name"))
    for entry in _entries(order):
        yield {
            "at": moment(entry.at),
            "actor_kind": entry.actor_kind,
            "actor": names.get(entry.actor_user_id or 0, ""),
            "actor_user": entry.actor_user_id,
            "actor_roles": entry.actor_roles,
            "action": entry.action,
            "object_type": entry.object_type,
            "object": entry.object_id,
            "field": entry.field,
            "purpose": entry.purpose,
            "result": entry.result,
            "source_address": entry.source_address,
            "request": entry.request_id,
        }
