"""The table of cases, which is drawn without a template: escaping and labels are its own."""

import re

import pytest
from django.urls import reverse

from beian.enums import StaffRoleName as Role
from orders.models import FilingOrder
from tests.builders import client_of, make_staff
from tests.orders.test_queue import waiting_order

pytestmark = pytest.mark.django_db

MARKUP = """<b title='a'>"&"""
ESCAPED = "&lt;b title=&#x27;a&#x27;&gt;&quot;&amp;"
CELL = re.compile(r'<td data-label="([^"]+)"[^>]*>(.*?)</td>', re.DOTALL)


def shown_queue() -> str:
    client = client_of(make_staff(Role.REVIEWER).user)
    return client.get(reverse("orders:queue")).content.decode()


def test_what_an_applicant_entered_is_text_and_no_markup():
    waiting_order(1)
    FilingOrder.objects.update(subject_name=MARKUP, domain=MARKUP)

    page = shown_queue()

    cells = dict(CELL.findall(page))
    assert (cells["主办者"], cells["域名"]) == (ESCAPED, ESCAPED)
    assert MARKUP not in page


def test_name_of_the_colleague_who_has_the_case_is_text_as_well():
    colleague = make_staff(Role.REVIEWER, name="reviewer-2").user
    colleague.staff_name = MARKUP
    colleague.save()
    waiting_order(1, reviewer=colleague)

    assert dict(CELL.findall(shown_queue()))["审核员"] == ESCAPED


def test_cell_says_its_column_where_rows_are_cards():
    waiting_order(1)

    page = shown_queue()

    heads = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', page)
    assert [label for label, _cell in CELL.findall(page)] == [
        head for head in heads if head != "订单号"
    ]
