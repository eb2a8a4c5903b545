"""Pictures past their term: the file is deleted, the row stays as the record without a name."""

from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from beian import clock
from beian.actors import SYSTEM
from beian.audit import record_audit
from verification.actions.documents import delete_or_leave
from verification.models import Document


@transaction.atomic
def erase_documents(documents: QuerySet[Document]) -> list[str]:
    """Erase these pictures, each with an entry of the audit trail; returns their ids.

    Files go after the commit; one that cannot be deleted then is found by the sweep of stray files.
    """
    standing = documents.filter(erased_at=None)
    found = list(standing.values_list("pk", "stored_name", "kind"))
    erased = []
    for pk, stored_name, kind in found:
        # Asked again: of two runs at once only one erases it.
        if not standing.filter(pk=pk).update(erased_at=clock.now(), name=""):
            continue
        record_audit(SYSTEM, "erase_document", obj=Document(pk=pk), field=kind, purpose="retention")
        transaction.on_commit(partial(delete_or_leave, stored_name))
        erased.append(str(pk))
    return erased
