"""A lost lease loses nothing that was being typed: it stands in its form when the case is back."""

import pytest

from beian.enums import StaffRoleName as Role
from orders.actions.comments import withdraw_comment
from orders.actions.review import take_order
from orders.actions.unsaved import keep_unsaved
from orders.enums import OrderState
from orders.models import ChecklistAnswer, FilingOrder, OrderComment, PageDraft
from tests.builders import client_of, make_staff, post
from tests.orders.desk_stage import NAME_PATH, NOT_TAKEN, Desk, make_desk

pytestmark = pytest.mark.django_db

FORM = {"reason": "R-NAME", "severity": "must_fix", "text": "请改成全称。", "example": "示例"}
FAILURE = {"reason": "R-OTHER", "path": "-", "severity": "must_fix", "note": "电话里核对过"}


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def typed_without_a_lease(desk: Desk, url: str, form: dict | None = None):
    desk.let_lease_lapse()
    desk.order.refresh_from_db()
    return post(desk.client, url, {"version": desk.order.version, **(form or FORM)})


def comment_url(desk: Desk) -> str:
    return f"{desk.url('comment')}?path={NAME_PATH}"


def take_again(desk: Desk):
    """The page that follows a click on 领取."""
    response = post(desk.client, desk.url("case-act", "take"))
    return desk.client.get(response.url)


def test_refused_comment_stands_in_the_composer_after_the_case_is_taken_again(desk):
    refused = typed_without_a_lease(desk, comment_url(desk))

    page = take_again(desk)

    assert NOT_TAKEN in refused.text
    assert "您写的文字已经保留" in refused.text
    form = page.context["form"]
    assert {name: form[name].value() for name in FORM} == FORM
    assert page.context["composer_path"] == NAME_PATH
    assert "这是领取失效时没有保存的文字。" in page.text


def test_it_is_saved_from_there_and_then_gone(desk):
    typed_without_a_lease(desk, comment_url(desk))
    page = take_again(desk)

    post(desk.client, page.context["composer_url"], FORM)

    assert [comment.text for comment in OrderComment.objects.all()] == ["请改成全称。"]
    assert not PageDraft.objects.exists()
    assert desk.client.get(desk.url("case")).context["composer_path"] == ""


def test_unwanted_words_are_discarded(desk):
    typed_without_a_lease(desk, comment_url(desk))
    take_again(desk)

    post(desk.client, comment_url(desk), {**FORM, "action": "discard"})

    assert not PageDraft.objects.exists()
    assert not OrderComment.objects.exists()


def test_words_wait_until_a_colleague_gives_the_case_back_and_are_shown_to_nobody_else(desk):
    typed_without_a_lease(desk, comment_url(desk))
    colleague = make_staff(Role.REVIEWER, name="reviewer-2")
    take_order(colleague.actor, order_id=desk.order.pk)

    theirs = client_of(colleague.user).get(desk.url("case"))
    own = desk.client.get(desk.url("case"))

    assert "请改成全称。" not in theirs.text
    assert "请改成全称。" not in own.text
    desk.act("release", client_of(colleague.user))
    assert "请改成全称。" in take_again(desk).text


def test_change_of_a_comment_goes_on_where_it_was(desk):
    comment = desk.comment()
    typed_without_a_lease(desk, desk.url("comment-edit", comment.pk))

    page = take_again(desk)
    post(
        desk.client,
        page.context["composer_url"],
        {**FORM, "version": page.context["order"].version},
    )

    assert [row.text for row in OrderComment.objects.all()] == ["请改成全称。"]
    assert not PageDraft.objects.exists()


def test_change_of_a_comment_that_is_gone_goes_on_as_a_new_one(desk):
    comment = desk.comment()
    typed_without_a_lease(desk, desk.url("comment-edit", comment.pk))
    take_again(desk)
    withdraw_comment(desk.reviewer.actor, order_id=desk.order.pk, comment_id=comment.pk)

    page = desk.client.get(desk.url("case"))

    assert page.context["form"]["text"].value() == "请改成全称。"
    post(desk.client, page.context["composer_url"], FORM)
    assert [row.text for row in OrderComment.objects.all()] == ["请改成全称。"]
    assert not PageDraft.objects.exists()


def test_several_are_named_with_a_way_to_each(desk):
    other = f"{desk.url('comment')}?path=subject.name"
    typed_without_a_lease(desk, comment_url(desk))
    post(desk.client, other, {**FORM, "text": "与证件不一致。"})

    page = take_again(desk)

    assert [link.label for link in page.context["kept_links"]] == ["网站名称", "主办单位名称"]
    assert "与证件不一致。" in desk.client.get(page.context["kept_links"][1].url).text


def test_incomplete_words_are_kept_as_well(desk):
    typed_without_a_lease(desk, comment_url(desk), {**FORM, "severity": ""})

    assert take_again(desk).context["form"]["text"].value() == "请改成全称。"


def test_words_about_an_earlier_round_do_not_come_back(desk):
    typed_without_a_lease(desk, comment_url(desk))
    desk.order.refresh_from_db()
    submission = desk.order.submissions.get()
    submission.pk, submission.round = None, 2
    submission.save(force_insert=True)
    FilingOrder.objects.update(round=2)

    assert take_again(desk).context["composer_path"] == ""


def test_words_go_for_good_when_a_new_round_begins(life):
    def typed() -> None:
        texts = {"text": "请改成全称。"}
        keep_unsaved(life.reviewer.actor, order_id=life.order_id, place="comment", texts=texts)

    life.submit()
    typed()
    life.act("withdraw")
    assert PageDraft.objects.count() == 1

    life.submit()

    assert not PageDraft.objects.exists()


def test_words_go_for_good_when_the_order_is_filed(life, bureau):
    life.to_bureau_review()
    texts = {"text": "请改成全称。"}
    keep_unsaved(life.reviewer.actor, order_id=life.order_id, place="comment", texts=texts)

    bureau.decide("granted")
    life.collect()

    assert life.order.state == OrderState.FILED
    assert not PageDraft.objects.exists()


def test_words_are_sealed(desk):
    typed_without_a_lease(desk, comment_url(desk))

    assert "请改成全称".encode() not in bytes(PageDraft.objects.get().sealed)


@pytest.mark.parametrize(
    ("query", "form", "field"),
    [("", FAILURE, "note"), ("?verdict=not_applicable", {"note": "系统停用。"}, "note")],
)
def test_words_in_the_checklist_are_kept_too(desk, query, form, field):
    url = desk.url("checklist-item", "blacklist") + query

    refused = typed_without_a_lease(desk, url, form)

    assert NOT_TAKEN in refused.text
    assert refused.context["form"][field].value() == form[field]
    link = take_again(desk).context["kept_links"][0]
    page = desk.client.get(link.url)
    assert page.context["form"][field].value() == form[field]
    post(desk.client, link.url, {**form, "version": page.context["order"].version})
    assert ChecklistAnswer.objects.get().note == form[field]
    assert not PageDraft.objects.exists()


def test_page_says_truly_what_becomes_of_the_words(desk):
    assert "请先保存意见，再刷新" not in desk.client.get(desk.url("case")).text
