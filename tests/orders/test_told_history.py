"""What the applicant can still read after the order has moved on: opinions, remarks, content."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beian.actors import BUREAU
from orders import workflow
from orders.actions.comments import CommentText, add_comment, withdraw_comment
from orders.enums import CommentSeverity, OrderState
from orders.filings.timeline import entries_of
from orders.filings.told import history_of
from orders.models import FilingOrder
from orders.replies import reply_to_comment
from tests.builders import client_of, make_applicant, make_order, make_staff
from tests.life import Life
from tests.orders.builders_filings import make_comment, make_filed_order

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
READ_ONLY = [
    OrderState.INITIAL_REVIEW,
    OrderState.RESUBMITTED,
    OrderState.PENDING_BUREAU_SUBMISSION,
    OrderState.SMS_VERIFICATION,
    OrderState.BUREAU_REVIEW,
    OrderState.ABANDONED,
    OrderState.EXPIRED,
]


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


def page_of(life: Life, name: str = "order"):
    return client_of(life.applicant.user).get(reverse(f"orders:{name}", args=[life.order_id]))


def reads(client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def history(order) -> dict:
    """The newest item of each title."""
    order = FilingOrder.objects.get(pk=order.pk)
    items = history_of(order, entries_of(order))
    return {item.title: item for item in reversed(items)}


def send_back(life: Life, *texts: str, opinion: str = "") -> None:
    life.take()
    for text in texts:
        content = CommentText(CommentSeverity.MUST_FIX, "R-NAME", text)
        ids = {"order_id": life.order_id, "path": "services[0].name"}
        add_comment(life.reviewer.actor, content=content, **ids)
    life.act("reject", life.reviewer, opinion=opinion, reason_codes=["R-NAME"])


def answer_and_submit(life: Life) -> None:
    for comment in life.order.comments.filter(round=life.order.round):
        reply_to_comment(life.applicant.actor, comment_id=comment.pk, text="这是我们的商标。")
    life.submit("submit_again")


def test_opinion_and_remarks_stay_in_the_history_after_the_order_moved_on(life):
    life.submit()
    send_back(life, "请改名。", "也请写明简称。", opinion="详见各条意见。")
    answer_and_submit(life)

    html = page_of(life).text

    for text in ("详见各条意见。", "请改名。", "也请写明简称。"):
        assert html.count(text) == 1
    item = history(life.order)["初审驳回"]
    assert item.opinion == "详见各条意见。"
    assert item.remarks == (("网站名称", "请改名。"), ("网站名称", "也请写明简称。"))
    assert item.lines[-1] == "原因：网站名称不符合要求"


def test_only_the_words_of_a_remark_are_marked_as_chinese_on_the_english_page(life):
    life.submit()
    send_back(life, "请改名。\n也请写明简称。")
    url = reverse("orders:order", args=[life.order_id])

    html = client_of(life.applicant.user).get(url, headers={"Accept-Language": "en"}).text

    words = '<span lang="zh-Hans">请改名。<br>也请写明简称。</span>'
    assert f'<p class="timeline-line">Website name: {words}</p>' in html


def test_remarks_belong_to_the_decision_that_sent_them(life):
    life.submit()
    send_back(life, "第一轮的意见。")
    answer_and_submit(life)
    send_back(life, "第二轮的意见。")

    order = life.order
    items = [item for item in history_of(order, entries_of(order)) if item.title == "初审驳回"]

    assert [item.remarks for item in items] == [
        (("网站名称", "第二轮的意见。"),),
        (("网站名称", "第一轮的意见。"),),
    ]


def test_second_decision_of_a_round_does_not_repeat_the_remarks_of_the_first(life):
    life.submit()
    life.take()
    life.comment()
    life.act("ask_supplement", life.reviewer)
    life.act("recall", life.reviewer)
    life.take()
    make_comment(life.order, is_sent=False, text="第二次退回的意见。")
    life.act("reject", life.reviewer)

    told = history(life.order)

    assert told["审核员请您补充或修改"].remarks == (("网站名称", "请改名"),)
    assert told["初审驳回"].remarks == (("网站名称", "第二次退回的意见。"),)


def test_what_was_not_sent_or_was_taken_back_is_not_told(life):
    life.submit()
    life.take()
    taken_back = life.comment()
    life.act("ask_supplement", life.reviewer)
    life.act("recall", life.reviewer)
    life.take()
    withdraw_comment(life.reviewer.actor, order_id=life.order_id, comment_id=taken_back.pk)
    make_comment(life.order, is_sent=False, text="还在写的意见。")

    html = page_of(life).text

    assert "还在写的意见。" not in html
    assert history(life.order)["审核员请您补充或修改"].remarks == ()


def test_words_between_colleagues_are_not_told(life):
    senior = make_staff("senior_reviewer", name="senior-1")
    life.submit()
    life.take()
    life.act("reassign", senior, to_user_id=senior.user.pk, opinion="他今天请假。")
    workflow.record_note(life.order, "bureau_result_applied", senior.actor, opinion="内部核对。")

    html = page_of(life).text

    assert "他今天请假。" not in html
    assert "内部核对。" not in html


def test_words_of_the_bureau_stay_verbatim(life, bureau):
    life.to_bureau_review()
    words = "域名所有者与主办单位不一致，\n请核实。"
    workflow.apply(life.order_id, "refuse", BUREAU, opinion=words)
    life.submit("submit_again")

    html = page_of(life).text

    assert words.replace("\n", "<br>") in html
    assert history(life.order)["管局驳回"].opinion == words


def test_reads_do_not_grow_with_rounds_and_remarks(life):
    client = client_of(life.applicant.user)
    url = reverse("orders:order", args=[life.order_id])

    life.submit()
    send_back(life, "请改名。")
    answer_and_submit(life)
    one = reads(client, url)
    send_back(life, "再改一次。", "还有简称。")
    answer_and_submit(life)

    assert reads(client, url) == one <= MOST_QUERIES


@pytest.mark.parametrize("state", READ_ONLY)
def test_content_of_an_order_that_cannot_be_edited_can_be_read(state):
    applicant = make_applicant()
    order = make_order(applicant, state=state)
    client = client_of(applicant.user)
    url = reverse("orders:content", args=[order.pk])

    assert f'href="{url}"' in client.get(reverse("orders:order", args=[order.pk])).text
    html = client.get(url).text
    assert order.content.services[0].name in html
    assert order.content.subject.name in html
    assert "138******34" in html
    assert "13800000034" not in html
    assert order.content.subject.principal.cert_number not in html
    assert "更改" not in html
    assert "steps/" not in html


def test_content_of_a_filed_order_is_what_was_submitted():
    applicant = make_applicant()
    order = make_filed_order(applicant)

    html = client_of(applicant.user).get(reverse("orders:content", args=[order.pk])).text

    assert order.submission.dossier.services[0].domains[0] in html


def test_content_shows_what_counts_and_not_a_draft_put_aside(life):
    life.submit()
    order = life.order
    dossier = order.dossier.model_copy(deep=True)
    dossier.services[0].name = "没有提交的名称"
    order.put_dossier(dossier)
    order.save()

    html = page_of(life, "content").text

    assert "没有提交的名称" not in html
    assert "示例科技" in html


def test_content_names_resource_and_papers(life):
    life.submit()
    html = page_of(life, "content").text

    assert life.applicant.account.resources.get().name in html
    assert "已上传" in html
    client = client_of(life.applicant.user)
    assert reads(client, reverse("orders:content", args=[life.order_id])) <= MOST_QUERIES


@pytest.mark.parametrize("state", [OrderState.DRAFT, OrderState.NEEDS_SUPPLEMENT])
def test_content_of_an_order_in_the_applicants_hands_is_on_the_check_page(state):
    applicant = make_applicant()
    order = make_order(applicant, state=state)

    response = client_of(applicant.user).get(reverse("orders:content", args=[order.pk]))

    assert response.url == reverse("orders:check", args=[order.pk])
