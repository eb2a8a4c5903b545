"""An order's life in steps, each taken the way the product takes it."""

import re
from uuid import UUID

from beian.enums import Channel, StaffRoleName
from beian.models import Notice
from orders import workflow
from orders.actions import handover, results, sending
from orders.actions.sms import attempt_verification, challenges_of
from orders.agreements import give_agreements, required_of
from orders.dossier import set_value
from orders.enums import OrderType, ServiceKind
from orders.models import FilingOrder, OrderComment
from rules.certificates.id_card import check_digit
from tests.builders import (
    Applicant,
    Staff,
    filled_dossier,
    make_applicant,
    make_order,
    make_resource,
    make_staff,
    personal_dossier,
)
from tests.checklist import tick_everything
from tests.fake_face import put_recognition
from tests.verification import pictures
from verification.actions.documents import store_document
from verification.actions.proofs import prove_contact
from verification.actions.sms import Entry, Outcome
from verification.models import SmsChallenge

MATERIALS = ("subject_doc_image", "principal_id_front", "principal_id_back")
OWN_MATERIALS = ("principal_id_front", "principal_id_back")
EDITOR_MATERIALS = ("service_principal_id_front", "service_principal_id_back")


def _materials(
    applicant: Applicant, owner: UUID, kinds: tuple[str, ...] = MATERIALS
) -> dict[str, list[str]]:
    kept = {}
    for number, kind in enumerate(kinds):
        upload = pictures.upload(pictures.encoded(pictures.drawn(320 + number, 320)))
        document = store_document(
            applicant.actor, owner=owner, account=applicant.account, kind=kind, upload=upload
        )
        kept[kind] = [str(document.pk)]
    return kept


def make_ready_order(applicant: Applicant, *, is_recognised: bool = True, **changes) -> FilingOrder:
    """A draft that lacks nothing but the click on submit."""
    dossier = filled_dossier(make_resource(applicant.account), **changes)
    order = make_order(applicant, dossier=dossier)
    for path, value in changes.items():
        set_value(dossier, path, value)
    has_editor = dossier.services[0].principal.same_as_subject_principal is False
    kinds = (*MATERIALS, *EDITOR_MATERIALS) if has_editor else MATERIALS
    dossier.materials = _materials(applicant, order.pk, kinds)
    order.put_dossier(dossier)
    order.save()
    prove_contacts(order)
    if is_recognised:
        put_recognition(order)
    give_agreements(applicant.actor, order, keys=required_of(order))
    order.refresh_from_db()
    return order


def own_person(number: int) -> dict[str, str]:
    """Telephones, mail and certificate of nobody else, by path: no rule on persons of several
    subjects keeps a crowd of orders from going on."""
    body = f"33010219{70 + number // 1000 % 30:02}0115{number % 1000:03d}"
    return {
        "subject.principal.cert_number": body + check_digit(body),
        "subject.principal.mobile": f"1372{number:07}",
        "subject.principal.emergency_phone": f"1373{number:07}",
        "subject.principal.email": f"lin-{number}@example.com",
    }


def make_ready_personal_order(applicant: Applicant, **changes) -> FilingOrder:
    """A natural person's draft that lacks nothing but the click on submit."""
    dossier = personal_dossier(make_resource(applicant.account), **changes)
    order = make_order(applicant, dossier=dossier)
    dossier.materials = _materials(applicant, order.pk, OWN_MATERIALS)
    order.put_dossier(dossier)
    order.save()
    prove_contacts(order)
    put_recognition(order)
    return order


def make_draft_to_start(applicant: Applicant, **changes: str) -> FilingOrder:
    """A draft without pictures and checks of persons, not stored yet: `workflow.start` does.

    `changes` are paths of the dossier with dots and brackets.
    """
    order = FilingOrder(
        number=f"BA{FilingOrder.objects.count() + 1:012d}",
        account=applicant.account,
        created_by=applicant.user,
        order_type=OrderType.FIRST,
        service_kind=ServiceKind.WEBSITE,
    )
    resource = applicant.account.resources.first() or make_resource(applicant.account)
    order.put_dossier(filled_dossier(resource, **changes))
    prove_contacts(order)
    return order


def make_ready_draft(applicant: Applicant, **changes: str) -> FilingOrder:
    """The same with its pictures; only the persons' checks are lacking."""
    order = make_draft_to_start(applicant, **changes)
    put_pictures(applicant, order)
    return order


def put_pictures(applicant: Applicant, order: FilingOrder) -> None:
    """Store the pictures a draft needs and name them in it (the order is not saved)."""
    dossier = order.dossier
    dossier.materials = _materials(applicant, order.pk)
    order.put_dossier(dossier)


def prove_contacts(order: FilingOrder) -> None:
    people = [order.dossier.subject.principal, order.dossier.service_principal(0)]
    for person in people:
        prove_contact(order.pk, Channel.SMS, person.mobile)
        prove_contact(order.pk, Channel.MAIL, person.email)


def newest_code(mobile: str) -> str:
    """The code of the newest ministry message to `mobile`, read before it is sent."""
    notices = Notice.objects.filter(is_secret=True, channel=Channel.SMS).order_by("-created_at")
    body = next(notice.body for notice in notices if notice.recipient == mobile)
    return re.findall(r"(?<!\d)\d{6}(?!\d)", body)[0]


def entry_for(order: FilingOrder, challenge: SmsChallenge) -> Entry:
    """What the person behind a challenge types when everything is right."""
    people = (order.dossier.subject.principal, order.dossier.service_principal(0))
    person = next(person for person in people if person.mobile == challenge.mobile)
    return Entry(
        mobile=person.mobile, code=newest_code(person.mobile), tail=person.cert_number[-6:]
    )


class Life:
    """One applicant, two reviewers, a submitter and a bureau in memory."""

    def __init__(self, bureau, *, make=make_ready_order, **changes):
        self.bureau = bureau
        self.applicant = make_applicant()
        self.reviewer = make_staff(StaffRoleName.REVIEWER)
        self.submitter = make_staff(StaffRoleName.BUREAU_SUBMITTER, name="submitter-1")
        self.order_id = make(self.applicant, **changes).pk

    @property
    def order(self) -> FilingOrder:
        return FilingOrder.objects.get(pk=self.order_id)

    def act(self, name: str, who: Applicant | Staff | None = None, **data) -> FilingOrder:
        actor = (who or self.applicant).actor
        return workflow.apply(self.order_id, name, actor, **data)

    def submit(self, name: str = "submit") -> None:
        order = self.order
        give_agreements(self.applicant.actor, order, keys=required_of(order))
        self.act(name)

    def take(self) -> None:
        is_resubmitted = self.order.state == "resubmitted"
        self.act("take_resubmitted" if is_resubmitted else "take", self.reviewer)

    def comment(self, path: str = "services[0].name", severity: str = "must_fix") -> OrderComment:
        order = self.order
        return OrderComment.objects.create(
            order=order,
            round=order.round,
            path=path,
            severity=severity,
            reason_code="R-NAME",
            text="请改名",
            author=self.reviewer.user,
            created_at=order.created_at,
        )

    def pass_review(self) -> None:
        self.take()
        tick_everything(self.reviewer.actor, self.order_id)
        self.act("pass_initial_review", self.reviewer)

    def hand_over(self) -> None:
        handover.hand_over_to_bureau(self.submitter.actor, self.order_id)

    def send(self) -> None:
        sending.offer_records()

    def enter(self, challenge: SmsChallenge) -> Outcome:
        """The right entry for one person."""
        return attempt_verification(
            order_id=self.order_id,
            challenge_id=challenge.pk,
            entry=entry_for(self.order, challenge),
        )

    def verify_everybody(self) -> None:
        for challenge in challenges_of(self.order):
            self.enter(challenge)

    def to_bureau_review(self) -> None:
        self.submit()
        self.pass_review()
        self.hand_over()
        self.send()
        self.verify_everybody()
        self.send()

    def collect(self) -> None:
        results.collect_results()
