"""Objecting to a rule of less than high confidence, and what the submission keeps of it."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beian.models import AuditEntry
from orders import guards
from orders.actions.objections import object_to_rule, take_objection_back
from orders.actions.submit import submit_order
from orders.agreements import REQUIRED
from orders.assessment import assess
from orders.enums import OrderState
from orders.models import FilingOrder, Objection, Submission
from orders.objections import Causes, mark_of, takes_objection
from orders.rulebook.in_force import published_stamps
from orders.wizard import problems_on, steps_of
from orders.workflow import Refused
from tests.builders import filled_dossier, make_applicant, make_staff
from tests.orders.builders_filings import change_draft
from tests.orders.objection_stage import (
    DOMAINS,
    REASON,
    RULE,
    THREE_DOMAINS,
    TWO_DOMAINS,
    entry_of,
    fresh,
    objected,
)
from tests.orders.ready_order import ready_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant():
    return make_applicant()


@pytest.fixture
def order(applicant):
    return ready_order(applicant, **TWO_DOMAINS)


def submit(applicant, order):
    order = fresh(order)
    return submit_order(applicant.actor, order.pk, version=order.version, agreed=REQUIRED)


def refusal(act, *args, **kwargs) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.code


def blocks(order) -> list[str]:
    return [finding.rule for finding in assess(fresh(order)).blocks]


def test_without_an_objection_the_rule_stops_the_submission(applicant, order):
    assert refusal(submit, applicant, order) == "no_blocking_finding"
    assert blocks(order) == [RULE]


def test_objection_opens_the_submission_and_is_frozen_with_it(applicant, order):
    row = objected(applicant, order)

    submit(applicant, order)

    submission = Submission.objects.get()
    (kept,) = submission.objections
    assert (kept["id"], kept["rule"], kept["reason"]) == (row.pk, RULE, REASON)
    assert RULE in [
        finding["rule"] for finding in submission.findings if finding["outcome"] == "block"
    ]
    assert submission.is_intact()


def test_frozen_objection_is_under_the_seal(applicant, order):
    objected(applicant, order)
    submit(applicant, order)
    submission = Submission.objects.get()

    submission.objections_sealed = None
    assert not submission.is_intact()
    other = b'[{"id": 1}]'
    submission.objections_sealed = submission.order.safe.seal(other, "submission.objections")
    assert not submission.is_intact()


def test_submission_without_objections_is_sealed_as_before(applicant):
    submit(applicant, ready_order(applicant))

    submission = Submission.objects.get()
    assert submission.objections_sealed is None
    assert submission.objections == []
    assert submission.is_intact()


def test_page_of_the_field_is_no_longer_a_problem(applicant, order):
    website = next(step for step in steps_of(order) if step.key == "website")
    assert problems_on(website, order) != []

    objected(applicant, order)

    assert problems_on(website, fresh(order)) == []


def test_objection_lapses_when_the_facts_change(applicant, order):
    objected(applicant, order)

    change_draft(fresh(order), DOMAINS, THREE_DOMAINS)

    assert entry_of(order).objection is None
    assert refusal(submit, applicant, order) == "no_blocking_finding"


def test_objection_stays_when_something_else_changes(applicant, order):
    row = objected(applicant, order)

    change_draft(fresh(order), "services[0].remarks", "介绍本公司的另一些产品，不提供下载。")

    assert entry_of(order).objection == row


def causes_with(service: dict, **changes) -> Causes:
    return Causes({"principal.residency": "mainland"}, [{}, service], filled_dossier(**changes))


def test_mark_changes_with_what_is_said_and_what_it_is_made_of(order):
    """A finding about the second service, its remark and one of its facts."""
    told = replace(
        entry_of(order).finding,
        paths=("services[1].remarks", "subject.name", "materials.other"),
        facts=("domain.suffix", "principal.residency"),
    )
    causes = causes_with({"domain.suffix": "com"})
    mark = mark_of(told, causes)

    assert mark == mark_of(told, causes_with({"domain.suffix": "com"}))
    assert mark != mark_of(replace(told, message={"zh": "另一句。", "en": "Another."}), causes)
    assert mark != mark_of(replace(told, rule="N18"), causes)
    assert mark != mark_of(told, causes_with({"domain.suffix": "net"}))
    assert mark != mark_of(
        told, causes_with({"domain.suffix": "com"}, **{"subject.name": "另一家"})
    )
    assert mark == mark_of(
        told, causes_with({"domain.suffix": "com"}, **{"materials.other": ["1"]})
    )


def test_objection_to_a_finding_that_is_gone_is_not_submitted(applicant, order):
    objected(applicant, order)
    change_draft(fresh(order), DOMAINS, ["shili-keji.com"])

    submit(applicant, order)

    assert Submission.objects.get().objections == []
    assert Objection.objects.get().reason == REASON


def test_taken_back_objection_stops_the_submission_again(applicant, order):
    objected(applicant, order)

    take_objection_back(applicant.actor, order_id=order.pk, mark=entry_of(order).mark)

    assert refusal(submit, applicant, order) == "no_blocking_finding"
    assert Objection.objects.get().taken_back_at is not None
    assert (
        refusal(take_objection_back, applicant.actor, order_id=order.pk, mark=entry_of(order).mark)
        == "gone"
    )


def test_other_words_are_another_objection_and_the_same_are_not(applicant, order):
    objected(applicant, order)
    objected(applicant, order)
    other = objected(applicant, order, f"{REASON}请见附件。")

    assert Objection.objects.count() == 2
    assert entry_of(order).objection == other


@pytest.mark.parametrize("reason", ["", "  不同意  ", "。" * 40, "理" * 501])
def test_reason_too_short_or_too_long_is_refused(applicant, order, reason):
    mark = entry_of(order).mark

    assert (
        refusal(object_to_rule, applicant.actor, order_id=order.pk, mark=mark, reason=reason)
        == "reason"
    )
    assert not Objection.objects.exists()


def test_mark_of_nothing_is_refused(applicant, order):
    code = refusal(object_to_rule, applicant.actor, order_id=order.pk, mark="0" * 64, reason=REASON)

    assert code == "gone"


@pytest.mark.parametrize("is_staff", [True, False])
def test_objection_by_somebody_else_is_refused(applicant, order, is_staff):
    other = (
        make_staff("reviewer")
        if is_staff
        else make_applicant(phone="13800000035", account_name="样例商贸")
    )

    assert refusal(objected, other, order) == "actor"


def test_objection_after_the_submission_is_refused(applicant, order):
    objected(applicant, order)
    mark = entry_of(order).mark
    submit(applicant, order)

    code = refusal(object_to_rule, applicant.actor, order_id=order.pk, mark=mark, reason=REASON)

    assert code == "state"
    assert FilingOrder.objects.get().state == OrderState.INITIAL_REVIEW


def test_rule_of_high_confidence_takes_none(applicant, order):
    """The same phone twice is refused by a rule of high confidence."""
    change_draft(fresh(order), "subject.principal.emergency_phone", "13800000034")
    objected(applicant, order)

    assert len(blocks(order)) == 1
    assert [entry.finding.rule for entry in assess(fresh(order)).objectionables] == [RULE]
    assert refusal(submit, applicant, order) == "no_blocking_finding"


@pytest.mark.parametrize(
    "changes", [{"confidence": "high"}, {"outcome": "material"}, {"kind": "min_age"}]
)
def test_neither_high_ones_nor_papers_nor_ages_take_one(order, changes):
    finding = entry_of(order).finding

    assert takes_objection(finding)
    assert not takes_objection(replace(finding, **changes))


def test_own_findings_take_none(applicant):
    order = ready_order(applicant, **{"services[0].name": ""})

    assert [finding.rule for finding in assess(order).blocks] == ["portal"]
    assert assess(order).objectionables == ()


def test_words_are_encrypted_and_the_step_is_in_history_and_audit(applicant, order):
    objected(applicant, order)

    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM orders_objection")
        (stored,) = cursor.fetchone()
    assert REASON not in stored
    event = fresh(order).events.last()
    assert (event.name, event.opinion) == ("rule_objected", "")
    assert event.said == f"{RULE}：{REASON}"
    entry = AuditEntry.objects.get(action="rule_objected")
    assert (entry.object_id, entry.field, entry.purpose) == (str(order.pk), RULE, "")


def queries_of(order) -> int:
    assert order.safe
    assert order.dossier
    # Remembered from one look to the next.
    published_stamps()
    with CaptureQueriesContext(connection) as queries:
        assess(order)
    return len(queries)


def test_objections_are_asked_for_only_where_a_finding_takes_one(order):
    several = queries_of(fresh(order))
    change_draft(fresh(order), DOMAINS, ["shili-keji.com"])

    assert queries_of(fresh(order)) == several - 1


def test_guard_names_the_rule_that_waits_for_a_waiver(applicant, order):
    objected(applicant, order)
    submit(applicant, order)

    reason = guards.objections_waived(fresh(order), applicant.actor, {})

    assert reason == f"申请人对规则 {RULE} 提出异议：请逐条豁免并写明理由，或退回申请人。"
