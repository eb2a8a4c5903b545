"""The line to the bureau when things go wrong: nothing is lost, nothing is sent twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from structlog.testing import capture_logs

from beian import clock
from beian.actions.staff_notices import staff_inbox
from beian.models import Membership
from orders import workflow
from orders.actions import handover, sending
from orders.attention.pages import counts_of
from orders.attention.sources import sources_of
from orders.enums import HandoverState, OrderState
from orders.models import BureauFile, BureauLine, BureauRecord, FilingOrder
from tests.builders import filled_dossier, make_applicant, make_order, make_staff
from tests.orders.builders_attention import make_bureau_record
from tests.statements import recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def passed(life):
    life.submit()
    life.pass_review()
    return life


@pytest.fixture
def handed_over(passed):
    passed.hand_over()
    return passed


def record() -> BureauRecord:
    return BureauRecord.objects.get()


def let_the_wait_pass() -> None:
    BureauFile.objects.update(next_attempt_at=clock.now() - timedelta(seconds=1))


def test_lost_reply_is_cleared_up_by_asking_for_the_last_upload(handed_over, bureau):
    bureau.faults = ["lost_after"]
    sending.offer_records()
    assert (record().state, handed_over.order.state) == (
        HandoverState.UNKNOWN,
        OrderState.PENDING_BUREAU_SUBMISSION,
    )

    let_the_wait_pass()
    sending.offer_records()

    assert record().state == HandoverState.ACCEPTED
    assert handed_over.order.state == OrderState.SMS_VERIFICATION
    assert len(bureau.files) == 1


def test_file_that_never_arrived_is_sent_again_byte_for_byte(handed_over, bureau):
    bureau.faults = ["lost_before"]
    sending.offer_records()
    sent = BureauFile.objects.get().sha256

    let_the_wait_pass()
    sending.offer_records()

    assert [sha256 for sha256, _payload in bureau.files] == [sent]
    assert handed_over.order.state == OrderState.SMS_VERIFICATION


def test_unknown_answer_is_not_asked_about_before_its_time(handed_over, bureau):
    bureau.faults = ["lost_before"]
    sending.offer_records()

    assert sending.offer_records() == 0
    assert bureau.files == []


def let_the_busy_time_pass() -> None:
    BureauLine.objects.update(busy_until=clock.now() - timedelta(seconds=1))


def test_sender_overtaken_before_packing_leaves_the_record_to_the_other(
    handed_over, bureau, monkeypatch
):
    pack, others = sending._pack, []

    def slowly(line):
        if not others:
            let_the_busy_time_pass()
            others.append(None)
            sending.offer_records()
        return pack(line)

    monkeypatch.setattr(sending, "_pack", slowly)

    assert sending.offer_records() == 0
    assert [file.state for file in BureauFile.objects.all()] == [HandoverState.ACCEPTED]
    assert handed_over.order.state == OrderState.SMS_VERIFICATION


def test_sender_overtaken_while_uploading_leaves_the_answer_to_the_other(
    handed_over, bureau, monkeypatch
):
    upload, others = sending._upload, []

    def slowly(file):
        answer = upload(file)
        if not others:
            let_the_busy_time_pass()
            others.append(None)
            sending.offer_records()
        return answer

    monkeypatch.setattr(sending, "_upload", slowly)

    assert sending.offer_records() == 0
    assert len(bureau.files) == 1
    assert record().state == HandoverState.ACCEPTED
    assert handed_over.order.state == OrderState.SMS_VERIFICATION


def queue_another(handed_over) -> FilingOrder:
    """Another account's order beside the one that was handed over."""
    other = make_order(
        make_applicant(phone="13800000099", account_name="其他账号（虚构）"),
        state=OrderState.PENDING_BUREAU_SUBMISSION,
        dossier=filled_dossier(**{"subject.cert_number": "91330102MA0000009C"}),
    )
    second = make_bureau_record(other, HandoverState.QUEUED)
    second.put(handed_over.order.bureau_records.get().content())
    second.save()
    return other


def statements_of_packing() -> int:
    """How many it takes to put what is queued into a file, which is then taken apart again."""
    line = sending._take_line()
    with recorded() as statements:
        file = sending._pack(line)
    BureauRecord.objects.filter(file=file).update(state=HandoverState.QUEUED, file=None)
    file.delete()
    sending._free_line(line)
    return len(statements)


def test_file_of_two_records_takes_as_many_statements_as_one_of_one(handed_over, change_setting):
    change_setting("bureau.records_per_file", 2)
    # Settings are read again now and then.
    statements_of_packing()
    alone = statements_of_packing()
    queue_another(handed_over)

    assert statements_of_packing() == alone == 8


@pytest.fixture
def broken_order(monkeypatch):
    """Whose order cannot move on, as ids; emptied when the fault is mended."""
    broken, apply_to = set(), workflow.apply_to

    def apply_or_fail(order, name, *args, **data):
        if name == "accept_at_bureau" and order.pk in broken:
            raise ValueError("broken")
        return apply_to(order, name, *args, **data)

    monkeypatch.setattr(workflow, "apply_to", apply_or_fail)
    return broken


def test_order_that_cannot_move_on_holds_up_neither_its_file_nor_the_line(
    handed_over, bureau, broken_order, change_setting
):
    change_setting("bureau.records_per_file", 2)
    broken_order.add(handed_over.order_id)
    other = queue_another(handed_over)

    with capture_logs() as logs:
        assert sending.offer_records() == 2

    other.refresh_from_db()
    assert BureauFile.objects.get().state == HandoverState.ACCEPTED
    assert other.state == OrderState.SMS_VERIFICATION
    assert handed_over.order.state == OrderState.PENDING_BUREAU_SUBMISSION
    assert [entry["event"] for entry in logs if entry["log_level"] == "error"] == [
        "accepted order does not move on"
    ]
    assert counts_of(sources_of(handed_over.submitter.actor))["unmoved"] == 1
    with pytest.raises(workflow.Refused):
        handed_over.hand_over()


def test_order_that_could_not_move_on_is_tried_again_after_a_while(
    handed_over, bureau, broken_order
):
    broken_order.add(handed_over.order_id)
    sending.offer_records()
    broken_order.clear()
    sending.offer_records()
    assert handed_over.order.state == OrderState.PENDING_BUREAU_SUBMISSION

    BureauRecord.objects.update(not_before=clock.now() - timedelta(seconds=1))
    sending.offer_records()

    assert handed_over.order.state == OrderState.SMS_VERIFICATION
    assert counts_of(sources_of(handed_over.submitter.actor))["unmoved"] == 0
    assert len(bureau.files) == 1


def test_order_that_stays_behind_its_receipt_is_told_to_submitters_once(
    handed_over, bureau, broken_order
):
    broken_order.add(handed_over.order_id)
    sending.offer_records()
    BureauRecord.objects.update(not_before=clock.now() - timedelta(seconds=1))
    sending.offer_records()

    (notice,) = staff_inbox(handed_over.submitter.actor)
    number = handed_over.order.number
    assert notice.texts["zh"]["subject"] == f"管局已接收订单 {number}，订单未推进"
    assert str(record().pk) in notice.texts["en"]["body"]
    assert list(staff_inbox(handed_over.reviewer.actor)) == []


def test_refused_file_leaves_the_order_where_it_is_with_the_words(handed_over, bureau):
    bureau.faults = ["refuse"]
    sending.offer_records()

    assert (record().state, record().answer_code, record().answer_text) == (
        HandoverState.REFUSED,
        5001,
        "结构不符合要求",
    )
    assert handed_over.order.state == OrderState.PENDING_BUREAU_SUBMISSION


def test_refused_order_may_be_handed_over_again_under_the_same_number(handed_over, bureau):
    bureau.faults = ["refuse"]
    sending.offer_records()

    handed_over.hand_over()
    sending.offer_records()

    assert handed_over.order.state == OrderState.SMS_VERIFICATION
    assert BureauLine.objects.get().last_sequence == 1


def test_gap_is_mended_by_taking_the_bureaus_number(handed_over, bureau):
    BureauLine.objects.create(name=sending.LINE, last_sequence=7)

    sending.offer_records()
    assert record().state == HandoverState.QUEUED
    sending.offer_records()

    assert handed_over.order.state == OrderState.SMS_VERIFICATION
    assert BureauLine.objects.get().last_sequence == 1


def test_second_sender_stands_back_while_one_is_at_work(handed_over, bureau):
    sending._take_line()

    assert sending.offer_records() == 0
    assert record().state == HandoverState.QUEUED


def test_sender_that_died_is_overtaken(handed_over, bureau):
    sending._take_line()
    BureauLine.objects.update(busy_until=clock.now() - timedelta(seconds=1))

    assert sending.offer_records() == 1


def test_withdrawal_takes_back_a_queued_record(handed_over, bureau):
    handed_over.act("withdraw")

    assert record().state == HandoverState.CANCELLED
    assert sending.offer_records() == 0
    assert bureau.files == []


@pytest.mark.parametrize("fault", ["lost_after", "lost_before"])
def test_withdrawal_is_refused_from_sent_on(handed_over, bureau, fault):
    bureau.faults = [fault]
    sending.offer_records()

    with pytest.raises(workflow.Refused) as refused:
        handed_over.act("withdraw")

    assert (refused.value.code, refused.value.reason) == (
        "not_handed_over",
        "资料已发送给管局，不能撤回。",
    )


def test_reviewer_who_passed_an_order_may_not_hand_it_over(passed):
    both = make_staff("reviewer", "bureau_submitter", name="reviewer-9")
    order = passed.order
    order.last_reviewer = both.user
    order.save()

    with pytest.raises(workflow.Refused) as refused:
        handover.hand_over_to_bureau(both.actor, order.pk)

    assert refused.value.reason == "您初审了这个订单，须由另一位同事提交管局。"


def test_order_is_handed_over_once(handed_over):
    with pytest.raises(workflow.Refused) as refused:
        handed_over.hand_over()

    assert refused.value.reason == "这个订单已在提交中。"


def test_stale_page_hands_nothing_over(passed):
    with pytest.raises(workflow.Stale):
        handover.hand_over_to_bureau(
            passed.submitter.actor, passed.order_id, version=passed.order.version - 1
        )

    assert BureauRecord.objects.count() == 0


def test_sealed_payload_shows_no_number(handed_over):
    sending.offer_records()
    stored = bytes(BureauFile.objects.get().payload_sealed)

    assert b"91330102MA0000001C" not in stored
    assert "91330102MA0000001C" in BureauFile.objects.get().payload()


def test_late_receipt_of_a_closed_record_moves_nothing(handed_over, bureau):
    bureau.faults = ["lost_after"]
    sending.offer_records()
    bureau.fail_domain()
    handed_over.collect()
    handed_over.act("resubmit_unchanged")

    let_the_wait_pass()
    sending.offer_records()

    assert record().state == HandoverState.ACCEPTED
    assert handed_over.order.state == OrderState.PENDING_BUREAU_SUBMISSION


def test_refused_sms_result_is_offered_again_after_a_while(handed_over, bureau):
    sending.offer_records()
    handed_over.verify_everybody()
    bureau.faults = ["refuse"]
    sending.offer_records()
    assert sending.offer_records() == 0

    BureauRecord.objects.update(not_before=clock.now() - timedelta(seconds=1))
    sending.offer_records()

    assert [entry["state"] for entry in bureau.records("DXHY")] == ["all_verified"]


def test_member_of_staff_never_sends_back_an_order_of_an_own_account(passed):
    Membership.objects.create(account=passed.applicant.account, user=passed.submitter.user)

    with pytest.raises(workflow.Refused) as refused:
        passed.act("send_back", passed.submitter, opinion="请修改")

    assert refused.value.code == "not_own_account"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_withdrawal_against_sending_is_one_or_the_other(handed_over, bureau):
    def run(act):
        try:
            act()
        except workflow.Refused:
            return
        finally:
            connection.close()

    acts = [lambda: handed_over.act("withdraw"), sending.offer_records]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, acts))

    outcome = (handed_over.order.state, record().state, len(bureau.files))
    assert outcome in {
        (OrderState.DRAFT, HandoverState.CANCELLED, 0),
        (OrderState.SMS_VERIFICATION, HandoverState.ACCEPTED, 1),
    }
