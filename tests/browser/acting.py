"""The steps that lead an order from scene to scene, each taken as the product takes it."""

from __future__ import annotations

from datetime import date

from beian.enums import StaffRoleName as Role
from orders import workflow
from orders.actions import handover, sending
from orders.actions.comments import CommentText, add_comment
from orders.actions.sms import attempt_verification, challenges_of
from orders.dossier import set_value
from orders.enums import CommentSeverity
from orders.materials import SERVICE_BACK, SERVICE_FRONT
from orders.models import FilingOrder
from rules.certificates.credit_code import check_character
from rules.certificates.id_card import check_digit
from tests.browser.cast import Cast
from tests.builders import OTHER_ID_NUMBER, Applicant
from tests.checklist import tick_everything
from tests.fake_face import recognise_everybody
from tests.life import (
    entry_for,
    make_ready_order,
    make_ready_personal_order,
    prove_contacts,
)
from tests.verification import pictures
from verification.actions.documents import store_document

IS_OTHER_PERSON = "services[0].principal.same_as_subject_principal"
WEBMASTER = {
    IS_OTHER_PERSON: False,
    "services[0].principal.full_name": "周示例",
    "services[0].principal.cert_type": "id_card",
    "services[0].principal.cert_number": OTHER_ID_NUMBER,
    "services[0].principal.valid_from": date(2020, 1, 1),
    "services[0].principal.valid_to": date(2040, 1, 1),
}
OFFICE = {
    "subject.name": "示例公司杭州代表处",
    "subject.cert_type": "foreign_representative_registration",
    "subject.principal.cert_type": "passport",
    "subject.principal.cert_number": "E12345678",
    "subject.principal.birth_date": date(1985, 1, 1),
}
WEBMASTER_PICTURES = (SERVICE_FRONT, SERVICE_BACK)
NAME = CommentText(
    CommentSeverity.MUST_FIX, "R-NAME", "网站名称请改为与单位有关的中文名称。", "示例"
)
VIDEO = CommentText(CommentSeverity.MATERIAL, "R-VIDEO", "请网站负责人预约视频会议。")
REMARK = CommentText(CommentSeverity.ADVICE, "R-OTHER", "备注可以再写详细一些。")


def ready(
    cast: Cast, *, is_recognised: bool = True, **changes: object
) -> tuple[Applicant, FilingOrder]:
    """A draft that lacks nothing, of a company, with a domain, a resource and a legal
    representative of its own: one of several companies has the same phones in each."""
    applicant, number = cast.applicant()
    body = f"91330102MA{number:07d}"
    person = f"33010219850101{number:03d}"
    own = {
        "subject.cert_number": body + check_character(body),
        "subject.principal.cert_number": person + check_digit(person),
        "services[0].domains": [f"shili-{number}.com"],
        **contacts("subject.principal", "138", number),
        **(contacts("services[0].principal", "159", number) if IS_OTHER_PERSON in changes else {}),
    }
    order = make_ready_order(applicant, is_recognised=False, **{**own, **changes})
    if is_recognised:
        recognise_everybody(order)
    if order.dossier.services[0].principal.same_as_subject_principal is False:
        upload(applicant, order, WEBMASTER_PICTURES)
    return applicant, order


def ready_individual(cast: Cast, **changes: object) -> tuple[Applicant, FilingOrder]:
    """A natural person's draft that lacks nothing, with an ID and a domain of its own."""
    applicant, number = cast.applicant()
    body = f"33010219900307{number:03d}"
    own = {
        "subject.cert_number": body + check_digit(body),
        "services[0].domains": [f"shanjian-{number}.com"],
        **contacts("subject.principal", "159", number),
    }
    return applicant, make_ready_personal_order(applicant, **{**own, **changes})


def contacts(person: str, prefix: str, number: int) -> dict[str, str]:
    return {
        f"{person}.mobile": f"{prefix}0000{number:04d}",
        f"{person}.emergency_phone": f"{prefix}0001{number:04d}",
        f"{person}.email": f"person-{prefix}-{number}@example.com",
    }


def upload(applicant: Applicant, order: FilingOrder, kinds: tuple[str, ...]) -> None:
    kept = dict(order.dossier.materials)
    for kind in kinds:
        document = store_document(
            applicant.actor,
            owner=order.pk,
            account=applicant.account,
            kind=kind,
            upload=pictures.upload(),
        )
        kept[kind] = [str(document.pk)]
    changed(order, materials=kept)


def move(order: FilingOrder, name: str, actor: object, **data: object) -> FilingOrder:
    return workflow.apply(order.pk, name, actor, **data)


def submitted(cast: Cast, **changes: object) -> tuple[Applicant, FilingOrder]:
    applicant, order = ready(cast, **changes)
    return applicant, move(order, "submit", applicant.actor)


def taken(cast: Cast, **changes: object) -> tuple[Applicant, FilingOrder]:
    applicant, order = submitted(cast, **changes)
    return applicant, move(order, "take", cast.actor(Role.REVIEWER))


def comment_on(cast: Cast, order: FilingOrder, path: str, content: CommentText) -> int:
    actor = cast.actor(Role.REVIEWER)
    return add_comment(actor, order_id=order.pk, path=path, content=content).pk


def judged(cast: Cast, name: str) -> tuple[Applicant, FilingOrder]:
    """Reviewed, with one thing that must be changed and one piece of advice."""
    applicant, order = taken(cast)
    comment_on(cast, order, "services[0].name", NAME)
    comment_on(cast, order, "subject.contact_address", NAME)
    comment_on(cast, order, "services[0].remarks", REMARK)
    return applicant, move(order, name, cast.actor(Role.REVIEWER))


def pending(cast: Cast) -> FilingOrder:
    _applicant, order = taken(cast, **WEBMASTER)
    tick_everything(cast.actor(Role.REVIEWER), order.pk)
    return move(order, "pass_initial_review", cast.actor(Role.REVIEWER))


def queued(cast: Cast) -> FilingOrder:
    order = pending(cast)
    handover.hand_over_to_bureau(cast.actor(Role.BUREAU_SUBMITTER), order.pk)
    return order


def send_everything() -> None:
    """A file holds a limited number of records, and earlier scenes have left some."""
    while sending.offer_records():
        pass


def at_sms(cast: Cast) -> FilingOrder:
    order = queued(cast)
    send_everything()
    return FilingOrder.objects.get(pk=order.pk)


def verify(order: FilingOrder, people: slice) -> None:
    for challenge in challenges_of(order)[people]:
        entry = entry_for(order, challenge)
        attempt_verification(order_id=order.pk, challenge_id=challenge.pk, entry=entry)


def at_bureau(cast: Cast) -> FilingOrder:
    order = at_sms(cast)
    verify(order, slice(None))
    send_everything()
    return FilingOrder.objects.get(pk=order.pk)


def changed(order: FilingOrder, **values: object) -> FilingOrder:
    dossier = order.dossier
    for path, value in values.items():
        set_value(dossier, path, value)
    order.put_dossier(dossier)
    order.save()
    prove_contacts(order)
    return order
