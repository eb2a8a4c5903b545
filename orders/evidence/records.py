"""What people did with an order: history, remarks, objections, calls, checklist, consents."""

from typing import Any

from beian.crypto.fields import left_shut
from beian.models import ConsentRecord
from orders.checklist.items import all_items
from orders.dossier import Dossier, SubjectPart
from orders.evidence.objections import objections_of
from orders.evidence.opening import opened, words
from orders.evidence.writing import Bundle, moment
from orders.field_labels import label_of
from orders.filings.timeline import actor_name, title_of
from orders.models import FilingOrder, OrderEvent


def put_records(bundle: Bundle, order: FilingOrder) -> None:
    draft = opened(bundle, "草稿 / the draft", lambda: order.dossier) or Dossier()
    subject = draft.subject
    bundle.put_json("order.json", _order(bundle, order))
    bundle.put_json("history.json", _history(bundle, order))
    bundle.put_json("remarks.json", _remarks(bundle, order, subject))
    bundle.put_json("objections.json", objections_of(bundle, order))
    bundle.put_json("calls.json", _calls(bundle, order, subject.nature))
    bundle.put_json("checklist.json", _answers(bundle, order))
    bundle.put_json("consents.json", _consents(order))


def _order(bundle: Bundle, order: FilingOrder) -> dict[str, Any]:
    return {
        "number": order.number,
        "order_type": order.get_order_type_display(),
        "service_kind": order.get_service_kind_display(),
        "account": order.account.name,
        "created_at": moment(order.created_at),
        "state": order.state,
        "state_text": order.get_state_display(),
        "state_entered_at": moment(order.state_entered_at),
        "round": order.round,
        "return_reason": order.get_return_reason_display() if order.return_reason else "",
        **words(bundle, order, "管局的意见 / words of the bureau", "bureau_opinion"),
        "subject_number": order.subject_number,
    }


def _history(bundle: Bundle, order: FilingOrder) -> list[dict[str, Any]]:
    events = left_shut(order.events.with_people(), "to_user").order_by("sequence")
    return [_event(bundle, order, event) for event in events]


def _event(bundle: Bundle, order: FilingOrder, event: OrderEvent) -> dict[str, Any]:
    event.order = order
    what = f"历史第 {event.sequence} 条的意见 / words of step {event.sequence} of the history"
    return {
        "sequence": event.sequence,
        "at": moment(event.at),
        "name": event.name,
        "title": title_of(event.name),
        "from": event.get_from_state_display() if event.from_state else "",
        "to": event.get_to_state_display(),
        "round": event.round,
        "actor_kind": event.actor_kind,
        "actor": actor_name(event),
        "actor_user": event.actor_user_id,
        "given_to": event.to_user.staff_name if event.to_user else "",
        "reason_codes": event.reason_codes,
        "opinion": opened(bundle, what, lambda: event.said),
    }


def _remarks(bundle: Bundle, order: FilingOrder, subject: SubjectPart) -> list[dict[str, Any]]:
    return [
        {
            "round": remark.round,
            "path": remark.path,
            "label": label_of(remark.path, subject.nature, subject),
            "severity": remark.get_severity_display(),
            "reason_code": remark.reason_code,
            **words(bundle, remark, f"意见 {remark.pk} / remark", "text", "example", "reply"),
            "author": remark.author.staff_name,
            "written_at": moment(remark.created_at),
            "sent_at": moment(remark.sent_at),
            "withdrawn_at": moment(remark.withdrawn_at),
            "reply_state": remark.get_reply_state_display(),
            "replied_at": moment(remark.replied_at),
        }
        for remark in left_shut(order.comments.all(), "author")
    ]


def _calls(bundle: Bundle, order: FilingOrder, nature: str) -> list[dict[str, Any]]:
    return [
        {
            "round": call.round,
            "person": label_of(call.person, nature),
            "number_field": label_of(f"{call.person}.{call.number_field}", nature),
            "number": call.number_masked,
            "outcome": call.get_outcome_display(),
            **words(bundle, call, f"通话 {call.pk} / call", "note"),
            "author": call.author.staff_name,
            "called_at": moment(call.called_at),
        }
        for call in left_shut(order.calls.all(), "author")
    ]


def _answers(bundle: Bundle, order: FilingOrder) -> list[dict[str, Any]]:
    # An item of an earlier release may be gone.
    titles = {key: item.label for key, item in all_items().items()}
    return [
        {
            "round": answer.round,
            "item": answer.item,
            "title": titles.get(answer.item, answer.item),
            "verdict": answer.get_verdict_display(),
            "reason_code": answer.reason_code,
            **words(bundle, answer, f"核对项 {answer.item} / item of the checklist", "note"),
            "machine": answer.machine,
            "author": answer.author.staff_name,
            "answered_at": moment(answer.answered_at),
        }
        for answer in left_shut(order.checklist_answers.all(), "author")
    ]


def _consents(order: FilingOrder) -> list[dict[str, Any]]:
    """Who it was is kept as a digest; the text is the one with this version and hash."""
    return [
        {
            "person": row.person_digest,
            "user": row.user_id,
            "purpose": row.purpose,
            "is_consent": row.is_consent,
            "text": row.text_key,
            "text_version": row.text_version,
            "text_sha256": row.text_digest,
            "given_at": moment(row.given_at),
        }
        for row in ConsentRecord.objects.filter(order_id=order.pk).order_by("given_at", "pk")
    ]
