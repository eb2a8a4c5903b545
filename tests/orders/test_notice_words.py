"""Words of an order's messages that depend on more than the template."""

import re
from datetime import datetime

import pytest

from beian import clock
from beian.actors import BUREAU, MINISTRY, SYSTEM
from beian.models import Notice, User
from orders import notices, workflow
from orders.models import FilingOrder
from tests.builders import client_of

pytestmark = pytest.mark.django_db

IN_AN_UNPUBLISHED_YEAR = datetime(2049, 6, 3, 18, tzinfo=clock.SHANGHAI)
# The notices whose time is counted in working days.
PROMISES = ["submitted", "initial_review_passed", "sms_done", "resubmitted_unchanged"]


def body_of(order, key: str, language: str = "zh-hans") -> str:
    user = notices.owner_of(order)
    user.language = language
    user.save()
    return notices.texts_for_owner(key, order, order.events.first())[1]


@pytest.mark.parametrize("key", PROMISES)
def test_promise_says_that_the_holidays_before_it_are_not_published(life, key):
    order = life.order
    order.due_at = IN_AN_UNPUBLISHED_YEAR

    assert "2049-06-03 18:00 前（节假日安排尚未公布，日期可能调整）" in body_of(order, key)
    assert "by 2049-06-03 18:00 (public holidays not announced yet" in body_of(order, key, "en")


@pytest.mark.parametrize("key", PROMISES)
def test_promise_in_a_year_that_operators_entered_is_certain(life, change_setting, key):
    change_setting("calendar.free_days", ["2049-10-01"])
    order = life.order
    order.due_at = IN_AN_UNPUBLISHED_YEAR

    assert "节假日" not in body_of(order, key)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("province", "number"), [("33", "浙ICP备2026000002号-1"), ("44", "浙ICP备2026000002号")]
)
def test_message_of_the_filing_names_the_number_that_the_province_wants_shown(
    life, bureau, province, number, language
):
    life.to_bureau_review()
    FilingOrder.objects.update(province=province)
    User.objects.update(language=language)
    bureau.decide("granted")
    life.collect()

    bodies = list(Notice.objects.filter(template="filed").values_list("body", flat=True))
    assert len(bodies) == 3
    wanted = re.compile(f"底部标明 {number}( 并|，)|Show {number} (at the foot|on)")
    assert [body for body in bodies if not wanted.search(body)] == []


def test_points_of_a_message_are_joined_as_its_language_does(life):
    life.submit()
    life.take()
    life.comment("services[0].name")

    assert "\n网站名称：请改名\n" in body_of(life.order, "rejected")
    assert "\nWebsite name: 请改名\n" in body_of(life.order, "rejected", "en")


def test_recall_does_not_claim_that_something_was_changed_meanwhile(life):
    order = life.order

    assert "如果您在此期间改过内容，这些修改没有提交" in body_of(order, "recalled")
    assert "If you changed anything meanwhile, it was not submitted" in body_of(
        order, "recalled", "en"
    )


def told(life, template: str) -> dict[str, str]:
    """Texts of a notice by channel."""
    rows = Notice.objects.filter(order_id=life.order_id, template=template)
    return {row.channel: f"{row.subject}\n{row.body}" for row in rows}


def send_back(life, language: str = "zh-hans") -> dict[str, str]:
    User.objects.filter(pk=life.applicant.user.pk).update(language=language)
    life.act("send_back", life.submitter, opinion="网站名称与上次不一致。")
    return told(life, "sent_back")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_sending_back_without_a_remark_tells_why_and_counts_nothing(life, language):
    life.submit()
    life.pass_review()

    texts = send_back(life, language)

    assert texts.keys() == {"portal", "sms", "mail"}
    for text in texts.values():
        assert not re.search(r" 0 (条|remarks)", text)
        assert "\n\n" not in text
    for channel in ("portal", "mail"):
        assert "\n网站名称与上次不一致。\n" in texts[channel]
        assert f"/filings/{life.order_id}/" in texts[channel]
    assert told(life, "rejected") == {}


def test_remarks_of_the_sending_back_are_told_with_it(life):
    life.submit()
    life.pass_review()
    life.comment("services[0].name")

    assert "\n网站名称与上次不一致。\n网站名称：请改名\n" in send_back(life)["mail"]


def test_decision_without_words_of_its_own_leaves_no_empty_line(life):
    life.submit()
    life.take()
    life.comment("services[0].name")
    life.act("reject", life.reviewer)

    assert "\n网站名称：请改名\n请登录" in told(life, "rejected")["mail"]


def test_return_after_the_domain_check_has_the_ministrys_words_and_the_way(life):
    life.submit()
    life.pass_review()
    life.hand_over()
    life.send()
    workflow.apply(
        life.order_id, "fail_domain_check", MINISTRY, opinion="域名持有者与主办单位不一致。"
    )

    texts = told(life, "returned_by_miit")

    for channel in ("portal", "mail"):
        assert "域名核验未通过。\n域名持有者与主办单位不一致。\n" in texts[channel]
    assert all(f"/filings/{life.order_id}/" in text for text in texts.values())


def test_return_without_words_of_the_ministry_has_none(life):
    life.submit()
    life.pass_review()
    life.hand_over()
    life.send()
    workflow.apply(life.order_id, "time_out_sms", SYSTEM)

    text = told(life, "returned_by_miit")["mail"]

    assert "短信核验未在期限内完成。\n资料无误" in text
    assert f"/filings/{life.order_id}/" in text


def test_rejection_by_the_bureau_has_its_words_everywhere_and_the_way_by_mail(life, bureau):
    life.to_bureau_review()
    words = "网站内容与备案信息不一致，\n\n请核实。"
    workflow.apply(life.order_id, "refuse", BUREAU, opinion=words)

    texts = told(life, "bureau_rejected")

    assert all(words in text for text in texts.values())
    assert f"/filings/{life.order_id}/" in texts["mail"]


def test_desk_promises_the_words_only_where_they_go(life):
    life.submit()
    life.pass_review()
    client = client_of(life.submitter.user)

    html = client.get(f"/desk/cases/{life.order_id}/act/send_back/").text

    assert "申请人会在订单页、站内消息和邮件中看到这段话" in html
    assert "有 0 条意见" not in html
