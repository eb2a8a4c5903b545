"""What was right when it was submitted is asked again before it goes to the bureau."""

from datetime import timedelta

import pytest

from beian import clock
from orders import workflow
from orders.enums import OrderState
from tests.fake_bureau import FakeBureau
from tests.life import Life
from tests.orders.builders_filings import change_draft

pytestmark = pytest.mark.django_db

VALID_TO = "subject.principal.valid_to"


@pytest.fixture
def life(bureau: FakeBureau) -> Life:
    """The principal's certificate is long enough valid today, and not in three weeks."""
    return Life(bureau, **{VALID_TO: clock.today() + timedelta(days=100)})


def returned(life: Life) -> None:
    life.submit()
    life.pass_review()
    life.hand_over()
    life.send()
    life.bureau.fail_domain()
    life.collect()


def weeks_pass(monkeypatch) -> None:
    monkeypatch.setattr(clock, "_offset", lambda: timedelta(days=20))


def test_certificate_that_lapsed_meanwhile_stops_the_unchanged_resubmission(life, monkeypatch):
    returned(life)
    weeks_pass(monkeypatch)

    with pytest.raises(workflow.Refused) as refusal:
        life.act("resubmit_unchanged")

    assert refusal.value.code == "data_still_valid"
    assert "有效期" in refusal.value.reason
    assert refusal.value.reason.endswith("请修改资料后重新提交初审。")
    assert life.order.state == OrderState.RETURNED_BY_MIIT


def test_certificate_that_lapsed_meanwhile_stops_the_hand_over(life, monkeypatch):
    life.submit()
    life.pass_review()
    weeks_pass(monkeypatch)

    with pytest.raises(workflow.Refused) as refusal:
        life.hand_over()

    assert refusal.value.code == "hand_over"
    assert refusal.value.reason.endswith("请退回申请人修改。")


def test_what_is_judged_is_the_submission_and_not_a_later_draft(life, monkeypatch):
    life.submit()
    life.pass_review()
    weeks_pass(monkeypatch)
    change_draft(life.order, VALID_TO, clock.today() + timedelta(days=2000))

    with pytest.raises(workflow.Refused):
        life.hand_over()


def test_field_a_later_release_asks_for_does_not_stop_what_was_complete(life, monkeypatch):
    life.submit()
    life.pass_review()
    monkeypatch.setattr("orders.assessment.missing_fields", lambda dossier: ["subject.remarks"])

    life.hand_over()

    assert life.order.bureau_records.count() == 1
