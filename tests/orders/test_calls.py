"""The log of phone calls, and how it counts in the checklist."""

from datetime import datetime, timedelta

import pytest

from beian import clock
from beian.models import Notice, User
from beian.models.audit import AppendOnlyError
from beian.site_settings.model import SettingError
from beian.site_settings.registry import REGISTRY
from orders.actions.calls import Call, note_call
from orders.actions.checklist import Answer, answer_items
from orders.calls import callees_of
from orders.desk.checklist import GREEN, SINGLE
from orders.dossier import set_value
from orders.enums import CallOutcome, OrderState
from orders.guards import checklist_complete
from orders.models import CallNote, FilingOrder
from orders.workflow import Refused, Stale
from tests.builders import MOBILE, OTHER_MOBILE, post
from tests.orders.desk_stage import NOT_TAKEN, Desk, flash, make_desk
from tests.orders.test_case import refreeze

pytestmark = pytest.mark.django_db

THURSDAY_MORNING = datetime(2026, 11, 26, 10, tzinfo=clock.SHANGHAI)
PRINCIPAL = "subject.principal"
EDITOR = "services[0].principal"


def in_shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.SHANGHAI)


def told(key: str):
    return Notice.objects.filter(template=key, channel="portal")


def note(desk: Desk, outcome: str = CallOutcome.CONFIRMED, person: str = PRINCIPAL, **more):
    call = Call(person, outcome, **more)
    return note_call(desk.reviewer.actor, order_id=desk.order.pk, call=call)


def desk_with_editor() -> Desk:
    desk = make_desk()
    for name, value in {
        "same_as_subject_principal": False,
        "full_name": "周示例",
        "mobile": OTHER_MOBILE,
    }.items():
        set_value(desk.order.dossier, f"{EDITOR}.{name}", value)
    desk.order.put_dossier(desk.order.dossier)
    desk.order.save()
    refreeze(desk.order, [])
    return desk


def calls_line(desk: Desk):
    panel = desk.client.get(desk.url("case")).context["panel"]
    return next(
        (group.key, line)
        for group in panel.groups
        for line in group.lines
        if line.item.key == "calls"
    )


def save(desk: Desk, client=None, **data):
    fields = {
        "version": desk.order.version,
        "number": f"{PRINCIPAL}/mobile",
        "outcome": "no_answer",
        **data,
    }
    return post(client or desk.client, desk.url("calls"), fields)


def test_call_is_noted_with_a_masked_number():
    desk = make_desk()

    response = save(desk, note="请下午再拨")

    call = CallNote.objects.get()
    assert response.url == f"{desk.url('case')}#item-calls"
    assert (call.person, call.number_masked, call.outcome) == (
        PRINCIPAL,
        "138******34",
        "no_answer",
    )
    assert call.author == desk.reviewer.user
    raw = CallNote.objects.extra(where=["note LIKE %s"], params=["%下午%"])
    assert not raw.exists()


def test_one_click_confirms_a_person_and_the_item_turns_green():
    desk = make_desk()

    post(
        desk.client,
        desk.url("checklist"),
        {"version": desk.order.version, "answer": f"call:{PRINCIPAL}"},
    )

    group, line = calls_line(desk)
    assert (group, line.evidence.tone, line.evidence.passed_count) == (GREEN, "passed", 1)


def test_every_person_is_called_for_himself():
    desk = desk_with_editor()
    note(desk)

    group, line = calls_line(desk)

    assert (group, line.evidence.tone) == (SINGLE, "notice")
    with pytest.raises(Refused, match="网站负责人"):
        answer_items(desk.reviewer.actor, order_id=desk.order.pk, answers=[Answer("calls", "pass")])
    note(desk, person=EDITOR)
    answer_items(desk.reviewer.actor, order_id=desk.order.pk, answers=[Answer("calls", "pass")])


def test_who_did_not_answer_is_called_again_about_an_hour_later(monkeypatch, at):
    at(THURSDAY_MORNING)
    desk = make_desk()
    note(desk, CallOutcome.NO_ANSWER)
    dossier = desk.order.submissions.get().dossier
    called_at = CallNote.objects.get().called_at

    callee = callees_of(desk.order, dossier)[0]

    assert callee.next_at == called_at + timedelta(minutes=60)
    assert "后再拨" in callee.state_text
    assert "无人接听（第 1 次）" in desk.client.get(desk.url("case")).content.decode()
    later = called_at + timedelta(minutes=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert callee.state_text == "无人接听（第 1 次），现在可以再拨"


def test_denial_is_a_failed_check():
    desk = make_desk()
    note(desk)
    note(desk, CallOutcome.DENIED)

    group, line = calls_line(desk)

    assert (group, line.evidence.tone) == (SINGLE, "failed")


@pytest.mark.parametrize("verdict", ["pass", "not_applicable"])
def test_denial_after_the_item_was_answered_stops_the_pass(verdict):
    desk = make_desk()
    desk.tick()
    answer = Answer("calls", verdict, note="已当面核实")
    answer_items(desk.reviewer.actor, order_id=desk.order.pk, answers=[answer])
    note(desk, CallOutcome.DENIED)

    desk.act("pass")

    desk.order.refresh_from_db()
    assert desk.order.state == OrderState.INITIAL_REVIEW
    reason = checklist_complete(desk.order, desk.reviewer.actor, {})
    assert reason == "核对清单有不通过的项目：电话核验。"
    _group, line = calls_line(desk)
    assert (line.answer, line.may_pass) == (None, False)


def test_unanswered_call_after_the_item_passed_opens_it_again_until_confirmed():
    desk = make_desk()
    desk.tick()
    note(desk, CallOutcome.NO_ANSWER)

    reason = checklist_complete(FilingOrder.objects.get(), desk.reviewer.actor, {})

    assert reason == "核对清单还没有完成：电话核验。"
    note(desk)
    assert checklist_complete(FilingOrder.objects.get(), desk.reviewer.actor, {}) == ""


def test_number_that_was_not_given_cannot_be_called():
    desk = make_desk()

    for call in (
        Call(PRINCIPAL, "no_answer", "office_phone"),
        Call("services[7].principal", "no_answer"),
        Call(PRINCIPAL, "sang"),
    ):
        with pytest.raises(Refused):
            note_call(desk.reviewer.actor, order_id=desk.order.pk, call=call)

    assert not CallNote.objects.exists()


def test_form_names_what_is_missing():
    desk = make_desk()

    response = save(desk, number="", outcome="")

    assert list(response.context["form"].errors) == ["number", "outcome"]


def test_without_a_lease_or_on_an_old_page_nothing_is_noted():
    desk = make_desk()
    with pytest.raises(Stale):
        note_call(
            desk.reviewer.actor,
            order_id=desk.order.pk,
            call=Call(PRINCIPAL, "no_answer"),
            version=desk.order.version + 1,
        )
    desk.let_lease_lapse()

    response = save(desk)

    assert NOT_TAKEN in str(response.context["form"].errors)
    assert not CallNote.objects.exists()


def test_calls_of_a_former_round_do_not_count():
    desk = make_desk(OrderState.RESUBMITTED, round=2)
    note(desk)
    CallNote.objects.update(round=1)

    _group, line = calls_line(desk)

    assert line.evidence.tone == "notice"


def test_log_is_on_the_evidence_tab_without_the_full_number():
    desk = make_desk()
    note(desk, CallOutcome.NO_ANSWER)

    page = desk.client.get(f"{desk.url('case')}?view=evidence").content.decode()

    assert "138******34" in page
    assert MOBILE not in page


def test_calls_are_never_changed():
    call = note(make_desk())

    with pytest.raises(AppendOnlyError):
        call.save()
    with pytest.raises(AppendOnlyError):
        call.delete()


def test_passing_without_the_log_says_whom_to_call():
    desk = make_desk()
    client = desk.client

    response = post(
        client, desk.url("checklist"), {"version": desk.order.version, "answer": "pass:calls"}
    )

    assert flash(client, response.url) == ["还没有接通并确认：主体负责人。请先记录通话。"]


@pytest.mark.parametrize(
    ("outcome", "words"),
    [(CallOutcome.NO_ANSWER, "无人接听"), (CallOutcome.UNREACHABLE, "关机、停机或空号")],
)
def test_call_that_nobody_answered_is_told_to_account_and_person(outcome, words, change_setting):
    change_setting("site.phone", "0571-1234567")
    desk = desk_with_editor()

    row = note(desk, outcome, EDITOR)

    rows = Notice.objects.filter(template="call_failed")
    owner = desk.order.created_by
    assert {(each.channel, each.recipient) for each in rows} == {
        ("portal", str(desk.order.account_id)),
        ("sms", owner.phone),
        ("sms", OTHER_MOBILE),
    }
    for each in rows:
        assert words in each.body
        assert row.number_masked in each.body
        assert "周*" in each.body
        assert "0571-1234567" in each.body
        assert OTHER_MOBILE not in each.body
    own = next(each.body for each in rows if each.recipient == OTHER_MOBILE)
    assert "without an answer" in own


@pytest.mark.parametrize("outcome", [CallOutcome.CONFIRMED, CallOutcome.DENIED])
def test_call_that_was_answered_is_told_to_nobody(outcome):
    desk = make_desk()

    note(desk, outcome)

    assert not Notice.objects.filter(template="call_failed").exists()
    assert not desk.order.events.filter(name="call_failed").exists()


@pytest.mark.parametrize(
    ("called", "again"),
    [
        ("2026-11-26 10:00", "2026-11-26 11:00"),
        ("2026-11-26 07:30", "2026-11-26 09:00"),
        ("2026-11-26 17:30", "2026-11-27 09:00"),
        ("2026-11-27 17:30", "2026-11-30 09:00"),
        ("2026-09-30 17:30", "2026-10-08 09:00"),
    ],
)
def test_first_call_says_on_which_day_and_when_at_work_the_next_is_made(at, called, again):
    at(in_shanghai(called))
    desk = make_desk()

    note(desk, CallOutcome.NO_ANSWER)

    assert f"{again} 以后会再拨" in told("call_failed").get().body


def test_second_call_in_a_row_asks_to_be_called_back_and_promises_nothing(change_setting):
    change_setting("site.phone", "0571-1234567")
    desk = desk_with_editor()
    note(desk, CallOutcome.NO_ANSWER, EDITOR)

    note(desk, CallOutcome.UNREACHABLE, EDITOR)

    assert desk.order.events.filter(name="call_failed").count() == 2
    assert told("call_failed").count() == 1
    body = told("last_call_failed").get().body
    assert "已 2 次致电周*，都没有接通" in body
    assert "关机、停机或空号），订单可能被退回" in body
    assert "在服务时间（工作日 9:00–18:00）内回拨 0571-1234567" in body
    assert "再拨" not in body
    rows = Notice.objects.filter(template="last_call_failed", channel="sms")
    own = next(each.body for each in rows if each.recipient == OTHER_MOBILE)
    assert "2 time(s) in a row" in own
    _principal, editor = callees_of(desk.order, desk.order.submissions.get().dossier)
    assert "可以退回订单" in editor.state_text


def test_one_call_is_not_called_several():
    with pytest.raises(SettingError, match="at least 2"):
        REGISTRY["review.call_tries"].check(1)


@pytest.mark.parametrize("tries", [2, 3])
def test_number_of_tries_is_a_setting(change_setting, tries):
    change_setting("review.call_tries", tries)
    desk = make_desk()

    for _call in range(tries):
        note(desk, CallOutcome.NO_ANSWER)

    assert told("call_failed").count() == tries - 1
    assert told("last_call_failed").count() == 1


def test_tries_are_counted_from_the_last_talk_and_for_each_person(change_setting):
    desk = desk_with_editor()
    note(desk, CallOutcome.NO_ANSWER)
    note(desk, CallOutcome.NO_ANSWER, EDITOR)
    note(desk)

    note(desk, CallOutcome.NO_ANSWER)

    assert told("call_failed").count() == 3
    assert not told("last_call_failed").exists()


def test_message_about_a_call_speaks_the_owners_language():
    desk = make_desk()
    User.objects.filter(pk=desk.order.created_by_id).update(language="en")

    note(desk, CallOutcome.NO_ANSWER)

    body = Notice.objects.get(template="call_failed", channel="portal").body
    assert "without an answer (No answer)" in body
    assert "审核员" not in body


def test_refused_note_of_a_call_tells_nobody():
    desk = make_desk()
    desk.let_lease_lapse()

    with pytest.raises(Refused):
        note(desk, CallOutcome.NO_ANSWER)

    assert not Notice.objects.filter(template="call_failed").exists()


def test_person_who_owns_the_account_gets_one_text_message():
    desk = make_desk()
    User.objects.filter(pk=desk.order.created_by_id).update(phone=MOBILE)

    note(desk, CallOutcome.NO_ANSWER)

    assert Notice.objects.filter(template="call_failed", channel="sms").count() == 1
