"""An order that can be submitted: everything filled in, proved and uploaded."""

import uuid
from typing import Any

from beian import clock
from beian.enums import Channel
from beian.models import Resource
from orders.actions.start import start_first_filing
from orders.agreements import REQUIRED
from orders.models import FilingOrder
from tests.agreeing import ticks
from tests.builders import (
    MOBILE,
    OTHER_MOBILE,
    Applicant,
    filled_dossier,
    make_applicant,
    make_order,
    make_resource,
    personal_dossier,
)
from tests.fake_face import put_recognition
from verification.actions.proofs import prove_contact
from verification.models import Document

PICTURES = ("subject_doc_image", "principal_id_front", "principal_id_back")
MAIL = "lin@example.com"


def ready_order(
    applicant: Applicant | None = None,
    *,
    resource: Resource | None = None,
    columns: dict[str, Any] | None = None,
    **changes: Any,
) -> FilingOrder:
    """A draft without a gap or a block; `changes` are dossier paths, `columns` the order's."""
    applicant = applicant or make_applicant()
    dossier = filled_dossier(resource or make_resource(applicant.account), **changes)
    for key in PICTURES:
        dossier.materials.setdefault(key, [str(uuid.uuid4())])
    order = make_order(applicant, dossier=dossier, **(columns or {}))
    _put_rows(order)
    prove_contact(order.pk, Channel.SMS, MOBILE)
    prove_contact(order.pk, Channel.MAIL, MAIL)
    # Orders beyond the applicant's hands are from before the step, as old ones are.
    if order.is_editable:
        put_recognition(order)
    return order


def ready_personal_order(applicant: Applicant | None = None, **changes: Any) -> FilingOrder:
    """A natural person's draft without a gap or a block."""
    applicant = applicant or make_applicant(phone=OTHER_MOBILE)
    dossier = personal_dossier(make_resource(applicant.account), **changes)
    for key in ("principal_id_front", "principal_id_back"):
        dossier.materials.setdefault(key, [str(uuid.uuid4())])
    order = make_order(applicant, dossier=dossier)
    _put_rows(order)
    prove_contact(order.pk, Channel.SMS, OTHER_MOBILE)
    prove_contact(order.pk, Channel.MAIL, "zhou@example.com")
    return order


def started_order(applicant: Applicant | None = None, *, nature: str = "enterprise") -> FilingOrder:
    """A draft as `开始备案` leaves it."""
    applicant = applicant or make_applicant()
    return start_first_filing(applicant.actor, province="33", nature=nature)


def all_ticked() -> dict[str, str]:
    return ticks(REQUIRED)


def _put_rows(order: FilingOrder) -> None:
    """Pictures that the draft names, without files: nobody looks at them."""
    Document.objects.bulk_create(
        Document(
            pk=pk,
            owner=order.pk,
            account=order.account,
            kind=key,
            stored_name=uuid.UUID(pk).hex,
            width=1,
            height=1,
            byte_count=1,
            sha256="0" * 64,
            created_at=clock.now(),
        )
        for key, ids in order.dossier.materials.items()
        for pk in ids
    )
