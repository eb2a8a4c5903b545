"""The submitter's list: four eyes, what became of the records, sending again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from beian import clock
from beian.enums import StaffRoleName as Role
from orders.enums import HandoverState, OrderState, RecordType
from orders.models import BureauRecord, FilingOrder
from tests.builders import (
    client_of,
    filled_dossier,
    make_applicant,
    make_order,
    make_resource,
    make_staff,
    post,
)
from tests.statements import asked, recorded

pytestmark = pytest.mark.django_db

# Session, user, roles, the numbers of the rail, own accounts, orders with their records, records,
# how many there are of both.
QUERIES = 9


def pending_order(number: int = 0, **columns) -> FilingOrder:
    applicant = make_applicant(phone=f"138000001{number:02d}", account_name=f"示例{number}")
    resource = make_resource(applicant.account)
    dossier = filled_dossier(resource, **{"subject.cert_number": f"91330102MA00000{number:02d}C"})
    return make_order(
        applicant,
        state=OrderState.PENDING_BUREAU_SUBMISSION,
        dossier=dossier,
        due_at=clock.now() + timedelta(days=1),
        **columns,
    )


def make_record(order: FilingOrder, state: HandoverState, text: str = "") -> BureauRecord:
    record = BureauRecord(
        order=order,
        submission=order.submissions.get(),
        record_type=RecordType.FIRST_FILING,
        state=state,
        created_at=clock.now(),
        answer_text=text,
    )
    record.put("{}")
    record.save()
    return record


@pytest.fixture
def submitter():
    return make_staff(Role.BUREAU_SUBMITTER, name="submitter-1")


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_number_of_questions_for_one_row_and_three(count, submitter):
    for number in range(count):
        make_record(pending_order(number), HandoverState.REFUSED)
    client = client_of(submitter.user)

    assert asked(client, reverse("orders:handover")) == QUERIES
    response = client.get(reverse("orders:handover"))
    assert len(response.context["pending"]) == len(response.context["records"]) == count


def test_both_lists_are_turned_apart_and_lose_no_row(submitter, change_setting):
    change_setting("lists.rows_per_page", 2)
    orders = [pending_order(number) for number in range(3)]
    # Equal times: the id decides, so that no row is skipped or shown twice.
    FilingOrder.objects.update(due_at=clock.now())
    records = [make_record(order, HandoverState.REFUSED) for order in orders]
    client = client_of(submitter.user)

    first = client.get(reverse("orders:handover"))
    turned = client.get(reverse("orders:handover") + first.context["records_pager"]["older"])
    both = client.get(reverse("orders:handover") + turned.context["pending_pager"]["older"])
    back = client.get(reverse("orders:handover") + both.context["records_pager"]["newer"])

    latest = [record.pk for record in reversed(records)]
    seen = [[line.record.pk for line in page.context["records"]] for page in (first, both, back)]
    assert seen == [latest[:2], latest[2:], latest[:2]]
    ordered = sorted(order.pk for order in orders)
    seen = [[line.order.pk for line in page.context["pending"]] for page in (turned, both, back)]
    assert seen == [ordered[:2], ordered[2:], ordered[2:]]
    assert back.context["records_pager"]["newer"] == ""
    assert "本页 2 条，共 3 条" in first.content.decode()


def test_list_asks_for_no_sealed_content(submitter):
    make_record(pending_order(), HandoverState.REFUSED)
    client = client_of(submitter.user)

    with recorded() as statements:
        client.get(reverse("orders:handover"))

    assert not [sql for sql, _values in statements.run if "dossier_sealed" in sql]
    assert not [sql for sql, _values in statements.run if "content_sealed" in sql]


def test_own_review_is_shown_with_the_reason_and_cannot_be_selected():
    both = make_staff(Role.REVIEWER, Role.BUREAU_SUBMITTER)
    order = pending_order(last_reviewer=both.user)

    page = client_of(both.user).get(reverse("orders:handover")).content.decode()

    assert "您初审了这个订单，须由另一位同事提交管局。" in page
    assert reverse("orders:handover-act", args=[order.pk]) not in page


def test_own_review_cannot_be_posted_either():
    both = make_staff(Role.REVIEWER, Role.BUREAU_SUBMITTER)
    order = pending_order(last_reviewer=both.user)

    url = reverse("orders:handover-act", args=[order.pk])
    post(client_of(both.user), url, {"version": order.version})

    assert BureauRecord.objects.count() == 0


def test_another_person_hands_the_order_over_and_its_state_waits_for_the_bureau(submitter):
    order = pending_order(last_reviewer=make_staff(Role.REVIEWER).user)

    url = reverse("orders:handover-act", args=[order.pk])
    post(client_of(submitter.user), url, {"version": order.version})

    record = BureauRecord.objects.get()
    order.refresh_from_db()
    assert (record.state, record.handed_over_by) == (HandoverState.QUEUED, submitter.user)
    assert order.state == OrderState.PENDING_BUREAU_SUBMISSION


def test_order_on_its_way_cannot_be_handed_over_again(submitter):
    order = pending_order()
    make_record(order, HandoverState.SENT)
    client = client_of(submitter.user)

    page = client.get(reverse("orders:handover")).content.decode()
    post(client, reverse("orders:handover-act", args=[order.pk]), {"version": order.version})

    assert "这个订单已在提交中。" in page
    assert BureauRecord.objects.count() == 1


def test_refused_record_shows_the_bureaus_words_and_can_be_sent_again(submitter):
    order = pending_order()
    make_record(order, HandoverState.REFUSED, "证件号码与登记信息不符")
    client = client_of(submitter.user)
    url = reverse("orders:handover-act", args=[order.pk])

    page = client.get(reverse("orders:handover")).content.decode()
    check = client.get(url).content.decode()
    post(client, url, {"version": order.version})

    assert "管局系统拒收：证件号码与登记信息不符" in page
    assert "证件号码与登记信息不符" in check
    states = list(BureauRecord.objects.values_list("state", flat=True))
    assert sorted(states) == [HandoverState.QUEUED, HandoverState.REFUSED]


def test_check_page_shows_what_is_sent_masked(submitter):
    order = pending_order()

    page = client_of(submitter.user).get(reverse("orders:handover-act", args=[order.pk]))

    assert "示例科技官网" in page.content.decode()
    assert "138******34" in page.content.decode()


def test_reviewer_sees_the_list_but_not_the_check_page():
    order = pending_order()
    client = client_of(make_staff(Role.REVIEWER).user)

    assert client.get(reverse("orders:handover")).status_code == 200
    assert client.get(reverse("orders:handover-act", args=[order.pk])).status_code == 403


@pytest.mark.parametrize("state", HandoverState)
def test_every_state_of_a_record_has_a_line(state, submitter):
    make_record(pending_order(), state)

    response = client_of(submitter.user).get(reverse("orders:handover"))

    (line,) = response.context["records"]
    assert line.label == state.label
