"""What is shown for checking: enough to recognise one's own answers, persons' numbers masked."""

import pytest
from django.utils import translation

from orders.apply.summary import Summary
from orders.dossier import SubjectPart
from orders.dossier.diff import Change
from orders.field_labels import label_of
from orders.field_values import diff_row
from orders.materials import PRINCIPAL_BACK
from tests.builders import CREDIT_CODE
from tests.orders.ready_order import ready_order, ready_personal_order, started_order

pytestmark = pytest.mark.django_db


def shown(order):
    rows = [row for section in Summary(order).sections() for row in section.rows]
    return {row.label: row for row in rows}


def test_number_of_a_company_is_shown_in_full():
    number = shown(ready_order())["主办单位证件号码"]

    assert number.value.endswith(CREDIT_CODE)


def test_number_of_a_sole_trader_is_masked():
    order = ready_order(**{"subject.cert_number": "92330102MA27WXYZ1A"})

    assert shown(order)["主办单位证件号码"].value.endswith("9****************A")


def test_number_of_a_sole_trader_is_masked_where_it_changed_as_well():
    change = Change("subject.cert_number", CREDIT_CODE, "92330102MA27WXYZ1A")

    row = diff_row(change, SubjectPart(nature="enterprise"))

    assert (row.before, row.after) == (CREDIT_CODE, "9****************A")


def test_home_of_an_individual_is_shown_as_far_as_the_county():
    rows = shown(ready_personal_order())

    assert rows["证件上的住址"].value == "浙江省杭州市西湖区***"
    assert rows["通讯地址"].value == "浙江省杭州市西湖区***"


def test_validity_is_told_without_the_day_of_the_week():
    assert shown(ready_order())["证件号码"].note == "有效期至 2041年11月1日"


def test_missing_picture_is_uploaded_from_here():
    order = started_order()
    row = shown(order)[label_of(f"materials.{PRINCIPAL_BACK}", order.nature)]

    assert (row.value, row.action) == ("待上传", "上传")


def test_region_of_a_resource_is_its_id_in_english():
    order = ready_order()

    assert shown(order)["备案资源"].note == "华东（杭州）"
    with translation.override("en"):
        assert shown(order)["Resource"].note == "cn-east"
