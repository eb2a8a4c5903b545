"""Risk classes: which orders have them, who passes them, how the desk sees them."""

import pytest

from beian.enums import StaffRoleName as Role
from orders import risk, workflow
from orders.actions.review import take_next
from orders.actions.submit import submit_order
from orders.agreements import REQUIRED
from orders.desk import review_queue
from orders.desk.review_queue import Filters
from orders.enums import OrderState
from orders.models import FilingOrder
from orders.workflow import Refused
from tests.builders import client_of, filled_dossier, make_applicant, make_staff
from tests.checklist import tick_everything
from tests.life import make_ready_order
from tests.orders.desk_stage import make_desk

pytestmark = pytest.mark.django_db


def keys_of(rejections: int = 0, **changes) -> list[str]:
    dossier = filled_dossier(**changes)
    return [key for key, each in risk.risk_classes().items() if each.applies(dossier, rejections)]


@pytest.mark.parametrize(
    ("changes", "keys"),
    [
        ({}, []),
        ({"services[0].name": "示例理财网"}, ["finance"]),
        ({"subject.name": "示例医院"}, ["medical"]),
        ({"services[0].name": "示例基金会"}, []),
        ({"services[0].content_categories": ["online_news"]}, ["news"]),
        ({"services[0].pre_approvals": ["health", "finance"]}, ["finance", "medical"]),
    ],
)
def test_class_follows_from_names_and_choices(changes, keys):
    assert keys_of(**changes) == keys


def test_many_services_are_a_batch():
    dossier = filled_dossier()
    dossier.services = [dossier.services[0].model_copy() for _number in range(11)]

    assert risk.risk_classes()["batch"].applies(dossier, 0)
    dossier.services.pop()
    assert not risk.risk_classes()["batch"].applies(dossier, 0)


def test_second_rejection_counts_and_the_first_does_not():
    assert keys_of(rejections=1) == []
    assert keys_of(rejections=2) == ["repeated_rejection"]


def make_risky(role: Role = Role.REVIEWER):
    """A case under review whose website is called a bank's; the checklist is answered."""
    desk = make_desk(role=role, risk_classes=["finance"], is_high_risk=True)
    tick_everything(desk.reviewer.actor, desk.order.pk)
    return desk


def test_reviewer_cannot_pass_a_risky_order_and_reads_why():
    desk = make_risky()

    with pytest.raises(Refused) as refused:
        workflow.apply(desk.order.pk, "pass_initial_review", desk.reviewer.actor)

    assert refused.value.code == "senior_for_risk"
    page = desk.client.get(desk.url("case")).text
    assert "订单属于高风险类别（金融），须由高级审核员通过" in page
    assert 'class="risk risk--serious"' in page


def test_senior_reviewer_passes_it():
    desk = make_risky(Role.SENIOR_REVIEWER)

    workflow.apply(desk.order.pk, "pass_initial_review", desk.reviewer.actor)

    desk.order.refresh_from_db()
    assert desk.order.state == OrderState.PENDING_BUREAU_SUBMISSION


def test_class_that_the_setting_leaves_out_is_shown_but_stops_nobody(change_setting):
    desk = make_risky()
    change_setting("review.senior_classes", ["news"])

    workflow.apply(desk.order.pk, "pass_initial_review", desk.reviewer.actor)

    assert "金融" in desk.client.get(desk.url("case")).text


def test_next_case_of_a_reviewer_is_one_he_can_pass():
    desk = make_risky()
    workflow.apply(desk.order.pk, "release", desk.reviewer.actor)
    senior = make_staff(Role.SENIOR_REVIEWER, name="senior-1")
    nothing = frozenset()

    assert review_queue.next_case(desk.reviewer.actor, nothing) is None
    assert review_queue.next_case(senior.actor, nothing) == desk.order
    with pytest.raises(Refused):
        take_next(desk.reviewer.actor)
    assert take_next(senior.actor) == desk.order


def test_queue_shows_the_classes_and_filters_by_them():
    desk = make_risky()

    page = client_of(desk.reviewer.user).get("/desk/?risk=high")

    assert [line.risks for line in page.context["lines"]] == [["金融"]]
    assert "需高级审核" in page.text
    FilingOrder.objects.update(is_high_risk=False)
    assert list(review_queue.filtered(Filters(risk="high"), None)) == []


def test_submission_notes_the_classes_of_what_was_submitted(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    applicant = make_applicant()
    order = make_ready_order(applicant, **{"services[0].name": "示例保险箱产品"})
    assert order.risk_classes == []

    order = submit_order(applicant.actor, order.pk, version=order.version, agreed=list(REQUIRED))

    order.refresh_from_db()
    assert (order.risk_classes, order.is_high_risk) == (["finance"], True)
