"""Pictures of orders that came to nothing, or were sent back and left alone."""

from uuid import UUID

from django.db.models import QuerySet

from beian.actions.retention import ALONE, Keys, erase_past_term
from beian.actors import SYSTEM
from beian.crypto.provider import DecryptionFailed, KeyNotMounted
from orders import workflow
from orders.actions.draft import forget_pictures, note_pictures_erased
from orders.models import FilingOrder
from orders.retention import PICTURE_TERMS, Term
from verification.actions.document_erasure import erase_documents
from verification.actions.documents import documents_of


def erase_pictures() -> int:
    """Returns of how many orders. One that can go on tells what has to be uploaded again."""
    return sum(_erase_of(term) for term in PICTURE_TERMS)


def _erase_of(term: Term) -> int:
    rows = term.past()

    def erase(keys: Keys) -> int:
        return sum(_erase(rows, key) for key in keys)

    return erase_past_term("erase_order_pictures", rows, erase, batch=ALONE)


def _erase(rows: QuerySet[FilingOrder], key: UUID) -> bool:
    order = workflow.locked(key)
    if not rows.filter(pk=key).exists():
        return False  # reopened, submitted or saved since it was found
    gone = erase_documents(documents_of(key))
    try:
        forget_pictures(order, gone)
    except KeyNotMounted:
        raise  # nothing is erased: a later run finds the key, and the draft forgets its pictures
    except DecryptionFailed:
        note_pictures_erased(order)  # a draft that does not open names nothing
    workflow.record_note(order, "pictures_erased", SYSTEM)
    return True
