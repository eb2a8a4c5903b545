"""Orders the ministry returned, and resubmitting them unchanged from the desk."""

from datetime import timedelta

import pytest
from django.urls import reverse

from beian import clock
from beian.enums import StaffRoleName as Role
from beian.models import Membership, Notice
from orders.dossier import set_value
from orders.enums import OrderState, ReturnReason
from orders.models import DraftRevision, FilingOrder
from tests.builders import (
    client_of,
    filled_dossier,
    make_applicant,
    make_order,
    make_resource,
    make_staff,
)
from tests.orders.desk_stage import NAME_PATH, Desk, flash

pytestmark = pytest.mark.django_db

# Session, user, roles, the numbers of the rail, own accounts, orders, how many there are.
QUERIES = 7


@pytest.fixture
def submitter():
    return make_staff(Role.BUREAU_SUBMITTER, name="submitter-1")


def returned_order(number: int = 0) -> FilingOrder:
    applicant = make_applicant(phone=f"138000001{number:02d}", account_name=f"示例{number}")
    resource = make_resource(applicant.account)
    dossier = filled_dossier(resource, **{"subject.cert_number": f"91330102MA00000{number:02d}C"})
    order = make_order(applicant, state=OrderState.RETURNED_BY_MIIT, dossier=dossier)
    order.state_entered_at = clock.now() + timedelta(seconds=number)
    order.save()
    return order


def edit(order: FilingOrder) -> None:
    """The applicant saves another name after the return."""
    set_value(order.dossier, NAME_PATH, "示例科技知识库")
    order.put_dossier(order.dossier)
    order.save()
    later = order.state_entered_at + timedelta(seconds=1)
    revision = DraftRevision(order=order, version=order.version + 1, created_at=later)
    revision.put(order.dossier)
    revision.save()


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_number_of_questions_for_one_row_and_three(
    count, submitter, django_assert_num_queries
):
    for number in range(count):
        returned_order(number)
    client = client_of(submitter.user)
    client.get(reverse("orders:returned"))

    with django_assert_num_queries(QUERIES):
        response = client.get(reverse("orders:returned"))

    assert len(response.context["lines"]) == count


def test_pages_visit_every_order_once_and_come_back(submitter, change_setting):
    change_setting("lists.rows_per_page", 2)
    orders = [returned_order(number) for number in range(3)]
    client = client_of(submitter.user)

    first = client.get(reverse("orders:returned"))
    second = client.get(reverse("orders:returned") + first.context["pager"]["older"])
    back = client.get(reverse("orders:returned") + second.context["pager"]["newer"])

    seen = [[line.order for line in page.context["lines"]] for page in (first, second, back)]
    assert seen == [orders[:2], orders[2:], orders[:2]]
    assert second.context["pager"]["older"] == back.context["pager"]["newer"] == ""


def test_page_whose_orders_have_gone_shows_the_first(submitter, change_setting):
    change_setting("lists.rows_per_page", 1)
    orders = [returned_order(number) for number in range(2)]
    client = client_of(submitter.user)
    url = reverse("orders:returned")
    url += client.get(url).context["pager"]["older"]
    gone = FilingOrder.objects.filter(pk=orders[1].pk)
    gone.update(state=OrderState.PENDING_BUREAU_SUBMISSION, return_reason="")

    page = client.get(url)

    assert [line.order for line in page.context["lines"]] == orders[:1]
    assert page.context["pager"]["newer"] == ""


def test_list_says_why_since_when_and_whether_something_was_saved(submitter):
    order = returned_order(0)
    changed = returned_order(1)
    changed.return_reason = ReturnReason.DOMAIN_CHECK
    edit(changed)
    make_order(make_applicant(phone="13800000200"), state=OrderState.FILED)

    response = client_of(submitter.user).get(reverse("orders:returned"))

    lines = response.context["lines"]
    assert [(line.order, line.was_saved) for line in lines] == [(order, False), (changed, True)]
    page = response.content.decode()
    assert "短信核验未在期限内完成" in page
    assert "域名核验未通过" in page
    assert "申请人保存过，须核对" in page


@pytest.mark.parametrize("role", [Role.BUREAU_SUBMITTER, Role.REVIEWER])
def test_unchanged_order_goes_back_to_the_hand_over(role):
    order = returned_order()
    desk = Desk(make_staff(role, name="staff-1"), order)

    page = desk.client.get(desk.url("case-act", "resubmit_unchanged"))
    response = desk.act("resubmit_unchanged")

    order.refresh_from_db()
    assert "旧验证码作废" in page.content.decode()
    assert response.url == reverse("orders:returned")
    assert (order.state, order.return_reason, order.round) == (
        OrderState.PENDING_BUREAU_SUBMISSION,
        "",
        1,
    )
    assert Notice.objects.filter(order_id=order.pk, template="resubmitted_unchanged").exists()


def test_changed_order_is_refused_with_the_reason(submitter):
    order = returned_order()
    edit(order)
    desk = Desk(submitter, order)
    client = desk.client

    page = client.get(desk.url("case-act", "resubmit_unchanged")).content.decode()
    response = desk.act("resubmit_unchanged", client)

    assert "资料已经修改过，请重新提交初审。" in page
    assert flash(client, response.url) == ["资料已经修改过，请重新提交初审。"]
    order.refresh_from_db()
    assert order.state == OrderState.RETURNED_BY_MIIT


def test_own_accounts_order_is_shown_and_cannot_be_resubmitted(submitter):
    order = returned_order()
    Membership.objects.create(account=order.account, user=submitter.user, role="none")
    desk = Desk(submitter, order)
    client = desk.client

    page = client.get(reverse("orders:returned")).content.decode()
    desk.act("resubmit_unchanged", client)

    assert "本人账号的订单，请由其他同事处理。" in page
    order.refresh_from_db()
    assert order.state == OrderState.RETURNED_BY_MIIT
