"""An order in every state, led there the way the product leads it; companies are fictitious.

A scene is a function that takes the cast and returns the order it made, in an account of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from beian.actors import BUREAU, MINISTRY, SYSTEM
from beian.enums import StaffRoleName as Role
from orders import workflow
from orders.actions import handover, results, sending
from orders.actions.comments import CommentText, add_comment
from orders.actions.sms import attempt_verification, challenges_of
from orders.actions.start import start_first_filing
from orders.agreements import REQUIRED, give_agreements
from orders.dossier import set_value
from orders.enums import CommentSeverity, OrderState
from orders.materials import SERVICE_BACK, SERVICE_FRONT
from orders.models import FilingOrder
from orders.replies import reply_to_comment
from rules.certificates.credit_code import check_character
from tests.browser.cast import Cast
from tests.builders import OTHER_ID_NUMBER, Applicant
from tests.life import entry_for, make_ready_order, prove_contacts
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
WEBMASTER_PICTURES = (SERVICE_FRONT, SERVICE_BACK)
NAME = CommentText(
    CommentSeverity.MUST_FIX, "R-NAME", "网站名称请改为与单位有关的中文名称。", "示例"
)
REMARK = CommentText(CommentSeverity.ADVICE, "R-OTHER", "备注可以再写详细一些。")


@dataclass(frozen=True)
class Scene:
    name: str
    state: OrderState
    make: Callable[[Cast], FilingOrder]


SCENES: dict[str, Scene] = {}


def scene(state: OrderState) -> Callable[[Callable[[Cast], FilingOrder]], Callable]:
    def register(make: Callable[[Cast], FilingOrder]) -> Callable[[Cast], FilingOrder]:
        name = make.__name__.replace("_", "-")
        SCENES[name] = Scene(name, state, make)
        return make

    return register


def _ready(cast: Cast, **changes: object) -> tuple[Applicant, FilingOrder]:
    """A draft that lacks nothing, of a company, with a domain and a resource of its own."""
    applicant, number = cast.applicant()
    body = f"91330102MA{number:07d}"
    own = {
        "subject.cert_number": body + check_character(body),
        "services[0].domains": [f"shili-{number}.com"],
        **_contacts("subject.principal", "138", number),
        **(_contacts("services[0].principal", "159", number) if IS_OTHER_PERSON in changes else {}),
    }
    order = make_ready_order(applicant, **own, **changes)
    if order.dossier.services[0].principal.same_as_subject_principal is False:
        _upload(applicant, order, WEBMASTER_PICTURES)
    return applicant, order


def _contacts(person: str, prefix: str, number: int) -> dict[str, str]:
    return {
        f"{person}.mobile": f"{prefix}0000{number:04d}",
        f"{person}.emergency_phone": f"{prefix}0001{number:04d}",
        f"{person}.email": f"person-{prefix}-{number}@example.com",
    }


def _upload(applicant: Applicant, order: FilingOrder, kinds: tuple[str, ...]) -> None:
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
    _changed(order, materials=kept)


def _move(order: FilingOrder, name: str, actor: object, **data: object) -> FilingOrder:
    return workflow.apply(order.pk, name, actor, **data)


def _submitted(cast: Cast, **changes: object) -> tuple[Applicant, FilingOrder]:
    applicant, order = _ready(cast, **changes)
    return applicant, _move(order, "submit", applicant.actor)


def _taken(cast: Cast, **changes: object) -> tuple[Applicant, FilingOrder]:
    applicant, order = _submitted(cast, **changes)
    return applicant, _move(order, "take", cast.actor(Role.REVIEWER))


def _comment(cast: Cast, order: FilingOrder, path: str, content: CommentText) -> int:
    actor = cast.actor(Role.REVIEWER)
    return add_comment(actor, order_id=order.pk, path=path, content=content).pk


def _judged(cast: Cast, name: str) -> tuple[Applicant, FilingOrder]:
    """Reviewed, with one thing that must be changed and one piece of advice."""
    applicant, order = _taken(cast)
    _comment(cast, order, "services[0].name", NAME)
    _comment(cast, order, "subject.contact_address", NAME)
    _comment(cast, order, "services[0].remarks", REMARK)
    return applicant, _move(order, name, cast.actor(Role.REVIEWER))


def _pending(cast: Cast) -> FilingOrder:
    _applicant, order = _taken(cast, **WEBMASTER)
    return _move(order, "pass_initial_review", cast.actor(Role.REVIEWER))


def _queued(cast: Cast) -> FilingOrder:
    order = _pending(cast)
    handover.hand_over_to_bureau(cast.actor(Role.BUREAU_SUBMITTER), order.pk)
    return order


def _send_everything() -> None:
    """A file holds a limited number of records, and earlier scenes have left some."""
    while sending.offer_records():
        pass


def _at_sms(cast: Cast) -> FilingOrder:
    order = _queued(cast)
    _send_everything()
    return FilingOrder.objects.get(pk=order.pk)


def _verify(order: FilingOrder, people: slice) -> None:
    for challenge in challenges_of(order)[people]:
        entry = entry_for(order, challenge)
        attempt_verification(order_id=order.pk, challenge_id=challenge.pk, entry=entry)


def _at_bureau(cast: Cast) -> FilingOrder:
    order = _at_sms(cast)
    _verify(order, slice(None))
    _send_everything()
    return FilingOrder.objects.get(pk=order.pk)


@scene(OrderState.DRAFT)
def draft_new(cast: Cast) -> FilingOrder:
    applicant, _number = cast.applicant()
    return start_first_filing(applicant.actor, province="33", nature="enterprise")


@scene(OrderState.DRAFT)
def draft_with_problems(cast: Cast) -> FilingOrder:
    _applicant, order = _ready(cast)
    return _changed(
        order,
        **{
            "subject.principal.emergency_phone": order.dossier.subject.principal.mobile,
            "services[0].name": "中国新闻网",
            "materials": {},
        },
    )


@scene(OrderState.DRAFT)
def draft_ready(cast: Cast) -> FilingOrder:
    return _ready(cast, **WEBMASTER)[1]


@scene(OrderState.INITIAL_REVIEW)
def waiting_for_review(cast: Cast) -> FilingOrder:
    return _submitted(cast)[1]


@scene(OrderState.INITIAL_REVIEW)
def under_review(cast: Cast) -> FilingOrder:
    _applicant, order = _taken(cast, **WEBMASTER)
    _comment(cast, order, "services[0].name", NAME)
    return order


@scene(OrderState.NEEDS_SUPPLEMENT)
def needs_completion(cast: Cast) -> FilingOrder:
    applicant, order = _judged(cast, "ask_supplement")
    last = order.comments.standing().filter(path="services[0].remarks").get()
    reply_to_comment(applicant.actor, comment_id=last.pk, text="本站只介绍产品。")
    return order


@scene(OrderState.RESUBMITTED)
def changed_and_resubmitted(cast: Cast) -> FilingOrder:
    applicant, order = _judged(cast, "ask_supplement")
    _changed(
        order,
        **{
            "services[0].name": "示例科技知识库",
            "subject.contact_address": "上城区示范路100号3幢402室",
        },
    )
    for comment in order.comments.standing().filter(path="services[0].remarks"):
        reply_to_comment(applicant.actor, comment_id=comment.pk, text="本站只介绍产品。")
    give_agreements(applicant.actor, order, keys=REQUIRED)
    return _move(order, "resubmit", applicant.actor)


@scene(OrderState.INITIAL_REJECTED)
def rejected(cast: Cast) -> FilingOrder:
    return _judged(cast, "reject")[1]


@scene(OrderState.PENDING_BUREAU_SUBMISSION)
def refused_by_the_system(cast: Cast) -> FilingOrder:
    order = _queued(cast)
    cast.bureau.faults.append("refuse")
    _send_everything()
    return order


@scene(OrderState.SMS_VERIFICATION)
def texted(cast: Cast) -> FilingOrder:
    return _at_sms(cast)


@scene(OrderState.SMS_VERIFICATION)
def one_verified(cast: Cast) -> FilingOrder:
    order = _at_sms(cast)
    _verify(order, slice(1))
    return order


@scene(OrderState.RETURNED_BY_MIIT)
def timed_out(cast: Cast) -> FilingOrder:
    return _move(_at_sms(cast), "time_out_sms", SYSTEM)


@scene(OrderState.RETURNED_BY_MIIT)
def failed_domain_check(cast: Cast) -> FilingOrder:
    return _move(_at_sms(cast), "fail_domain_check", MINISTRY, opinion="域名未实名")


@scene(OrderState.BUREAU_REVIEW)
def at_the_bureau(cast: Cast) -> FilingOrder:
    return _at_bureau(cast)


@scene(OrderState.BUREAU_REJECTED)
def rejected_by_the_bureau(cast: Cast) -> FilingOrder:
    order = _at_bureau(cast)
    return _move(order, "refuse", BUREAU, opinion="网站名称与主体无关，请更换。")


@scene(OrderState.FILED)
def filed(cast: Cast) -> FilingOrder:
    order = _at_bureau(cast)
    cast.bureau.decide()
    results.collect_results()
    return FilingOrder.objects.get(pk=order.pk)


@scene(OrderState.ABANDONED)
def abandoned(cast: Cast) -> FilingOrder:
    applicant, order = _ready(cast)
    return _move(order, "abandon", applicant.actor)


@scene(OrderState.EXPIRED)
def expired(cast: Cast) -> FilingOrder:
    return _move(_ready(cast)[1], "expire", SYSTEM)


# Orders that wait for a sender come last: the ones before would take them along.


@scene(OrderState.PENDING_BUREAU_SUBMISSION)
def waiting_for_submission(cast: Cast) -> FilingOrder:
    return _pending(cast)


@scene(OrderState.PENDING_BUREAU_SUBMISSION)
def queued_for_the_bureau(cast: Cast) -> FilingOrder:
    return _queued(cast)


def _changed(order: FilingOrder, **values: object) -> FilingOrder:
    dossier = order.dossier
    for path, value in values.items():
        set_value(dossier, path, value)
    order.put_dossier(dossier)
    order.save()
    prove_contacts(order)
    return order
