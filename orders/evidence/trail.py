"""Audit entries of an order and of what hangs on it; entries have no values."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model, Q

from beian.models import AuditEntry, InternetService, User
from orders.evidence.writing import Bundle, moment
from orders.models import BureauRecord, BureauResult, FilingOrder
from verification.actions.documents import removed_from
from verification.models import Document, FacePhoto, TruthfulnessCheck, TruthfulnessMeeting


def put_trail(bundle: Bundle, order: FilingOrder) -> None:
    bundle.put_lines("audit.jsonl", _lines(order))


def _entries(order: FilingOrder) -> Iterator[AuditEntry]:
    owned = (
        (FilingOrder.objects.filter(pk=order.pk), "pk"),
        (BureauRecord.objects.filter(order=order), "pk"),
        (BureauResult.objects.filter(record__order=order), "key"),
        (InternetService.objects.filter(order_id=order.pk), "pk"),
        (Document.objects.filter(owner=order.pk), "pk"),
        (TruthfulnessCheck.objects.filter(owner=order.pk), "pk"),
        (FacePhoto.objects.filter(check_row__owner=order.pk), "pk"),
        (TruthfulnessMeeting.objects.filter(check_row__owner=order.pk), "pk"),
    )
    wanted = _about(Document, removed_from(order.pk))
    for rows, name in owned:
        wanted |= _about(rows.model, rows.order_by().values_list(name, flat=True))
    return AuditEntry.objects.filter(wanted).order_by("pk").iterator()


def _about(model: type[Model], ids: Iterable[object]) -> Q:
    return Q(object_type=model._meta.label_lower, object_id__in=[str(pk) for pk in ids])


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
