"""Orders that came to nothing: what is personal goes after its term, number and history stay."""

from datetime import timedelta

import pytest
from django.urls import get_resolver, reverse

from beian.actors import SYSTEM
from beian.crypto import datakey
from beian.crypto.provider import DecryptionFailed
from beian.enums import Channel, StaffRoleName
from beian.models import AuditEntry, DataKey, Notice
from orders import workflow
from orders.actions import order_retention
from orders.actions.erasure_warning import warn_of_erasures
from orders.actions.order_retention import erase_orders
from orders.actions.picture_retention import erase_pictures
from orders.audit_check import check_audit
from orders.backup import problems_inside
from orders.enums import HandoverState, OrderState
from orders.filings.timeline import entries_of
from orders.models import DraftRevision, FilingOrder, PageDraft
from orders.workflow import Refused
from tests.builders import client_of, make_staff, post
from tests.orders.builders_attention import make_bureau_record, make_stopped_result
from tests.orders.retention_stage import DAY, SECOND, abandoned, pictures
from verification.models import ContactProof, FacePhoto, SmsChallenge, TruthfulnessCheck

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

GONE = "这个订单的个人信息保存期满，已于"


def expired(life) -> FilingOrder:
    return workflow.apply(life.order_id, "expire", SYSTEM)


def end_of_term(life, at, end=abandoned):
    """The order is over, its applicant warned; the clock stands a second before the erasure."""
    since = end(life).state_entered_at
    at(since + 53 * DAY)
    warn_of_erasures()
    at(since + 60 * DAY - SECOND)
    return since + 60 * DAY


def erased(life, at, end=abandoned) -> FilingOrder:
    at(end_of_term(life, at, end))
    assert erase_orders() == 1
    return life.order


@pytest.mark.parametrize("end", [abandoned, expired])
def test_personal_data_goes_sixty_days_after_the_end(end, life, at):
    moment = end_of_term(life, at, end)
    before = life.order
    assert (erase_orders(), life.order.is_erased) == (0, False)

    at(moment)
    assert erase_orders() == 1

    order = life.order
    assert (order.erased_at, order.number, order.state) == (moment, before.number, before.state)
    emptied = (order.subject_name, order.name_digest, order.domain, order.cert_digest)
    assert emptied == ("", "", "", "")
    assert DataKey.objects.get(owner=order.pk).destroyed_at == moment
    with pytest.raises(DecryptionFailed):
        datakey.seal(order.pk, b"x", "anything")
    assert (erase_orders(), life.order.version) == (0, order.version)


def test_nothing_of_the_persons_is_left_beside_the_order(life, at):
    order = erased(life, at)

    left = [
        model.objects.count() for model in (DraftRevision, PageDraft, ContactProof, SmsChallenge)
    ]
    assert left == [0, 0, 0, 0]
    assert not FacePhoto.objects.filter(erased_at=None).exists()
    check = TruthfulnessCheck.objects.get()
    assert (check.person_digest, check.mobile_digest, check.consent_digest) == ("", "", "")
    assert pictures(order) == 0
    assert not Notice.objects.filter(channel=Channel.PORTAL, order_id=order.pk).exists()
    assert not any(
        (notice.recipient, notice.subject, notice.body) != ("", "", "")
        for notice in Notice.objects.filter(order_id=order.pk)
    )


def test_history_stays_and_says_what_happened(life, at):
    before = end_of_term(life, at)
    names = list(life.order.events.values_list("name", flat=True))
    at(before)
    erase_orders()

    after = list(life.order.events.values_list("name", flat=True))
    assert after == [*names, "personal_data_erased"]
    assert AuditEntry.objects.get(action="erase_order").object_id == str(life.order_id)


def test_history_names_no_applicant_in_the_database_but_on_its_page(life, at):
    order = erased(life, at)

    labels = set(order.events.values_list("actor_kind", "actor_label"))
    assert labels == {("applicant", ""), ("system", "system")}
    actors = {entry.actor for entry in entries_of(order)}
    assert actors == {life.applicant.account.name, "系统"}


def test_words_of_a_decision_go_with_the_orders_key(life, at):
    life.submit()
    life.take()
    life.comment()
    life.act("reject", life.reviewer, opinion="林示例的证件不清楚")
    assert life.order.events.get(name="reject").said == "林示例的证件不清楚"
    assert life.order.events.get(name="reject").opinion == ""
    since = life.act("abandon").state_entered_at
    at(since + 53 * DAY)
    warn_of_erasures()
    at(since + 60 * DAY)
    erase_orders()

    assert life.order.events.get(name="reject").said == ""
    assert life.order.comments.get().text == ""


def test_applicant_is_warned_of_each_step(life, at):
    since = abandoned(life).state_entered_at

    at(since + 53 * DAY - SECOND)
    warn_of_erasures()
    told = Notice.objects.filter(channel=Channel.PORTAL)
    assert not told.filter(template="closed_order_goes").exists()
    at(since + 53 * DAY)
    warn_of_erasures()
    warn_of_erasures()
    assert told.filter(template="closed_order_goes").count() == 1


def test_order_reopened_after_the_warning_is_left_alone(life, at):
    moment = end_of_term(life, at, expired)
    life.act("reopen")

    at(moment + 400 * DAY)

    assert (erase_orders(), life.order.is_erased) == (0, False)
    assert life.order.dossier.subject.name


def test_order_reopened_between_the_search_and_the_erasure_is_left_alone(life, at, monkeypatch):
    at(end_of_term(life, at, expired))
    really_locked = workflow.locked

    def reopened_first(key):
        monkeypatch.setattr(workflow, "locked", really_locked)
        life.act("reopen")
        return really_locked(key)

    monkeypatch.setattr(order_retention.workflow, "locked", reopened_first)

    assert (erase_orders(), life.order.is_erased) == (0, False)
    assert life.order.state == OrderState.DRAFT


def test_run_cut_off_in_the_middle_leaves_the_order_whole(life, at, monkeypatch):
    at(end_of_term(life, at))

    def cut_off(*_anything):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(datakey, "destroy", cut_off)
        with pytest.raises(KeyboardInterrupt):
            erase_orders()
    assert life.order.dossier.subject.name
    assert life.order.events.last().name != "personal_data_erased"

    assert erase_orders() == 1
    assert life.order.is_erased


def damage_dossier(_order_id) -> None:
    FilingOrder.objects.update(dossier_sealed=b"damaged")


@pytest.mark.parametrize("damage", [damage_dossier, datakey.destroy])
def test_order_that_does_not_open_is_warned_of_and_erased_all_the_same(damage, life, at):
    since = abandoned(life).state_entered_at
    damage(life.order_id)

    at(since + 53 * DAY)
    assert warn_of_erasures() == 1
    told = Notice.objects.filter(template="closed_order_goes")
    assert [notice.channel for notice in told] == [Channel.PORTAL]

    at(since + 60 * DAY)
    assert erase_orders() == 1
    assert life.order.is_erased


def test_order_with_a_record_on_its_way_to_the_bureau_waits(life, at):
    at(end_of_term(life, at))
    record = make_bureau_record(life.order, state=HandoverState.QUEUED)

    assert erase_orders() == 0

    type(record).objects.filter(pk=record.pk).update(state=HandoverState.CANCELLED)
    assert erase_orders() == 1


@pytest.mark.parametrize("state", ["draft", "submit"])
def test_orders_that_are_not_over_stay(state, life, at):
    if state != "draft":
        life.submit()

    at(life.order.state_entered_at + timedelta(days=1000))

    assert (warn_of_erasures(), erase_orders(), erase_pictures()) == (0, 0, 0)


def test_erased_order_is_not_reopened(life, at):
    erased(life, at, expired)

    with pytest.raises(Refused, match="not_erased"):
        life.act("reopen")


def test_erased_order_can_be_taken_off_the_list(life, at):
    erased(life, at)

    life.act("hide")

    assert life.order.is_hidden


@pytest.mark.parametrize(("language", "words"), [("zh-hans", GONE), ("en", "was erased on")])
def test_owner_and_desk_read_what_happened(language, words, life, at):
    erased(life, at)

    for user, address in (
        (life.applicant.user, f"/filings/{life.order_id}/"),
        (life.reviewer.user, f"/desk/cases/{life.order_id}/"),
        (life.submitter.user, f"/desk/cases/{life.order_id}/"),
    ):
        page = client_of(user).get(address, headers={"Accept-Language": language})
        assert (page.status_code, words in page.text) == (200, True), address
    assert life.order.number in client_of(life.applicant.user).get("/filings/").text


def addresses(order: FilingOrder) -> list[str]:
    """Every address of the orders app that names an order."""
    others = {
        "key": "materials", "name": "abandon", "who": "subject", "comment_id": 1,
        "service_id": order.pk, "check_id": order.pk, "photo_id": order.pk,
        "document_id": order.pk, "objection_id": 1, "mark": "0" * 64,
    }  # fmt: skip
    found = []
    patterns = get_resolver().namespace_dict["orders"][1].reverse_dict
    for name in {key for key in patterns if isinstance(key, str)}:
        for _text, needed in (each for entry in patterns.getlist(name) for each in entry[0]):
            if "pk" in needed and name not in {"bureau-result-apply", "failed-notice"}:
                values = {**{key: others.get(key) for key in needed}, "pk": order.pk}
                found.append(reverse(f"orders:{name}", kwargs=values))
    return sorted(found)


def test_no_page_of_an_erased_order_fails(life, at):
    order = erased(life, at)
    senior = make_staff(StaffRoleName.SENIOR_REVIEWER, name="senior-1")
    asked = addresses(order)
    assert len(asked) > 25

    for person in (life.applicant, life.reviewer, senior, life.submitter):
        client = client_of(person.user)
        for address in asked:
            for answer in (client.get(address, follow=True), post(client, address)):
                assert answer.status_code < 500, address


def test_what_is_posted_to_an_erased_order_is_answered_by_the_page_that_says_so(life, at):
    order = erased(life, at)

    for user, address, page in (
        (life.applicant.user, f"/filings/{order.pk}/comments/1/", f"/filings/{order.pk}/"),
        (life.reviewer.user, f"/desk/cases/{order.pk}/calls/", f"/desk/cases/{order.pk}/"),
    ):
        client = client_of(user)
        answer = post(client, address, follow=True)
        assert [where for where, _status in answer.redirect_chain] == [page]
        assert "已删除，不能再查看或办理" in answer.text


def test_lists_of_the_desk_bear_an_erased_order(life, at):
    moment = end_of_term(life, at)
    result = make_stopped_result(make_bureau_record(life.order, state=HandoverState.CANCELLED))
    at(moment)
    assert erase_orders() == 1
    order = life.order
    desk = client_of(life.submitter.user)

    for address in (
        f"/desk/?q={order.number}",
        "/desk/handover/",
        "/desk/attention/",
        f"/desk/attention/results/{result.key}/",
    ):
        assert desk.get(address).status_code == 200, address
    applying = f"/desk/attention/results/{result.key}/orders/{order.pk}/"
    assert desk.get(applying, follow=True).redirect_chain[-1][0] == f"/desk/cases/{order.pk}/"


def test_trail_and_backup_find_nothing_wrong_with_an_erased_order(life, at):
    erased(life, at)

    assert [problem for finding in check_audit() for problem in finding.problems] == []
    assert list(problems_inside()) == []


def test_order_called_erased_that_still_opens_is_reported(life, at):
    abandoned(life)
    FilingOrder.objects.update(erased_at=life.order.state_entered_at)

    problems = [problem for finding in check_audit() for problem in finding.problems]

    assert problems == [f"{life.order.number}, round 1: erased without a record"]
