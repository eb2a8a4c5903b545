"""The reviewer sees when the account belongs to somebody else than the subject."""

import pytest

from beian.crypto.digests import digest
from beian.enums import RealNameState
from beian.models import Account
from orders.desk.case_rows import Check
from tests.orders.desk_stage import Desk, make_desk
from tests.orders.test_queue import asked

pytestmark = pytest.mark.django_db

OTHER = "示例贸易（杭州）有限公司"
CASE_READS = 10


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def verified_as(desk: Desk, name: str, number: str | None = None, **columns) -> None:
    own = desk.order.dossier.subject.cert_number if number is None else number
    values = {
        "real_name": name,
        "real_name_certificate": own,
        "real_name_certificate_digest": digest("certificate", own),
        **columns,
    }
    Account.objects.filter(pk=desk.order.account_id).update(**values)


def notices(desk: Desk) -> list[Check]:
    """What stands beside the subject's name and wants a look."""
    table = desk.client.get(desk.url("case")).context["table"]
    row = next(row for group in table.groups for row in group.rows if row.path == "subject.name")
    return [check for check in row.checks if check.tone != "passed"]


def test_other_name_is_shown_beside_the_subjects_with_the_state(desk):
    verified_as(desk, OTHER)

    assert [check.text for check in notices(desk)] == [
        f"账号实名为“{OTHER}”（已实名认证），与主体名称不一致。"
    ]


def test_same_holder_is_not_mentioned(desk):
    verified_as(desk, desk.order.dossier.subject.name)

    assert notices(desk) == []


def test_width_of_brackets_and_spaces_make_no_mismatch(desk):
    name = desk.order.dossier.subject.name
    verified_as(desk, f" {name.replace('（', '(').replace('）', ')')} ")

    assert notices(desk) == []


def test_same_name_with_another_certificate_is_shown(desk):
    name = desk.order.dossier.subject.name
    verified_as(desk, name, "91330102MA0000009X")

    assert [check.text for check in notices(desk)] == [
        f"账号实名“{name}”（已实名认证）与主体名称一致，证件号码不一致。"
    ]


@pytest.mark.parametrize("state", [RealNameState.UNVERIFIED, RealNameState.PENDING])
def test_account_without_a_verified_name_is_shown(desk, state):
    verified_as(desk, OTHER, real_name_state=state)

    assert [check.text for check in notices(desk)] == [
        f"账号的实名状态是“{state.label}”，没有核实过的实名可以比对。"
    ]


def test_item_about_the_subject_wants_a_look_of_its_own(desk):
    verified_as(desk, OTHER)

    panel = desk.client.get(desk.url("case")).context["panel"]

    flagged = [
        line.item.key
        for group in panel.groups
        for line in group.lines
        if any(OTHER in check.text for _label, _anchor, check in line.evidence.remarks)
    ]
    assert flagged == ["subject_document"]


def test_comparison_asks_nothing_more(desk):
    verified_as(desk, OTHER)

    assert asked(desk.client, desk.url("case")) == CASE_READS
