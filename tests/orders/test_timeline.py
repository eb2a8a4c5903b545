"""History and progress in the applicant's words."""

import pytest

from beian.actors import BUREAU, MINISTRY, SYSTEM
from orders import workflow
from orders.dossier import flatten
from orders.enums import OrderState
from orders.field_labels import LABELS, label_of, page_of, pattern_of
from orders.field_values import value_text
from orders.filings.progress import stages_of
from orders.filings.timeline import NOTES, entries_of, items_of, opinion_of
from orders.models import OrderEvent
from orders.transitions import TRANSITIONS
from tests.builders import filled_dossier, make_applicant, make_order, make_staff
from tests.orders.builders_filings import make_comment

pytestmark = pytest.mark.django_db


def add_event(order, name, actor, to_state, **columns) -> None:
    OrderEvent.objects.create(
        order=order,
        sequence=order.events.count() + 1,
        at=order.created_at,
        name=name,
        from_state=order.state,
        to_state=to_state,
        round=order.round,
        actor_kind=actor.kind,
        actor_label=actor.label,
        **columns,
    )


def test_history_is_told_newest_first_with_actor_time_and_round():
    applicant = make_applicant()
    order = make_order(applicant, state=OrderState.INITIAL_REVIEW)

    items = items_of(entries_of(order))

    assert [item.title for item in items] == ["提交备案", "建立订单"]
    assert items[0].lines[0] == "示例科技"
    assert items[0].lines[1].endswith('<span class="dot"></span> 第 1 轮')


@pytest.mark.parametrize(
    ("actor", "name"), [(SYSTEM, "系统"), (MINISTRY, "工信部"), (BUREAU, "管局")]
)
def test_history_names_the_authorities(actor, name):
    order = make_order(make_applicant(), state=OrderState.SMS_VERIFICATION)
    add_event(order, "sms_reminder", actor, order.state)

    assert entries_of(order)[-1].actor == name


def test_refusals_are_marked_and_keep_their_opinion():
    applicant, reviewer = make_applicant(), make_staff("reviewer")
    order = make_order(applicant, state=OrderState.INITIAL_REVIEW, reviewer=reviewer.user)
    make_comment(order, is_sent=False)

    rejected = workflow.apply(order.pk, "reject", reviewer.actor, opinion="请看各条意见。")

    entries = entries_of(rejected)
    assert (entries[-1].kind, entries[-1].title) == ("refusal", "初审驳回")
    assert opinion_of(rejected, entries) == "请看各条意见。"


def test_opinion_of_an_earlier_round_is_not_repeated():
    order = make_order(make_applicant(), state=OrderState.INITIAL_REVIEW)
    add_event(order, "reject", SYSTEM, OrderState.INITIAL_REJECTED, opinion="旧的说明")
    add_event(order, "submit_again", SYSTEM, OrderState.INITIAL_REVIEW)

    assert opinion_of(order, entries_of(order)) == ""


def test_every_transition_and_note_has_words_for_the_applicant():
    order = make_order(make_applicant())
    for name in [transition.name for transition in TRANSITIONS] + list(NOTES):
        add_event(order, name, SYSTEM, order.state)

    assert "系统记录" not in [entry.title for entry in entries_of(order)]


@pytest.mark.parametrize(
    ("state", "current"),
    [
        (OrderState.DRAFT, "填写资料"),
        (OrderState.INITIAL_REVIEW, "接入商初审"),
        (OrderState.NEEDS_SUPPLEMENT, "接入商初审"),
        (OrderState.PENDING_BUREAU_SUBMISSION, "提交管局"),
        (OrderState.SMS_VERIFICATION, "短信核验"),
        (OrderState.RETURNED_BY_MIIT, "短信核验"),
        (OrderState.BUREAU_REVIEW, "管局审核"),
        (OrderState.BUREAU_REJECTED, "管局审核"),
    ],
)
def test_progress_marks_the_present_stage(state, current):
    order = make_order(make_applicant(), state=state)

    stages = stages_of(order, entries_of(order))

    assert [stage.label for stage in stages if stage.status == "current"] == [current]
    before = [stage.status for stage in stages[: [s.label for s in stages].index(current)]]
    assert before == ["done"] * len(before)


def test_progress_of_a_filed_order_is_complete():
    order = make_order(make_applicant(), state=OrderState.FILED)

    assert {stage.status for stage in stages_of(order, entries_of(order))} == {"done"}


@pytest.mark.parametrize("state", [OrderState.ABANDONED, OrderState.EXPIRED])
def test_order_that_ended_without_a_number_has_no_progress(state):
    order = make_order(make_applicant(), state=state)

    assert stages_of(order, entries_of(order)) == []


def test_every_path_of_a_dossier_has_a_name_and_a_page():
    paths = [*flatten(filled_dossier()), "materials.subject_doc_image"]

    assert [
        path
        for path in paths
        if not label_of(path, "enterprise") or not page_of(path, "enterprise").key
    ] == []
    assert {pattern_of(path) for path in flatten(filled_dossier())} <= set(LABELS)


@pytest.mark.parametrize(
    ("path", "value", "shown"),
    [
        ("subject.principal.mobile", "13800000034", "138******34"),
        ("subject.principal.email", "lin@example.com", "l***@example.com"),
        ("subject.principal.cert_number", "330102198501010014", "3****************4"),
        ("subject.cert_number", "91330102MA0000001C", "91330102MA0000001C"),
        ("subject.nature", "enterprise", "企业"),
        ("subject.province", "33", "浙江省"),
        ("services[0].pre_approvals", ["none"], "以上都不涉及"),
        ("subject.principal.is_legal_representative", True, "是"),
        ("materials.subject_doc_image", ["a", "b"], "2 个文件"),
        ("services[0].remarks", "", ""),
    ],
)
def test_values_are_shown_by_name_and_masked(path, value, shown):
    assert value_text(path, value, "enterprise") == shown
