"""Starting and saving a draft: merging, closed fields, revisions, deadlines."""

from datetime import timedelta

import pytest

from beian import clock
from beian.models import Deadline, Resource
from orders import workflow
from orders.actions.draft import KEPT_REVISIONS, save_draft
from orders.actions.start import start_first_filing
from orders.dossier import Conflict
from orders.enums import OrderState
from orders.models import FilingOrder
from orders.workflow import Refused, Stale
from tests.builders import CREDIT_CODE, filled_dossier, make_applicant, make_order, make_staff
from tests.orders.ready_order import started_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant():
    return make_applicant()


def save(applicant, order, edits, *, version=None):
    return save_draft(applicant.actor, order.pk, version=version or order.version, edits=edits)


@pytest.mark.usefixtures("idle_orders_expire")
def test_start_opens_a_numbered_draft_with_its_fixed_answers(applicant):
    order = start_first_filing(applicant.actor, province="33", nature="enterprise")

    order.refresh_from_db()
    assert order.number == f"BA{clock.today():%Y%m%d}-0001"
    assert (order.state, order.version, order.round) == (OrderState.DRAFT, 1, 0)
    assert (order.province, order.dossier.subject.nature) == ("33", "enterprise")
    assert order.dossier.subject.cert_type == "business_licence"
    assert order.due_at is not None
    assert list(order.events.values_list("name", flat=True)) == ["start"]
    assert order.revisions.get().version == 1


def test_start_asks_for_a_fresh_list_of_resources(applicant):
    start_first_filing(applicant.actor, province="33", nature="enterprise")

    applicant.account.refresh_from_db()
    assert applicant.account.inventory_requested_at is not None


def test_numbers_of_a_day_follow_each_other(applicant):
    other = make_applicant(phone="13800000035", account_name="样例商贸")

    numbers = [started_order(applicant).number, started_order(other).number]

    assert [number[-4:] for number in numbers] == ["0001", "0002"]


def test_start_beside_a_running_order_is_refused(applicant):
    started_order(applicant)

    with pytest.raises(Refused) as refusal:
        started_order(applicant)

    assert refusal.value.code == "may_start"
    assert FilingOrder.objects.count() == 1


def test_start_without_real_name_status_is_refused():
    unverified = make_applicant(is_verified=False)

    with pytest.raises(Refused) as refusal:
        started_order(unverified)

    assert refusal.value.reason == "请先完成账号实名认证。"


@pytest.mark.parametrize(
    ("province", "nature", "code"),
    [("99", "enterprise", "province"), ("33", "overseas_body", "nature")],
)
def test_start_outside_what_is_offered_is_refused(applicant, province, nature, code):
    with pytest.raises(Refused) as refusal:
        start_first_filing(applicant.actor, province=province, nature=nature)

    assert refusal.value.code == code


def test_save_stores_the_edit_and_raises_the_version(applicant):
    order = started_order(applicant)

    saved = save(applicant, order, {"subject.name": "示例科技（杭州）有限公司"})

    order = FilingOrder.objects.get()
    assert saved.changed_paths == ("subject.name",)
    assert (order.version, order.state) == (2, OrderState.DRAFT)
    assert order.dossier.subject.name == order.subject_name == "示例科技（杭州）有限公司"
    assert order.revisions.first().read() == order.dossier


def test_save_without_a_change_writes_nothing(applicant):
    order = started_order(applicant)

    save(applicant, order, {"subject.name": ""})

    assert FilingOrder.objects.get().version == 1


@pytest.mark.usefixtures("idle_orders_expire")
def test_save_begins_the_days_of_silence_again(applicant, monkeypatch):
    order = started_order(applicant)
    later = clock.now() + timedelta(days=10)
    monkeypatch.setattr(clock, "now", lambda: later)

    save(applicant, order, {"subject.name": "甲"})

    expiry = Deadline.objects.get(object_id=order.pk, kind="idle_expiry", cancelled_at=None)
    assert expiry.due_at == FilingOrder.objects.get().due_at == later + timedelta(days=45)


def test_stale_page_is_merged_where_paths_do_not_overlap(applicant):
    order = started_order(applicant)
    save(applicant, order, {"subject.name": "甲"})

    saved = save(applicant, order, {"services[0].name": "官网", "subject.name": ""}, version=1)

    dossier = FilingOrder.objects.get().dossier
    assert saved.conflicts == ()
    assert (dossier.subject.name, dossier.services[0].name) == ("甲", "官网")


def test_stale_page_shows_both_values_where_paths_overlap(applicant):
    order = started_order(applicant)
    save(applicant, order, {"subject.name": "甲"})

    saved = save(applicant, order, {"subject.name": "乙", "services[0].name": "官网"}, version=1)

    dossier = FilingOrder.objects.get().dossier
    assert saved.conflicts == (Conflict("subject.name", "", "乙", "甲"),)
    assert (dossier.subject.name, dossier.services[0].name) == ("甲", "官网")


def test_page_made_before_a_transition_is_merged_against_the_same_text(applicant):
    order = make_order(applicant)
    FilingOrder.objects.filter(pk=order.pk).update(version=7)

    saved = save(applicant, order, {"services[0].name": "示例官网"}, version=7)

    assert saved.changed_paths == ("services[0].name",)
    assert saved.order.version == 8


@pytest.mark.parametrize("version", [0, 99])
def test_page_of_an_unknown_version_is_refused(applicant, version):
    order = started_order(applicant)
    save(applicant, order, {"subject.name": "甲"})

    with pytest.raises(Stale):
        save_draft(applicant.actor, order.pk, version=version, edits={"subject.name": "乙"})

    assert FilingOrder.objects.get().dossier.subject.name == "甲"


def test_old_revisions_are_pruned(applicant):
    order = started_order(applicant)

    for number in range(KEPT_REVISIONS + 5):
        order = save(applicant, order, {"subject.remarks": str(number)}).order

    versions = list(order.revisions.values_list("version", flat=True))
    assert len(versions) == KEPT_REVISIONS
    assert max(versions) == order.version


def test_another_account_cannot_save(applicant):
    order = started_order(applicant)
    stranger = make_applicant(phone="13800000035", account_name="样例商贸")

    with pytest.raises(Refused) as refusal:
        save(stranger, order, {"subject.name": "乙"})

    assert refusal.value.code == "actor"


def test_staff_cannot_save(applicant):
    order = started_order(applicant)

    with pytest.raises(Refused):
        save(make_staff("reviewer"), order, {"subject.name": "乙"})


@pytest.mark.parametrize("path", ["subject.province", "subject.nature"])
def test_answers_fixed_at_the_start_are_closed(applicant, path):
    order = started_order(applicant)

    with pytest.raises(Refused) as refusal:
        save(applicant, order, {path: "44"})

    assert refusal.value.code == "closed"


OPEN = {
    OrderState.DRAFT,
    OrderState.INITIAL_REJECTED,
    OrderState.RETURNED_BY_MIIT,
    OrderState.BUREAU_REJECTED,
}


@pytest.mark.parametrize("state", OrderState)
def test_draft_can_be_changed_exactly_where_the_table_says(applicant, state):
    order = make_order(applicant, state=state)

    if state in OPEN:
        assert save(applicant, order, {"services[0].name": "新名称"}).changed_paths
        return
    with pytest.raises(Refused) as refusal:
        save(applicant, order, {"services[0].name": "新名称"})
    assert refusal.value.code == "closed"


def test_supplement_opens_the_named_field_and_what_belongs_to_its_question(applicant):
    order = make_order(
        applicant,
        state=OrderState.NEEDS_SUPPLEMENT,
        open_paths=["subject.principal.valid_to", "services[0].name"],
    )

    saved = save(
        applicant, order, {"subject.principal.long_term": True, "services[0].name": "新名称"}
    )

    assert saved.changed_paths == ("subject.principal.long_term", "services[0].name")
    with pytest.raises(Refused) as refusal:
        save(applicant, saved.order, {"services[0].remarks": "别的"})
    assert refusal.value.reason == "审核员没有要求修改此项，现在不能更改。"


def test_question_that_lacks_its_answer_is_open_during_a_supplement(applicant):
    head = "services[0].principal.is_legal_representative"
    dossier = filled_dossier(
        **{
            "subject.principal.is_legal_representative": False,
            "services[0].principal.same_as_subject_principal": False,
        }
    )
    order = make_order(
        applicant,
        dossier=dossier,
        state=OrderState.NEEDS_SUPPLEMENT,
        open_paths=["services[0].name"],
    )

    assert save(applicant, order, {head: False}).changed_paths == (head,)


def test_certificate_is_closed_once_submitted_unless_a_reviewer_named_it(applicant):
    order = make_order(applicant, state=OrderState.INITIAL_REJECTED)
    edit = {"subject.cert_number": "91330102MA0000002D"}

    with pytest.raises(Refused) as refusal:
        save(applicant, order, edit)
    assert refusal.value.code == "closed"

    reviewer = make_staff("reviewer")
    order.comments.create(
        round=1,
        path="subject.cert_number",
        severity="must_fix",
        reason_code="R-OTHER",
        text="号码与营业执照不一致",
        author=reviewer.user,
        created_at=clock.now(),
        sent_at=clock.now(),
    )
    assert save(applicant, order, edit).changed_paths == ("subject.cert_number",)


def test_certificate_of_another_running_order_is_refused(applicant):
    other = make_applicant(phone="13800000035", account_name="样例商贸")
    save(other, started_order(other), {"subject.cert_number": CREDIT_CODE})
    order = started_order(applicant)

    with pytest.raises(Refused) as refusal:
        save(applicant, order, {"subject.cert_number": CREDIT_CODE, "subject.name": "甲"})

    assert (refusal.value.code, refusal.value.reason) == (
        "certificate",
        "此证件存在进行中的订单。",
    )
    assert FilingOrder.objects.get(pk=order.pk).dossier.subject.name == ""


def test_certificate_of_a_finished_order_is_free_again(applicant):
    other = make_applicant(phone="13800000035", account_name="样例商贸")
    given_up = save(other, started_order(other), {"subject.cert_number": CREDIT_CODE}).order
    workflow.apply(given_up.pk, "abandon", other.actor)
    order = started_order(applicant)

    saved = save(applicant, order, {"subject.cert_number": CREDIT_CODE})

    assert saved.changed_paths == ("subject.cert_number",)


def test_draft_is_not_readable_in_the_database(applicant):
    order = started_order(applicant)

    save(applicant, order, {"subject.principal.mobile": "13800000034"})

    row = FilingOrder.objects.filter(pk=order.pk).values_list("dossier_sealed").get()[0]
    assert b"13800000034" not in bytes(row)
    assert Resource.objects.count() == 0
