"""What was objected to in the reviewer's checklist: its item waits for the waiver."""

import re

import pytest
from django.urls import reverse

from orders.checklist.items import all_items
from orders.checklist.objected import waiting_items
from orders.enums import OrderState
from orders.models import ChecklistAnswer, Objection, Submission
from tests.builders import client_of, post
from tests.checklist import tick_everything
from tests.life import Life
from tests.orders.objection_stage import RULE, TWO_DOMAINS, objected, revoke, waive

pytestmark = pytest.mark.django_db

# Rule N17 is about the order's websites as a whole: what has no field of its own is here.
ITEM = "order_type"
WAITS = "有异议，豁免后这一项才能通过"


@pytest.fixture
def life(bureau) -> Life:
    life = Life(bureau, **TWO_DOMAINS)
    objected(life.applicant, life.order)
    life.submit()
    life.take()
    return life


def case_page(life):
    return client_of(life.reviewer.user).get(reverse("orders:case", args=[life.order_id]))


def row_of(life, key: str = ITEM) -> str:
    """The item and what is told below it, as the checklist on the case page has them."""
    return re.search(
        rf'<tr id="item-{key}">.*?(?=<tr id="item-|</tbody>)', case_page(life).text, re.S
    )[0]


def answered(life) -> int:
    return case_page(life).context["panel"].answered


def answer(life, what: str):
    client = client_of(life.reviewer.user)
    url = reverse("orders:checklist", args=[life.order_id])
    return post(client, url, {"version": life.order.version, "answer": what}, follow=True)


def test_item_tells_the_objection_and_leads_to_the_waiver_instead_of_passing(life):
    row = row_of(life)

    waiver = reverse("orders:waive", args=[life.order_id, Objection.objects.get().pk])
    assert WAITS in row
    assert row.count(f'href="{waiver}"') == 1
    assert "申请人的理由" in row
    assert "不豁免，写意见" in row
    assert f'value="pass:{ITEM}"' not in row
    assert 'value="pass:domain"' in row_of(life, "domain")


def test_item_does_not_pass_before_the_waiver_and_passes_after(life):
    page = answer(life, f"pass:{ITEM}")

    assert f"“备案类型和冲突”现在不能通过：请先豁免规则 {RULE}，或选择不通过。" in page.text
    assert not ChecklistAnswer.objects.exists()

    waive(life)
    row = row_of(life)
    assert WAITS not in row
    assert "有异议，已豁免" in row
    assert "撤销豁免" in row
    answer(life, f"pass:{ITEM}")
    assert ChecklistAnswer.objects.get().item == ITEM


def test_item_is_never_confirmed_together_with_others(life):
    for name in ("green", "looked-at"):
        answer(life, f"group:{name}")
    waive(life)
    for name in ("green", "looked-at"):
        answer(life, f"group:{name}")

    assert not ChecklistAnswer.objects.filter(item=ITEM).exists()


def test_pass_of_the_item_counts_no_more_when_the_waiver_is_revoked(life):
    waive(life)
    tick_everything(life.reviewer.actor, life.order_id)
    count = answered(life)

    revoke(life)

    assert answered(life) == count - 1
    assert WAITS in row_of(life)
    assert life.order.state == OrderState.INITIAL_REVIEW


def test_item_may_fail_without_a_waiver(life):
    fields = {
        "reason": "R-TYPE",
        "path": "-",
        "severity": "must_fix",
        "version": life.order.version,
    }
    url = reverse("orders:checklist-item", args=[life.order_id, ITEM])

    page = client_of(life.reviewer.user).get(url).text
    post(client_of(life.reviewer.user), url, {**fields, "action": "save"})

    assert "申请人的理由" in page
    assert ChecklistAnswer.objects.get().verdict == "fail"


def test_case_nobody_took_tells_the_objection_without_acts(life):
    life.act("release", life.reviewer)

    row = row_of(life)

    assert "申请人的理由" in row
    assert "豁免规则" not in row
    assert "不豁免" not in row


@pytest.mark.parametrize(
    ("paths", "items"),
    [
        (["services[0].domains[1]"], ["domain"]),
        (["subject.principal.mobile"], ["contacts"]),
        (["materials.residence_permit"], ["materials"]),
        (["services[0].name", "subject.name"], ["subject_document", "service"]),
        (["services"], [ITEM]),
        ([], [ITEM]),
    ],
)
def test_objection_is_where_its_fields_are_answered_for(paths, items):
    submission = Submission()
    submission.objections = [{"id": 1, "rule": RULE, "finding": {"paths": paths}}]
    submission.__dict__["_waived"] = frozenset()

    assert list(waiting_items(submission, all_items().values())) == items
