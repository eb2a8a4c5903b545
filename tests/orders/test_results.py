"""Results of the bureau: safe to receive twice, late, early or for an order that moved on."""

import json

import pytest
from structlog.testing import capture_logs

from beian.actions.register import RegisterConflict
from beian.models import Notice, Subject
from beian.ports.base import DeliveryFailed
from orders.actions import results
from orders.bureau.base import ResultFile
from orders.enums import OrderState
from orders.models import BureauResult
from orders.tasks import collect_bureau_results

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(life):
    life.to_bureau_review()
    return life


def test_result_that_comes_twice_acts_once(waiting, bureau):
    bureau.decide("granted", times=3)

    waiting.collect()
    waiting.collect()

    assert waiting.order.state == OrderState.FILED
    assert Subject.objects.count() == 1
    assert waiting.order.events.filter(name="grant").count() == 1
    assert Notice.objects.filter(template="filed", channel="portal").count() == 1


def test_every_file_is_acknowledged_after_it_is_kept(waiting, bureau):
    bureau.decide("granted", times=2)
    waiting.collect()

    assert len(bureau.acknowledged) == 2
    assert bureau.outbox == []


def test_result_that_comes_before_its_time_waits_and_is_applied_later(life, bureau):
    life.submit()
    life.pass_review()
    life.hand_over()
    life.send()
    bureau.decide("granted")
    life.collect()
    assert life.order.state == OrderState.SMS_VERIFICATION
    result = BureauResult.objects.get()
    assert (result.state, result.problem, result.note) == ("waiting", "too_early", "state")

    life.verify_everybody()
    life.collect()

    assert life.order.state == OrderState.FILED


def test_what_is_kept_is_applied_while_the_line_is_down(waiting, bureau, monkeypatch):
    bureau.decide("granted")
    results.keep_file(bureau.outbox[0])

    def nobody():
        raise DeliveryFailed("ConnectionRefusedError")

    monkeypatch.setattr(bureau, "download", nobody)
    with capture_logs() as told:
        assert collect_bureau_results() == 1

    assert waiting.order.state == OrderState.FILED
    lines = [(line["event"], line["log_level"], line.get("reason")) for line in told]
    # One line in two seconds for as long as it lasts: no room for a traceback in each.
    assert ("bureau gave no results", "warning", "ConnectionRefusedError") in lines
    assert all("exc_info" not in line for line in told)


def test_second_different_decision_about_a_closed_record_changes_nothing(waiting, bureau):
    bureau.decide("granted")
    waiting.collect()
    bureau.decide("refused", text="改判")
    waiting.collect()

    assert waiting.order.state == OrderState.FILED
    assert BureauResult.objects.get(outcome="refused").problem == "record_closed"


def test_grant_without_a_service_number_is_kept_for_a_person_and_moves_nothing(waiting, bureau):
    bureau.decide("granted")
    file = bureau.outbox[0]
    content = json.loads(file.payload)
    content["results"][0]["services"][0]["number"] = ""
    bureau.outbox = []
    bureau.offer(content["results"][0])

    waiting.collect()

    assert waiting.order.state == OrderState.BUREAU_REVIEW
    result = BureauResult.objects.get()
    assert (result.state, result.problem) == ("stopped", "incomplete")


@pytest.mark.parametrize(
    ("subject_number", "service_number"),
    [
        ("浙ICP备2026000001", "浙ICP备2026000001-1"),
        ("备ICP备2026000001号", "备ICP备2026000001号-1"),
        ("浙ICP备１２３４５６７８号", "浙ICP备１２３４５６７８号-1"),
        ("浙ICP备2026000001号", "浙ICP备2026000001号"),
        ("浙ICP备2026000001号", "浙ICP备2026000001号-1B"),
        ("浙ICP备2026000001号", "浙ICP备2026000002号-1"),
        ("浙ICP备2026000001号", "浙ICP备20260000011号-1"),
    ],
)
def test_grant_with_numbers_that_cannot_be_right_is_kept_for_a_person(
    waiting, bureau, subject_number, service_number
):
    bureau.decide("granted")
    result = json.loads(bureau.outbox.pop().payload)["results"][0]
    services = [{**result["services"][0], "number": service_number}]
    bureau.offer({**result, "subject_number": subject_number, "services": services})

    waiting.collect()

    kept = BureauResult.objects.get()
    assert (kept.state, kept.problem) == ("stopped", "malformed_number")
    assert waiting.order.state == OrderState.BUREAU_REVIEW
    assert not Subject.objects.exists()


def test_unknown_reference_or_kind_goes_to_a_person(waiting, bureau):
    bureau.offer(
        {"id": "1", "type": "BAJG", "ref": "no-such", "outcome": "granted"},
        {"id": "2", "type": "XXXX", "ref": bureau.records()[-1]["ref"], "outcome": "odd"},
    )

    waiting.collect()

    problems = dict(BureauResult.objects.values_list("result_id", "problem"))
    assert problems == {"1": "no_record", "2": "unknown_result"}
    assert waiting.order.state == OrderState.BUREAU_REVIEW


def test_row_and_file_that_cannot_be_read_are_kept_and_stand_in_nobodys_way(waiting, bureau):
    bureau.offer({"id": "1", "outcome": "granted"})
    bureau.outbox.append(ResultFile("broken", "no json"))
    bureau.decide("granted")

    waiting.collect()

    assert waiting.order.state == OrderState.FILED
    assert BureauResult.objects.filter(state="stopped", problem="unreadable").count() == 2
    assert bureau.outbox == []


UNFIT = {
    "id": ["9" * 81, "a\0", "\ud800"],
    "type": ["BAJG" * 3, "BAJG\0"],
    "outcome": ["granted" * 3, "\0"],
    "subject_number": ["京ICP备" * 10, "京ICP备\0", "\udfff"],
    "text": ["\0", "\ud800 同意"],
    "services": [
        [{"ref": "\0", "number": "1"}],
        [{"ref": "1", "number": "京\0"}],
        [{"ref": "1", "number": "\ud800"}],
    ],
}


@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field, values in UNFIT.items() for value in values]
)
def test_row_that_no_column_holds_is_kept_escaped_and_stands_in_nobodys_way(
    waiting, bureau, field, value
):
    bureau.offer({"id": "1", "type": "BAJG", "ref": "x", "outcome": "granted", field: value})
    bureau.decide("granted")

    waiting.collect()

    assert waiting.order.state == OrderState.FILED
    assert bureau.outbox == []
    unfit = BureauResult.objects.get(problem="unreadable")
    assert unfit.state == "stopped"
    assert f'"{field}"' in unfit.text


def test_file_of_half_characters_and_zero_bytes_is_kept_escaped_once(waiting, bureau):
    bureau.outbox += [ResultFile("a", "no json \ud800\0"), ResultFile("b", "no json \ud800\0")]

    waiting.collect()

    assert bureau.outbox == []
    assert BureauResult.objects.get().text == "no json \\ud800\\x00"


def test_row_the_database_refuses_is_kept_for_a_person(waiting, bureau, monkeypatch):
    monkeypatch.setattr(results, "_fitting", lambda _name, value: str(value))
    bureau.offer({"id": "1", "type": "BAJG", "ref": "x", "outcome": "\ud800"})
    bureau.decide("granted")

    waiting.collect()

    assert waiting.order.state == OrderState.FILED
    assert BureauResult.objects.filter(problem="unreadable").count() == 1


def test_result_that_clashes_with_the_register_is_noted_and_moves_nothing(
    waiting, bureau, monkeypatch
):
    def clash(**_values):
        raise RegisterConflict("this certificate is already on record")

    monkeypatch.setattr("orders.actions.register.write_first_filing", clash)
    bureau.decide("granted")

    waiting.collect()

    assert BureauResult.objects.get().problem == "register_conflict"
    assert waiting.order.state == OrderState.BUREAU_REVIEW
    assert waiting.order.subject_number == ""


def test_grant_without_any_service_is_kept_for_a_person(waiting, bureau):
    bureau.decide("granted")
    content = json.loads(bureau.outbox.pop().payload)
    bureau.offer({**content["results"][0], "services": []})

    waiting.collect()

    result = BureauResult.objects.get()
    assert (result.state, result.problem) == ("stopped", "incomplete")


def test_domain_failure_that_crosses_the_last_verification_still_returns_the_order(waiting, bureau):
    bureau.fail_domain()
    waiting.collect()

    assert waiting.order.state == OrderState.RETURNED_BY_MIIT


def test_domain_failure_returns_an_order_the_persons_were_verifying(life, bureau):
    life.submit()
    life.pass_review()
    life.hand_over()
    life.send()
    bureau.fail_domain("域名未实名")
    life.collect()

    order = life.order
    assert (order.state, order.return_reason) == (OrderState.RETURNED_BY_MIIT, "domain_check")
    assert order.bureau_opinion == "域名未实名"


def test_apply_result_says_whether_it_acted(waiting, bureau):
    bureau.decide("granted")
    results.keep_file(bureau.outbox[0])
    result_id = BureauResult.objects.get().pk

    assert [results.apply_result(result_id) for _time in range(2)] == [True, False]


def test_null_in_a_result_is_no_word():
    row = {"id": "r-1", "ref": "unknown", "type": "decision", "outcome": "refused"}

    kept = results._values({**row, "text": None, "subject_number": None})

    assert (kept["text"], kept["subject_number"]) == ("", "")
