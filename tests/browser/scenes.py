"""An order in every state, led there the way the product leads it; companies are fictitious.

A scene is a function that takes the cast and returns the order it made, in an account of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from beian import clock
from beian.actors import BUREAU, MINISTRY, SYSTEM
from beian.enums import StaffRoleName as Role
from orders import staff_notices, workflow
from orders.actions import results
from orders.actions.objections import waive_rule
from orders.actions.order_retention import erase_order
from orders.actions.start import start_first_filing
from orders.actions.truthfulness import book_meeting
from orders.actions.truthfulness_entry import send_link, show_code
from orders.agreements import REQUIRED, give_agreements, required_of
from orders.enums import OrderState, ResultProblem
from orders.meeting_times import offered_times
from orders.models import FilingOrder
from orders.replies import reply_to_comment
from orders.truthfulness import standings_of
from rules.certificates.id_card import check_digit
from tests.browser.acting import (
    NAME,
    OFFICE,
    VIDEO,
    WEBMASTER,
    at_bureau,
    at_sms,
    changed,
    comment_on,
    judged,
    move,
    pending,
    queued,
    ready,
    ready_individual,
    send_everything,
    submitted,
    taken,
    verify,
)
from tests.browser.cast import Cast
from tests.builders import Applicant
from tests.fake_face import NOT_PERSON, ask_provider, photographed
from tests.orders.builders_attention import (
    make_failed_notice,
    make_failing_deadline,
    make_stopped_result,
)
from tests.orders.objection_stage import DOMAINS, WAIVER, objected
from verification.actions.truthfulness import open_check


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


@scene(OrderState.DRAFT)
def draft_new(cast: Cast) -> FilingOrder:
    applicant, _number = cast.applicant()
    return start_first_filing(applicant.actor, province="33", nature="enterprise")


@scene(OrderState.DRAFT)
def individual_new(cast: Cast) -> FilingOrder:
    """Among the first: an order started by the product takes its number from the day's series."""
    applicant, _number = cast.applicant()
    return start_first_filing(applicant.actor, province="33", nature="personal")


@scene(OrderState.DRAFT)
def sole_proprietor_new(cast: Cast) -> FilingOrder:
    """In a province that asks a unit that sends a delegate where its head is at home."""
    applicant, _number = cast.applicant()
    return start_first_filing(applicant.actor, province="36", nature="sole_proprietor")


@scene(OrderState.DRAFT)
def institution_new(cast: Cast) -> FilingOrder:
    applicant, _number = cast.applicant()
    return start_first_filing(applicant.actor, province="33", nature="public_institution")


@scene(OrderState.DRAFT)
def letter_to_date(cast: Cast) -> FilingOrder:
    """Guangdong wants to know the day of a letter, beside its upload."""
    applicant, _number = cast.applicant()
    return start_first_filing(applicant.actor, province="44", nature="enterprise")


@scene(OrderState.DRAFT)
def licence_to_read(cast: Cast) -> FilingOrder:
    """Hainan looks at the number and the seal of a licence."""
    applicant, _number = cast.applicant()
    return start_first_filing(applicant.actor, province="46", nature="enterprise")


@scene(OrderState.DRAFT)
def permit_to_read(cast: Cast) -> FilingOrder:
    """Shanghai wants to know what stands on the residence permit of somebody from elsewhere."""
    changes = {"subject.province": "31", "subject.contact_region": "310101"}
    return ready_individual(cast, **changes)[1]


@scene(OrderState.DRAFT)
def representative_office_ready(cast: Cast) -> FilingOrder:
    """A unit of another certificate, whose head has a passport."""
    return ready(cast, **OFFICE)[1]


@scene(OrderState.DRAFT)
def stopped_by_a_rule(cast: Cast) -> FilingOrder:
    """A rule of medium confidence, to which nothing was objected yet."""
    _applicant, order = ready(cast)
    return two_domains(order)


@scene(OrderState.INITIAL_REVIEW)
def under_review_with_an_objection(cast: Cast) -> FilingOrder:
    applicant, order = ready(cast)
    objected(applicant, two_domains(order))
    give_agreements(applicant.actor, order, keys=required_of(order))
    move(order, "submit", applicant.actor)
    return move(order, "take", cast.actor(Role.REVIEWER))


@scene(OrderState.INITIAL_REVIEW)
def under_review_with_a_waiver(cast: Cast) -> FilingOrder:
    """Its reviewer may revoke the waiver."""
    order = under_review_with_an_objection(cast)
    (entry,) = order.submission.objections
    reviewer = cast.actor(Role.REVIEWER)
    waive_rule(reviewer, order_id=order.pk, objection_id=entry["id"], reason=WAIVER)
    return FilingOrder.objects.get(pk=order.pk)


def two_domains(order: FilingOrder) -> FilingOrder:
    own = order.dossier.services[0].domains[0]
    return changed(order, **{DOMAINS: [own, f"shop-{own}"]})


@scene(OrderState.DRAFT)
def draft_with_problems(cast: Cast) -> FilingOrder:
    _applicant, order = ready(cast)
    return changed(
        order,
        **{
            "subject.principal.emergency_phone": order.dossier.subject.principal.mobile,
            "services[0].name": "中国新闻网",
            "materials": {},
        },
    )


@scene(OrderState.DRAFT)
def draft_ready(cast: Cast) -> FilingOrder:
    return ready(cast, **WEBMASTER)[1]


@scene(OrderState.DRAFT)
def draft_with_a_code_to_scan(cast: Cast) -> FilingOrder:
    applicant, order = ready(cast, is_recognised=False)
    key = standings_of(order)[0].key
    send_link(applicant.actor, order, key, source_address=None)
    show_code(applicant.actor, order, key)
    return order


@scene(OrderState.DRAFT)
def draft_with_a_failed_face(cast: Cast) -> FilingOrder:
    _applicant, order = ready(cast, is_recognised=False)
    photographed(order)
    ask_provider(NOT_PERSON)
    return order


@scene(OrderState.DRAFT)
def draft_without_a_face_provider(cast: Cast) -> FilingOrder:
    _applicant, order = ready(cast, is_recognised=False)
    photographed(order)
    ask_provider(None)
    return order


def _with_meeting(cast: Cast) -> tuple[Applicant, FilingOrder]:
    applicant, order = ready(cast, is_recognised=False)
    check = open_check(order.pk, standings_of(order)[0].person)
    preferred = [value for value, _label in offered_times()[:2]]
    book_meeting(applicant.actor, check, preferred=preferred)
    return applicant, FilingOrder.objects.get(pk=order.pk)


@scene(OrderState.DRAFT)
def draft_with_a_meeting(cast: Cast) -> FilingOrder:
    return _with_meeting(cast)[1]


@scene(OrderState.INITIAL_REVIEW)
def under_review_with_a_meeting(cast: Cast) -> FilingOrder:
    applicant, order = _with_meeting(cast)
    move(order, "submit", applicant.actor)
    return move(order, "take", cast.actor(Role.REVIEWER))


@scene(OrderState.INITIAL_REVIEW)
def waiting_for_review(cast: Cast) -> FilingOrder:
    return submitted(cast)[1]


@scene(OrderState.INITIAL_REVIEW)
def under_review(cast: Cast) -> FilingOrder:
    _applicant, order = taken(cast, **WEBMASTER)
    comment_on(cast, order, "services[0].name", NAME)
    return order


@scene(OrderState.NEEDS_SUPPLEMENT)
def needs_completion(cast: Cast) -> FilingOrder:
    applicant, order = judged(cast, "ask_supplement")
    last = order.comments.standing().filter(path="services[0].remarks").get()
    reply_to_comment(applicant.actor, comment_id=last.pk, text="本站只介绍产品。")
    return order


@scene(OrderState.NEEDS_SUPPLEMENT)
def needs_a_video(cast: Cast) -> FilingOrder:
    _applicant, order = taken(cast)
    comment_on(cast, order, "services[0].principal.full_name", VIDEO)
    return move(order, "ask_supplement", cast.actor(Role.REVIEWER))


@scene(OrderState.RESUBMITTED)
def changed_and_resubmitted(cast: Cast) -> FilingOrder:
    applicant, order = judged(cast, "ask_supplement")
    changed(
        order,
        **{
            "services[0].name": "示例科技知识库",
            "subject.contact_address": "上城区示范路100号3幢402室",
        },
    )
    for comment in order.comments.standing().filter(path="services[0].remarks"):
        reply_to_comment(applicant.actor, comment_id=comment.pk, text="本站只介绍产品。")
    give_agreements(applicant.actor, order, keys=REQUIRED)
    return move(order, "resubmit", applicant.actor)


@scene(OrderState.INITIAL_REJECTED)
def rejected(cast: Cast) -> FilingOrder:
    return judged(cast, "reject")[1]


@scene(OrderState.PENDING_BUREAU_SUBMISSION)
def refused_by_the_system(cast: Cast) -> FilingOrder:
    order = queued(cast)
    cast.bureau.faults.append("refuse")
    send_everything()
    return order


@scene(OrderState.SMS_VERIFICATION)
def texted(cast: Cast) -> FilingOrder:
    return at_sms(cast)


@scene(OrderState.SMS_VERIFICATION)
def one_verified(cast: Cast) -> FilingOrder:
    order = at_sms(cast)
    verify(order, slice(1))
    return order


@scene(OrderState.RETURNED_BY_MIIT)
def timed_out(cast: Cast) -> FilingOrder:
    return move(at_sms(cast), "time_out_sms", SYSTEM)


@scene(OrderState.RETURNED_BY_MIIT)
def failed_domain_check(cast: Cast) -> FilingOrder:
    return move(at_sms(cast), "fail_domain_check", MINISTRY, opinion="域名未实名")


@scene(OrderState.BUREAU_REVIEW)
def at_the_bureau(cast: Cast) -> FilingOrder:
    return at_bureau(cast)


@scene(OrderState.BUREAU_REVIEW)
def result_needs_a_person(cast: Cast) -> FilingOrder:
    """A result without numbers, a late one, and a message that reached nobody."""
    order = at_bureau(cast)
    make_stopped_result(order.bureau_records.first(), problem=ResultProblem.INCOMPLETE)
    make_failed_notice(order)
    make_failing_deadline(order)
    make_stopped_result()
    FilingOrder.objects.filter(pk=order.pk).update(due_at=clock.now() - timedelta(days=1))
    staff_notices.queue_about_order("overdue_bureau_review", order, "scene")
    return FilingOrder.objects.get(pk=order.pk)


@scene(OrderState.BUREAU_REJECTED)
def rejected_by_the_bureau(cast: Cast) -> FilingOrder:
    order = at_bureau(cast)
    return move(order, "refuse", BUREAU, opinion="网站名称与主体无关，请更换。")


@scene(OrderState.FILED)
def filed(cast: Cast) -> FilingOrder:
    order = at_bureau(cast)
    cast.bureau.decide()
    results.collect_results()
    return FilingOrder.objects.get(pk=order.pk)


@scene(OrderState.ABANDONED)
def abandoned(cast: Cast) -> FilingOrder:
    applicant, order = ready(cast)
    return move(order, "abandon", applicant.actor)


@scene(OrderState.ABANDONED)
def past_its_term(cast: Cast) -> FilingOrder:
    """Submitted once, so that the desk has a page of it as well."""
    applicant, order = ready(cast)
    give_agreements(applicant.actor, order, keys=required_of(order))
    for name in ("submit", "withdraw", "abandon"):
        move(order, name, applicant.actor)
    with transaction.atomic():
        erase_order(workflow.locked(order.pk))
    return FilingOrder.objects.get(pk=order.pk)


@scene(OrderState.EXPIRED)
def expired(cast: Cast) -> FilingOrder:
    return move(ready(cast)[1], "expire", SYSTEM)


@scene(OrderState.DRAFT)
def individual_too_young(cast: Cast) -> FilingOrder:
    """With an ID from elsewhere besides."""
    _applicant, order = ready_individual(cast)
    born = clock.today().replace(year=clock.today().year - 17, day=1)
    body = f"330102{born:%Y%m%d}002"
    return changed(
        order,
        **{
            "subject.cert_number": body + check_digit(body),
            "subject.cert_address": "江苏省南京市玄武区样例街8号",
            "materials": {},
        },
    )


@scene(OrderState.DRAFT)
def individual_ready(cast: Cast) -> FilingOrder:
    return ready_individual(cast)[1]


@scene(OrderState.INITIAL_REVIEW)
def individual_under_review(cast: Cast) -> FilingOrder:
    applicant, order = ready_individual(cast)
    give_agreements(applicant.actor, order, keys=required_of(order))
    move(order, "submit", applicant.actor)
    order = move(order, "take", cast.actor(Role.REVIEWER))
    comment_on(cast, order, "subject.cert_address", NAME)
    return order


# Orders that wait for a sender come last: the ones before would take them along.


@scene(OrderState.PENDING_BUREAU_SUBMISSION)
def waiting_for_submission(cast: Cast) -> FilingOrder:
    return pending(cast)


@scene(OrderState.PENDING_BUREAU_SUBMISSION)
def about_to_be_sent_back(cast: Cast) -> FilingOrder:
    order = pending(cast)
    comment_on(cast, order, "services[0].name", NAME)
    return order


@scene(OrderState.PENDING_BUREAU_SUBMISSION)
def queued_for_the_bureau(cast: Cast) -> FilingOrder:
    return queued(cast)
