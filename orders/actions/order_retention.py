"""Orders that came to nothing, past their term: all that is personal goes, the history stays."""

from uuid import UUID

from django.db.models import QuerySet

from beian import clock
from beian.actions.message_erasure import erase_messages
from beian.actions.retention import ALONE, Keys, erase_past_term
from beian.actors import SYSTEM
from beian.crypto import datakey
from orders import workflow
from orders.models import BureauResult, FilingOrder, SubmittedPerson, Waiver
from orders.retention import CLOSED_ORDERS, ERASED
from verification.actions.document_erasure import erase_documents
from verification.actions.documents import documents_of
from verification.actions.person_erasure import erase_persons_of

# What the order's own row says about somebody.
_EMPTY = {
    "dossier_sealed": b"",
    "subject_name": "",
    "name_digest": "",
    "domain": "",
    "cert_digest": "",
    "bureau_opinion": "",
    "open_paths": [],
    "risk_classes": [],
}


def erase_orders() -> int:
    """Returns how many. Number, state and history stay, without a word about a person."""
    rows = CLOSED_ORDERS.past()

    def erase(keys: Keys) -> int:
        return sum(_erase(rows, key) for key in keys)

    return erase_past_term("erase_order", rows, erase, batch=ALONE)


def _erase(rows: QuerySet[FilingOrder], key: UUID) -> bool:
    order = workflow.locked(key)
    if not rows.filter(pk=key).exists():
        return False  # reopened since it was found
    erase_order(order)
    return True


def erase_order(order: FilingOrder) -> None:
    """Erase what is personal in an order that is over and locked; in a transaction."""
    workflow.record_note(order, ERASED, SYSTEM)
    erase_documents(documents_of(order.pk))
    erase_persons_of(order.pk)
    erase_messages(order.pk)
    _erase_words(order)
    _erase_sealed(order)
    datakey.destroy(order.pk)
    FilingOrder.objects.filter(pk=order.pk).update(
        **_EMPTY, erased_at=clock.now(), version=order.version + 1
    )


def _erase_words(order: FilingOrder) -> None:
    """What people wrote about the order and each other."""
    order.comments.update(text="", example="", reply="")
    order.calls.update(note="", number_masked="")
    order.checklist_answers.update(note="")
    order.objections.update(reason="", mark="")
    Waiver.objects.filter(objection__order=order).update(reason="", revoked_reason="")
    order.bureau_records.update(answer_text="")
    BureauResult.objects.filter(record__order=order).update(text="", settlement_reason="")


def _erase_sealed(order: FilingOrder) -> None:
    """Nobody can open it any more. Submissions and history are never changed: they stay shut."""
    order.bureau_records.update(content_sealed=b"")
    order.revisions.all().delete()
    order.page_drafts.all().delete()
    SubmittedPerson.objects.filter(order=order).delete()
