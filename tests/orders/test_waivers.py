"""A reviewer lets a rule go for what was objected, or the order does not pass."""

from functools import partial

import pytest

from beian import clock
from beian.models import AuditEntry
from orders import workflow
from orders.actions.objections import waive_rule
from orders.actions.order_retention import erase_order
from orders.dossier import seal_of_submission
from orders.enums import OrderState
from orders.models import Objection, OrderEvent, Waiver
from orders.workflow import Refused
from tests.builders import make_staff
from tests.checklist import tick_everything
from tests.life import Life
from tests.orders.builders_filings import change_draft
from tests.orders.objection_stage import (
    DOMAINS,
    REASON,
    REVOCATION,
    RULE,
    THREE_DOMAINS,
    TWO_DOMAINS,
    WAIVER,
    objected,
    revoke,
    waive,
)
from tests.racing import race

pytestmark = pytest.mark.django_db


def stage(bureau) -> Life:
    """Submitted with an objection and taken."""
    life = Life(bureau, **TWO_DOMAINS)
    objected(life.applicant, life.order)
    life.submit()
    life.take()
    return life


@pytest.fixture
def life(bureau) -> Life:
    return stage(bureau)


def code_of(act, *args, **kwargs) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.code


def pass_it(life) -> None:
    """With every answer the checklist takes now."""
    tick_everything(life.reviewer.actor, life.order_id)
    life.act("pass_initial_review", life.reviewer)


def test_review_does_not_pass_until_the_rule_is_waived(life):
    assert code_of(pass_it, life) == "objections_waived"

    waive(life)
    pass_it(life)

    assert life.order.state == OrderState.PENDING_BUREAU_SUBMISSION


def test_waiver_is_in_history_and_audit_with_its_reason_sealed(life):
    waive(life)

    event = life.order.events.last()
    assert (event.name, event.said, event.opinion) == ("rule_waived", f"{RULE}：{WAIVER}", "")
    entry = AuditEntry.objects.get(action="rule_waived")
    assert (entry.actor_user_id, entry.field) == (life.reviewer.user.pk, RULE)


def test_waived_rule_does_not_stop_the_hand_over(life):
    waive(life)
    pass_it(life)

    life.hand_over()

    assert life.order.bureau_records.count() == 1


def test_rule_that_nobody_waived_stops_what_is_handed_over(life):
    waive(life)
    pass_it(life)
    Waiver.objects.all()._raw_delete("default")

    assert code_of(life.hand_over) == "hand_over"


@pytest.mark.parametrize("reason", ["", "   ", "可以", "。" * 40])
def test_waiver_without_a_reason_is_refused(life, reason):
    assert code_of(waive, life, reason=reason) == "reason"
    assert not Waiver.objects.exists()


def test_second_waiver_is_refused(life):
    waive(life)

    assert code_of(waive, life) == "waived"
    assert Waiver.objects.count() == 1


def test_waiver_by_whoever_does_not_hold_the_case_is_refused(life):
    assert code_of(waive, life, make_staff("reviewer", name="reviewer-2")) == "waive"
    assert code_of(waive, life, life.submitter) == "waive"
    assert code_of(waive, life, life.applicant) == "waive"


def test_waiver_outside_the_review_is_refused(life):
    waiver = partial(waive, life)
    life.comment()
    life.act("ask_supplement", life.reviewer)

    assert code_of(waiver) == "waive"


def test_waiver_of_a_stale_page_is_refused(life):
    assert code_of(waive, life, version=life.order.version - 1) == "stale"


def test_objection_of_no_submission_is_refused(life):
    strange = Objection.objects.get().pk + 1

    code = code_of(
        waive_rule,
        life.reviewer.actor,
        order_id=life.order_id,
        objection_id=strange,
        reason=WAIVER,
    )

    assert code == "gone"


def sent_back(life) -> None:
    life.comment(DOMAINS)
    life.act("ask_supplement", life.reviewer)


def answered(life) -> None:
    life.order.comments.update(reply="已说明", reply_state="explained", replied_at=clock.now())


def test_waiver_holds_in_the_next_round_while_the_facts_are_the_same(life):
    waive(life)
    sent_back(life)
    answered(life)

    life.submit("resubmit")
    life.take()
    pass_it(life)

    assert life.order.state == OrderState.PENDING_BUREAU_SUBMISSION


def test_waiver_is_dropped_when_the_next_round_has_other_facts(life):
    waive(life)
    sent_back(life)
    change_draft(life.order, DOMAINS, THREE_DOMAINS)
    assert code_of(life.submit, "resubmit") == "no_blocking_finding"
    objected(life.applicant, life.order)

    life.submit("resubmit")
    life.take()

    assert code_of(pass_it, life) == "objections_waived"


def test_waiver_does_not_come_back_with_facts_that_were_changed_meanwhile(life):
    waive(life)
    sent_back(life)
    change_draft(life.order, DOMAINS, THREE_DOMAINS)
    objected(life.applicant, life.order)
    life.submit("resubmit")
    life.take()
    sent_back(life)
    change_draft(life.order, DOMAINS, TWO_DOMAINS[DOMAINS])

    assert code_of(life.submit, "resubmit") == "no_blocking_finding"
    objected(life.applicant, life.order)
    answered(life)
    life.submit("resubmit")
    life.take()

    assert code_of(pass_it, life) == "objections_waived"


def test_revoked_waiver_stops_the_review_again_until_it_is_given_anew(life):
    waive(life)
    revoke(life)
    assert code_of(pass_it, life) == "objections_waived"

    waive(life)
    pass_it(life)

    assert life.order.state == OrderState.PENDING_BUREAU_SUBMISSION


def test_waiver_of_an_earlier_round_can_be_revoked_when_its_paper_is_gone(life):
    waive(life)
    sent_back(life)
    answered(life)
    life.submit("resubmit")
    life.take()

    revoke(life)

    assert code_of(pass_it, life) == "objections_waived"


def test_revocation_is_in_history_and_audit_and_keeps_what_was_waived(life):
    waive(life)
    revoke(life)

    event = life.order.events.last()
    assert (event.name, event.said) == ("waiver_revoked", f"{RULE}：{REVOCATION}")
    assert AuditEntry.objects.get(action="waiver_revoked").field == RULE
    row = Waiver.objects.get()
    assert (row.reason, row.revoked_reason, row.revoked_by) == (
        WAIVER,
        REVOCATION,
        life.reviewer.user,
    )


def test_revocation_needs_a_waiver_a_reason_and_the_case(life):
    assert code_of(revoke, life) == "gone"
    waive(life)

    assert code_of(revoke, life, reason="没有依据") == "reason"
    assert code_of(revoke, life, make_staff(name="reviewer-2")) == "waive"
    pass_it(life)
    assert code_of(revoke, life) == "waive"
    assert Waiver.objects.standing().count() == 1


def test_withdrawn_order_keeps_its_objection(life):
    life.act("release", life.reviewer)
    life.act("withdraw")

    life.submit()

    assert [entry["rule"] for entry in life.order.submission.objections] == [RULE]


def test_words_go_with_the_order(life):
    waive(life)
    revoke(life)
    life.act("release", life.reviewer)
    life.act("withdraw")
    life.act("abandon")

    erase_order(workflow.locked(life.order_id))

    assert list(Objection.objects.values_list("reason", "mark")) == [("", "")]
    assert list(Waiver.objects.values_list("reason", "revoked_reason")) == [("", "")]
    words = [event.said for event in OrderEvent.objects.all()]
    assert not [text for text in words if REASON in text or WAIVER in text or REVOCATION in text]


def test_seal_without_objections_is_that_of_earlier_releases():
    parts = {"rule_set_version": "1", "document_hashes": {}, "truthfulness": [{"a": 1}]}

    assert seal_of_submission(b"{}", b"[]", **parts) == seal_of_submission(
        b"{}", b"[]", **parts, objections=b""
    )
    assert seal_of_submission(b"{}", b"[]", **{**parts, "truthfulness": []}) != (
        seal_of_submission(b"{}", b"[]", **{**parts, "truthfulness": []}, objections=b"[]")
    )


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_ten_waivers_at_once_are_one(bureau):
    life = stage(bureau)

    def attempt() -> str:
        try:
            waive(life)
        except Refused as refused:
            return refused.code
        return "ok"

    assert sorted(race([attempt] * 10)) == ["ok", *["waived"] * 9]
    assert Waiver.objects.count() == 1
    assert OrderEvent.objects.filter(name="rule_waived").count() == 1
