"""Resources: which ones may be chosen and why not; slots are held, freed and used up."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from beian import clock
from beian.actors import SYSTEM
from beian.enums import ResourceUseState
from beian.models import ResourceUse
from beian.site_settings import overrides
from orders import workflow
from orders.enums import OrderState
from orders.resources import choices_of, consume, hold, refusal_of_chosen, release
from orders.workflow import Refused
from tests.builders import filled_dossier, make_applicant, make_order, make_resource
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant():
    return make_applicant()


def order_on(applicant, resource, **columns):
    return make_order(applicant, dossier=filled_dossier(resource), **columns)


def uses() -> list[str]:
    return list(ResourceUse.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, ""),
        ({"kind": "application_server"}, ""),
        ({"is_mainland": False}, "位于中国大陆以外，不能用于备案，请选择中国大陆节点的资源。"),
        ({"is_prepaid": False}, "按需计费的资源不能用于备案，请改为包年包月。"),
        ({"months_total": 2}, "购买时长（含续费）不足 3 个月，请续费后更新列表。"),
        ({"months_total": 3}, ""),
        (
            {"kind": "dedicated_cloud", "months_total": 11},
            "购买时长（含续费）不足 12 个月，请续费后更新列表。",
        ),
        ({"public_ips": []}, "没有绑定公网 IP，请绑定弹性公网 IP 后更新列表。"),
        ({"turned_into_codes": True}, "已生成备案授权码，只能通过授权码使用。"),
        ({"known_use_count": 4}, ""),
        (
            {"known_use_count": 5},
            "用于备案的资源已达最大使用次数（5 次），请选择其他资源。",
        ),
        (
            {"kind": "enterprise_portal", "known_use_count": 3},
            "用于备案的资源已达最大使用次数（3 次），请选择其他资源。",
        ),
        (
            {"kind": "elastic_ip"},
            "单独的弹性公网 IP 不能用于备案，请选择绑定它的服务器。",
        ),
        ({"kind": "toaster"}, "此类产品不能用于备案，请选择中国大陆的云服务器。"),
    ],
)
def test_resource_is_offered_or_refused_with_its_reason(applicant, changes, reason):
    resource = make_resource(applicant.account, **changes)

    (choice,) = choices_of(order_on(applicant, resource))

    assert (choice.reason, choice.is_eligible) == (reason, not reason)


@pytest.mark.parametrize(("days", "is_eligible"), [(0, True), (-1, False)])
def test_resource_counts_until_the_end_of_its_last_day(applicant, days, is_eligible):
    end = clock.today() + timedelta(days=days)
    resource = make_resource(applicant.account, expires_on=end)

    (choice,) = choices_of(order_on(applicant, resource))

    assert choice.is_eligible is is_eligible


def test_eligible_resources_come_first(applicant):
    make_resource(applicant.account, name="甲", is_prepaid=False)
    chosen = make_resource(applicant.account, name="乙")

    names = [choice.resource.name for choice in choices_of(order_on(applicant, chosen))]

    assert names == ["乙", "甲"]


@pytest.mark.parametrize("count", [1, 3])
def test_choices_cost_one_query(applicant, count, django_assert_num_queries):
    for _number in range(count):
        resource = make_resource(applicant.account)
    order = order_on(applicant, resource)
    overrides()

    with django_assert_num_queries(1):
        assert len(choices_of(order)) == count


def test_resource_of_another_account_is_not_this_accounts(applicant):
    other = make_applicant(phone="13800000035", account_name="样例商贸")
    order = order_on(applicant, make_resource(other.account))

    assert refusal_of_chosen(order) == "所选的备案资源已不在本账号中，请重新选择。"


def test_draft_without_a_resource_is_told_to_choose(applicant):
    assert refusal_of_chosen(make_order(applicant)) == "请先选择备案资源。"


def test_hold_takes_one_slot_however_often_it_is_called(applicant):
    order = order_on(applicant, make_resource(applicant.account))

    hold(order)
    hold(order)

    assert uses() == [ResourceUseState.HELD]
    assert choices_of(order)[0].used == 0


def test_hold_of_another_resource_frees_the_first(applicant):
    first, second = make_resource(applicant.account), make_resource(applicant.account)
    order = order_on(applicant, first)
    hold(order)

    order.put_dossier(filled_dossier(second))
    hold(order)

    states = dict(ResourceUse.objects.values_list("resource_id", "state"))
    assert states == {first.pk: ResourceUseState.RELEASED, second.pk: ResourceUseState.HELD}


def test_released_slot_is_free_for_another_order(applicant):
    resource = make_resource(applicant.account, known_use_count=4)
    order = order_on(applicant, resource)
    hold(order)
    later = order_on(applicant, resource, state=OrderState.ABANDONED)
    assert not choices_of(later)[0].is_eligible

    release(order)

    assert choices_of(later)[0].is_eligible


def test_consumed_slot_is_never_given_back(applicant):
    order = order_on(applicant, make_resource(applicant.account))
    hold(order)

    consume(order)
    release(order)

    assert uses() == [ResourceUseState.CONSUMED]


def test_abandoning_frees_the_slot(applicant):
    resource = make_resource(applicant.account)
    order = order_on(applicant, resource, state=OrderState.INITIAL_REJECTED)
    hold(order)

    workflow.apply(order.pk, "abandon", applicant.actor)

    assert uses() == [ResourceUseState.RELEASED]


def test_expiry_frees_the_slot(applicant):
    order = order_on(applicant, make_resource(applicant.account), state=OrderState.BUREAU_REJECTED)
    hold(order)

    workflow.apply(order.pk, "expire", SYSTEM)

    assert uses() == [ResourceUseState.RELEASED]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_last_slot_goes_to_one_of_many_orders():
    first = make_applicant()
    resource = make_resource(first.account, known_use_count=4)
    orders = []
    for number in range(10):
        # One account has one open order, so the others are over; hold looks at the slot alone.
        state = OrderState.DRAFT if not number else OrderState.ABANDONED
        orders.append(order_on(first, resource, state=state))

    answers = race([partial(transaction.atomic(hold), order) for order in orders])

    assert answers.count(None) == 1
    assert all(isinstance(answer, Refused) for answer in answers if answer is not None)
    assert uses() == [ResourceUseState.HELD]
