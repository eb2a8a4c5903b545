"""The applicant's form for an objection, and the desk's pages of an order that has one."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beian.templatetags.beian_ui import risk_flag
from orders.enums import OrderState
from orders.models import FilingOrder, Objection, Waiver
from tests.builders import client_of, make_applicant, post
from tests.checklist import tick_everything
from tests.life import Life
from tests.orders.builders_filings import change_draft
from tests.orders.objection_stage import (
    DOMAINS,
    REASON,
    REVOCATION,
    RULE,
    TWO_DOMAINS,
    WAIVER,
    entry_of,
    fresh,
    objected,
    waive,
)
from tests.orders.ready_order import all_ticked, ready_order
from tests.orders.rulebook.stage import operator, publish, row_of

pytestmark = pytest.mark.django_db

SENTENCE = "有网站填写了多个域名，新备案的网站每个只能填写 1 个。"
# The filter of the queue has an option of the same words.
FLAG = risk_flag("有异议")
OFFER = "如果这条要求不适用于您，可以写明理由提出异议，由审核员决定。"


@pytest.fixture
def applicant():
    return make_applicant()


@pytest.fixture
def order(applicant):
    return ready_order(applicant, **TWO_DOMAINS)


@pytest.fixture
def browser(applicant):
    return client_of(applicant.user)


def form_of(order) -> str:
    return reverse("orders:objection", args=[order.pk, entry_of(order).mark])


def check_of(order) -> str:
    return reverse("orders:check", args=[order.pk])


def page_of(browser, order, key: str = "website") -> str:
    return browser.get(reverse("orders:step", args=[order.pk, key])).text


def test_offer_stands_on_the_page_of_the_field_and_on_the_check(browser, order):
    for page in (page_of(browser, order), browser.get(check_of(order)).text):
        assert page.count(OFFER) == 1
        assert form_of(order) in page


def test_rule_of_high_confidence_offers_nothing(browser, applicant):
    order = ready_order(applicant, **{"subject.principal.emergency_phone": "13800000034"})

    pages = (page_of(browser, order, "subject-principal"), browser.get(check_of(order)).text)

    assert not [page for page in pages if OFFER in page or "/objections/" in page]


def test_form_shows_the_rule_its_source_and_the_day_it_was_read(browser, order):
    page = browser.get(form_of(order)).text

    assert SENTENCE in page
    assert "工业和信息化部通知（工信管函〔2019〕633号）" in page
    assert "2026-11-16" in page
    assert "收回异议" not in page


def test_saved_objection_opens_the_button(browser, order):
    assert 'aria-disabled="true"' in browser.get(check_of(order)).text

    answer = post(browser, form_of(order), {"reason": REASON})

    assert answer.url == check_of(order)
    page = browser.get(answer.url).text
    assert 'aria-disabled="true"' not in page
    assert "已提出异议" in page
    assert f"您已提出异议，提交后由审核员决定：{REASON}" in page
    page = page_of(browser, order)
    assert REASON in page
    assert "已提出异议" in page
    assert "必须修改" not in page


def test_objection_made_from_a_page_leads_back_to_that_page(browser, order):
    step = reverse("orders:step", args=[order.pk, "website"])
    form = f"{form_of(order)}?step=website"

    assert form in page_of(browser, order)
    assert f'href="{step}"' in browser.get(form).text
    assert post(browser, form, {"reason": REASON}).url == step
    assert post(browser, form, {"action": "take_back"}).url == step


@pytest.mark.parametrize("step", ["", "check", "nowhere", "//example.com"])
def test_objection_from_elsewhere_leads_to_the_check(browser, order, step):
    answer = post(browser, f"{form_of(order)}?step={step}", {"reason": REASON})

    assert answer.url == check_of(order)


def test_check_counts_what_was_objected_to_by_itself(browser, applicant, order):
    assert "项已提出异议" not in browser.get(check_of(order)).text

    objected(applicant, order)

    page = browser.get(check_of(order)).text
    assert "0 项必须修改" in page
    assert "另有 1 项已提出异议，不影响提交。" in page


def test_refused_reason_is_said_at_the_field_and_kept(browser, order):
    page = post(browser, form_of(order), {"reason": "不适用"})

    assert page.status_code == 200
    assert page.text.count("请写明理由，至少 10 个字，标点不算。") == 2
    assert ">\n不适用</textarea>" in page.text
    assert not Objection.objects.exists()


def test_objection_is_taken_back_on_its_page(browser, applicant, order):
    objected(applicant, order)
    assert f">\n{REASON}</textarea>" in browser.get(form_of(order)).text

    answer = post(browser, form_of(order), {"action": "take_back"})

    assert answer.url == check_of(order)
    assert 'aria-disabled="true"' in browser.get(answer.url).text


def test_address_of_a_finding_that_changed_leads_to_the_check(browser, order):
    url = form_of(order)
    change_draft(fresh(order), DOMAINS, ["shili-keji.com"])

    assert browser.get(url).url == check_of(order)
    assert post(browser, url, {"reason": REASON}).url == check_of(order)
    assert not Objection.objects.exists()


def test_reason_is_carried_over_when_the_rule_is_worded_anew(browser, applicant, order):
    objected(applicant, order)
    publisher, author = operator("operator-2"), operator("operator-1")
    row = row_of(RULE)
    text = {about: {**each, "zh": f"{each['zh']}（新）"} for about, each in row["text"].items()}
    publish(author.actor, publisher.actor, {**row, "text": text})

    page = browser.get(form_of(order)).text

    assert f">\n{REASON}</textarea>" in page
    assert "异议须重新保存" in page


def test_submitted_order_takes_no_objection(browser, applicant, order):
    url = form_of(order)
    objected(applicant, order)
    post(browser, check_of(order), {"version": fresh(order).version, **all_ticked()})
    assert fresh(order).state == OrderState.INITIAL_REVIEW

    answer = post(browser, url, {"reason": f"{REASON}又及。"})

    assert answer.url == reverse("orders:order", args=[order.pk])
    assert Objection.objects.count() == 1


@pytest.fixture
def life(bureau) -> Life:
    life = Life(bureau, **TWO_DOMAINS)
    objected(life.applicant, life.order)
    life.submit()
    life.take()
    return life


def case_of(life, query: str = "") -> str:
    url = reverse("orders:case", args=[life.order_id]) + query
    return client_of(life.reviewer.user).get(url).text


def waiver_form(life) -> str:
    return reverse("orders:waive", args=[life.order_id, Objection.objects.get().pk])


def test_queue_and_case_are_flagged(life):
    queue = client_of(life.reviewer.user).get(reverse("orders:queue")).text

    assert FLAG in queue
    assert FLAG in case_of(life)


def test_order_without_objections_is_not_flagged(bureau):
    life = Life(bureau)
    life.submit()

    queue = client_of(life.reviewer.user).get(reverse("orders:queue")).text

    assert life.order.number in queue
    assert FLAG not in queue + case_of(life)


def test_flag_goes_with_the_next_submission_that_has_none(life):
    life.act("release", life.reviewer)
    life.act("withdraw")
    change_draft(life.order, DOMAINS, ["shili-keji.com"])
    life.submit()

    assert not life.order.has_objection


def test_case_shows_rule_source_reason_and_both_acts(life):
    page = case_of(life)

    for words in (RULE, SENTENCE, "工信管函〔2019〕633号", REASON, "还没有豁免", waiver_form(life)):
        assert words in page
    assert "不豁免，写意见" in page
    assert f"申请人对规则 {RULE} 提出异议" in page


def test_objections_and_waivers_cost_the_case_no_query(life):
    client = client_of(life.reviewer.user)
    url = reverse("orders:case", args=[life.order_id])
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)

    plain = len(queries)
    waive(life)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)

    assert len(queries) == plain <= 12


def test_colleague_sees_the_objection_without_acts(life):
    client = client_of(life.submitter.user)
    page = client.get(reverse("orders:case", args=[life.order_id])).text

    assert REASON in page
    assert waiver_form(life) not in page


def test_comment_begins_with_what_the_rule_says(life):
    key = Objection.objects.get().pk
    url = reverse("orders:comment", args=[life.order_id])
    client = client_of(life.reviewer.user)

    page = client.get(url, {"path": DOMAINS, "objection": key}).text

    assert f"您的异议没有被采纳。{SENTENCE}请为每个域名分别添加一个网站" in page
    for wrong in ("x", "0", "9" * 30):
        assert client.get(url, {"path": DOMAINS, "objection": wrong}).status_code == 200


def test_link_to_that_comment_leads_to_its_field(life):
    page = client_of(life.reviewer.user).get(reverse("orders:case", args=[life.order_id])).text

    key = Objection.objects.get().pk
    assert re.search(rf"objection={key}#field-services-0--\w+", page)


def test_waiver_is_given_on_its_page_and_shown(life):
    client = client_of(life.reviewer.user)
    tick_everything(life.reviewer.actor, life.order_id)

    answer = post(client, waiver_form(life), {"version": life.order.version, "reason": WAIVER})

    assert answer.url == f"{reverse('orders:case', args=[life.order_id])}#item-order_type"
    page = case_of(life)
    assert "有异议，已豁免" in page
    assert "还没有豁免" not in page
    assert f"申请人对规则 {RULE} 提出异议" not in page
    assert WAIVER in case_of(life, "?view=evidence")
    assert f"{RULE}：{WAIVER}" in case_of(life, "?view=history")


def test_refused_waiver_keeps_the_words(life):
    client = client_of(life.reviewer.user)
    stale = {"version": life.order.version - 1, "reason": WAIVER}

    page = post(client, waiver_form(life), stale)

    assert page.status_code == 200
    assert f">\n{WAIVER}</textarea>" in page.text
    assert not Waiver.objects.exists()


def test_waiver_is_revoked_on_its_page_and_shown(life):
    client = client_of(life.reviewer.user)
    waive(life)
    page = client.get(waiver_form(life)).text
    assert WAIVER in page
    assert "第 1 轮" in page

    values = {"version": life.order.version, "action": "revoke", "reason": REVOCATION}
    post(client, waiver_form(life), values)

    assert "还没有豁免" in case_of(life)
    assert REVOCATION in case_of(life, "?view=evidence")


def test_waiver_of_another_order_is_not_found(life):
    url = reverse("orders:waive", args=[life.order_id, Objection.objects.get().pk + 1])

    assert client_of(life.reviewer.user).get(url).status_code == 404


def test_applicants_history_tells_it_without_the_reviewers_words(life):
    waive(life)

    page = client_of(life.applicant.user).get(reverse("orders:order", args=[life.order_id])).text

    assert "对规则提出异议" in page
    assert "审核员采纳异议，豁免了规则" in page
    assert WAIVER not in page
    assert FilingOrder.objects.get().state == OrderState.INITIAL_REVIEW
