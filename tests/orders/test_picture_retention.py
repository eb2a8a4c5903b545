"""Pictures of orders that came to nothing: a warning, then each term to the second."""

import pytest

from beian import clock
from beian.actors import SYSTEM
from beian.models import AuditEntry, Notice
from orders import notices, workflow
from orders.actions import picture_retention
from orders.actions.draft import save_draft
from orders.actions.erasure_warning import warn_of_erasures
from orders.actions.picture_retention import erase_pictures
from orders.enums import OrderState
from orders.models import FilingOrder
from orders.workflow import Refused
from tests.builders import client_of
from tests.life import put_pictures
from tests.orders.retention_stage import (
    DAY,
    SECOND,
    abandoned,
    files,
    left_alone_since,
    pictures,
    rejected,
    warned,
)
from tests.unmounted import key_not_mounted
from verification.actions.document_erasure import erase_documents
from verification.models import Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def expired(life) -> FilingOrder:
    return workflow.apply(life.order_id, "expire", SYSTEM)


def page_of(life, name: str = "") -> str:
    return client_of(life.applicant.user).get(f"/filings/{life.order_id}/{name}").text


@pytest.mark.parametrize(
    ("end", "days"),
    [(abandoned, 30), (expired, 30), (rejected, 90)],
)
def test_pictures_go_at_the_end_of_their_term(
    end, days, life, at, django_capture_on_commit_callbacks
):
    since = left_alone_since(end(life))
    kept = pictures(life.order)
    before = files()
    warned(at, since, days)

    with django_capture_on_commit_callbacks(execute=True):
        at(since + days * DAY - SECOND)
        assert (erase_pictures(), pictures(life.order), files()) == (0, kept, before)
        at(since + days * DAY)
        assert erase_pictures() == 1

    order = life.order
    assert (pictures(order), files()) == (0, before - kept)
    assert order.pictures_erased_at == since + days * DAY
    assert not any(order.dossier.materials.values())
    assert set(Document.objects.values_list("name", flat=True)) == {""}
    assert AuditEntry.objects.filter(action="erase_document").count() == kept
    assert AuditEntry.objects.get(action="erase_order_pictures").object_id == str(order.pk)
    assert order.events.filter(name="pictures_erased").count() == 1
    assert (erase_pictures(), life.order.version) == (0, order.version)


@pytest.mark.parametrize(("end", "days"), [(abandoned, 30), (expired, 30), (rejected, 90)])
def test_applicant_is_warned_once_seven_days_before(end, days, life, at):
    since = left_alone_since(end(life))

    at(since + (days - 7) * DAY - SECOND)
    assert warn_of_erasures() == 0
    at(since + (days - 7) * DAY)
    assert (warn_of_erasures(), warn_of_erasures()) == (1, 0)

    told = Notice.objects.filter(template__startswith="pictures_of", channel="portal").get()
    day = f"{(since + days * DAY).astimezone(clock.SHANGHAI):%Y-%m-%d}"
    assert day in told.subject
    assert day in told.body


def test_nothing_goes_without_a_warning_seven_days_ago(life, at):
    """As after an upgrade: orders that were over long before."""
    since = left_alone_since(abandoned(life))
    late = since + 400 * DAY

    at(late)
    assert erase_pictures() == 0
    assert (warn_of_erasures(), warn_of_erasures()) == (1, 0)
    # The whole order goes on the same day: one message says it.
    told = Notice.objects.filter(channel="portal", created_at__gte=late)
    assert [notice.template for notice in told] == ["closed_order_goes"]
    at(late + 7 * DAY - SECOND)
    assert erase_pictures() == 0
    at(late + 7 * DAY)
    assert erase_pictures() == 1


def test_pictures_stay_where_the_message_about_the_whole_order_fails(life, at, monkeypatch):
    since = left_alone_since(abandoned(life))
    kept = pictures(life.order)
    queue = notices.queue

    def failing(key, *args):
        if key == "closed_order_goes":
            raise RuntimeError(key)
        queue(key, *args)

    monkeypatch.setattr(notices, "queue", failing)
    late = since + 400 * DAY
    at(late)
    assert warn_of_erasures() == 0

    at(late + 7 * DAY)
    assert (erase_pictures(), pictures(life.order)) == (0, kept)


def test_order_reopened_after_the_warning_keeps_its_pictures(life, at):
    since = left_alone_since(expired(life))
    kept = pictures(life.order)
    warned(at, since, 30)
    life.act("reopen")

    at(since + 60 * DAY)

    assert (erase_pictures(), pictures(life.order)) == (0, kept)


def test_order_reopened_between_the_search_and_the_erasure_keeps_its_pictures(
    life, at, monkeypatch
):
    since = left_alone_since(expired(life))
    kept = pictures(life.order)
    warned(at, since, 30)
    at(since + 30 * DAY)
    really_locked = workflow.locked

    def reopened_first(key):
        monkeypatch.setattr(workflow, "locked", really_locked)
        life.act("reopen")
        return really_locked(key)

    monkeypatch.setattr(picture_retention.workflow, "locked", reopened_first)

    assert (erase_pictures(), pictures(life.order)) == (0, kept)
    assert life.order.state == OrderState.DRAFT


def test_rejected_order_somebody_works_on_keeps_its_pictures(life, at):
    since = left_alone_since(rejected(life))
    kept = pictures(life.order)
    warned(at, since, 90)
    order = life.order
    edits = {"services[0].name": "示例科技新名称"}
    save_draft(life.applicant.actor, order.pk, version=order.version, edits=edits)
    touched = left_alone_since(life.order)

    at(since + 90 * DAY)
    assert (erase_pictures(), pictures(life.order)) == (0, kept)

    warned(at, touched, 90)
    at(touched + 90 * DAY - SECOND)
    assert erase_pictures() == 0
    at(touched + 90 * DAY)
    assert erase_pictures() == 1


def test_page_says_what_has_to_be_uploaded_again_until_it_is(life, at):
    since = left_alone_since(rejected(life))
    warned(at, since, 90)
    at(since + 90 * DAY)
    erase_pictures()

    assert "请重新上传：" in page_of(life)
    assert "营业执照" in page_of(life)
    assert "请重新上传：" in page_of(life, "tasks/")

    order = life.order
    put_pictures(life.applicant, order)
    order.save()
    assert "请重新上传：" not in page_of(life)


def test_same_picture_may_be_uploaded_again(life, at):
    since = left_alone_since(rejected(life))
    kept = pictures(life.order)
    warned(at, since, 90)
    at(since + 90 * DAY)
    erase_pictures()

    order = life.order
    put_pictures(life.applicant, order)
    order.save()

    assert pictures(life.order) == kept
    assert Document.objects.count() == 2 * kept


def test_pages_of_a_reopened_order_ask_for_the_pictures(life, at):
    since = left_alone_since(expired(life))
    warned(at, since, 30)
    at(since + 30 * DAY)
    erase_pictures()
    assert "重新打开订单后须重新上传：" in page_of(life)
    assert "重新打开订单后须重新上传：" in page_of(life, "content/")

    life.act("reopen")

    assert "请重新上传：" in page_of(life, "tasks/")
    with pytest.raises(Refused, match="dossier_complete"):
        life.act("submit")


def test_fields_of_erased_pictures_are_open_in_an_order_that_needs_completion(life, at):
    life.submit()
    life.take()
    life.comment("services[0].name")
    since = left_alone_since(life.act("ask_supplement", life.reviewer))
    warned(at, since, 90)
    at(since + 90 * DAY)
    erase_pictures()

    order = life.order
    assert "materials.subject_doc_image" in order.open_paths
    assert "services[0].name" in order.open_paths
    edits = {"materials.subject_doc_image": ["a-new-one"]}
    saved = save_draft(life.applicant.actor, order.pk, version=order.version, edits=edits)
    assert saved.changed_paths == ("materials.subject_doc_image",)


def test_order_without_its_pictures_is_not_recalled(life, at):
    life.submit()
    life.take()
    life.comment("services[0].name")
    since = left_alone_since(life.act("ask_supplement", life.reviewer))
    warned(at, since, 90)
    at(since + 90 * DAY)
    erase_pictures()

    with pytest.raises(Refused, match="pictures_there"):
        life.act("recall", life.reviewer)


def test_case_page_and_picture_addresses_say_that_the_pictures_are_gone(life, at):
    since = left_alone_since(rejected(life))
    document = Document.objects.first()
    warned(at, since, 90)
    at(since + 90 * DAY)
    erase_pictures()

    desk = client_of(life.reviewer.user)
    assert "本轮的图片保存期满，已于" in desk.get(f"/desk/cases/{life.order_id}/").text
    address = f"/desk/cases/{life.order_id}/documents/{document.pk}/"
    assert desk.get(address).status_code == 404
    owner = client_of(life.applicant.user)
    assert owner.get(f"/documents/{document.pk}/").status_code == 404


@pytest.mark.parametrize(("end", "days"), [(abandoned, 30), (rejected, 90)])
def test_pictures_go_although_the_draft_does_not_open(end, days, life, at):
    since = left_alone_since(end(life))
    FilingOrder.objects.update(dossier_sealed=b"damaged")
    warned(at, since, days)

    at(since + days * DAY)

    assert (erase_pictures(), pictures(life.order)) == (1, 0)
    assert life.order.pictures_erased_at == since + days * DAY
    assert erase_pictures() == 0


def test_pictures_wait_for_a_key_that_is_not_mounted(life, at):
    since = left_alone_since(rejected(life))
    kept = pictures(life.order)
    warned(at, since, 90)
    at(since + 90 * DAY)

    with key_not_mounted(life.order_id):
        assert (erase_pictures(), pictures(life.order)) == (0, kept)

    assert (erase_pictures(), pictures(life.order)) == (1, 0)
    assert not any(life.order.dossier.materials.values())


def test_order_whose_draft_names_erased_pictures_is_not_submitted(life):
    erase_documents(Document.objects.filter(owner=life.order_id, kind="subject_doc_image"))

    with pytest.raises(Refused, match="pictures_there") as refused:
        life.submit()

    assert "请重新上传后再提交：营业执照。" in refused.value.reason
    assert life.order.state == OrderState.DRAFT
    assert not Document.objects.exclude(frozen_at=None).exists()


def test_unchanged_order_whose_draft_names_erased_pictures_asks_for_them(life, at):
    since = left_alone_since(returned(life))
    warned(at, since, 90)
    at(since + 90 * DAY)
    draft = life.order.dossier_sealed
    FilingOrder.objects.update(dossier_sealed=b"damaged")
    assert erase_pictures() == 1
    FilingOrder.objects.update(dossier_sealed=draft)

    assert refusal_unchanged(life) == "图片保存期满，已删除，须由申请人重新上传后提交。"


def test_run_cut_off_between_two_orders_is_done_again(life, at, monkeypatch):
    since = left_alone_since(abandoned(life))
    warned(at, since, 30)
    at(since + 30 * DAY)

    def cut_off(*_anything):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(picture_retention, "forget_pictures", cut_off)
        with pytest.raises(KeyboardInterrupt):
            erase_pictures()
    assert (pictures(life.order) > 0, life.order.pictures_erased_at) == (True, None)

    assert erase_pictures() == 1
    assert pictures(life.order) == 0


@pytest.mark.parametrize("name", ["submit", "draft"])
def test_order_that_is_under_way_keeps_its_pictures_for_ever(name, life, at):
    if name == "submit":
        life.submit()
    kept = pictures(life.order)

    at(life.order.state_entered_at + 1000 * DAY)

    assert (warn_of_erasures(), erase_pictures(), pictures(life.order)) == (0, 0, kept)


def returned(life) -> FilingOrder:
    life.submit()
    life.pass_review()
    life.hand_over()
    life.send()
    return workflow.apply(life.order_id, "time_out_sms", SYSTEM)


def refusal_unchanged(life) -> str:
    with pytest.raises(Refused) as refused:
        life.act("resubmit_unchanged")
    return refused.value.reason


def test_unchanged_order_whose_pictures_are_gone_asks_for_them_and_not_for_a_review(life, at):
    since = left_alone_since(returned(life))
    warned(at, since, 90)
    at(since + 90 * DAY)
    assert erase_pictures() == 1

    assert refusal_unchanged(life) == "图片保存期满，已删除，须由申请人重新上传后提交。"
    order = life.order
    put_pictures(life.applicant, order)
    order.save()
    assert refusal_unchanged(life) == "资料已经修改过，请重新提交初审。"


def test_order_changed_after_its_pictures_went_says_that_it_was_changed(life, at):
    since = left_alone_since(returned(life))
    warned(at, since, 90)
    at(since + 90 * DAY)
    assert erase_pictures() == 1
    edits = {"services[0].name": "示例知识库"}
    save_draft(life.applicant.actor, life.order_id, version=life.order.version, edits=edits)

    assert refusal_unchanged(life) == "资料已经修改过，请重新提交初审。"
