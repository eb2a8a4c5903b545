"""The initial reviewer's checklist: items as data, answers as rows, the guard of the pass."""

import pytest
from django.urls import reverse

from beian.enums import StaffRoleName as Role
from beian.models import SettingOverride
from beian.models.audit import AppendOnlyError
from beian.site_settings import setting
from beian.site_settings.lookup import forget_overrides
from orders import workflow
from orders.actions.checklist import Answer, answer_items
from orders.actions.review import take_order
from orders.checklist.items import all_items, items_for
from orders.desk.checklist import GREEN, LOOKED_AT, SINGLE
from orders.dossier import set_value
from orders.enums import OrderState, Verdict
from orders.models import ChecklistAnswer
from orders.workflow import Refused
from tests.builders import client_of, make_applicant, make_order, make_resource, make_staff, post
from tests.checklist import tick_everything
from tests.life import prove_contacts
from tests.orders.desk_stage import NAME_PATH, NOT_TAKEN, Desk, flash, make_desk
from tests.orders.test_case import finding, refreeze

pytestmark = pytest.mark.django_db

FAILURE = {
    "reason": "R-NAME",
    "path": NAME_PATH,
    "severity": "must_fix",
    "text": "请改为与单位有关的名称。",
    "action": "save",
}


def clean_desk() -> Desk:
    """A case in which every machine check is green."""
    desk = make_desk()
    resource = make_resource(desk.order.account)
    set_value(desk.order.dossier, "services[0].resource", str(resource.pk))
    set_value(desk.order.dossier, "services[0].ips", list(resource.public_ips))
    desk.order.put_dossier(desk.order.dossier)
    desk.order.save()
    refreeze(desk.order, [])
    prove_contacts(desk.order)
    return desk


def answer(desk: Desk, what: str, client=None, **data):
    desk.order.refresh_from_db()
    fields = {"version": desk.order.version, "answer": what, **data}
    return post(client or desk.client, desk.url("checklist"), fields)


def verdicts(desk: Desk) -> dict[str, str]:
    rows = ChecklistAnswer.objects.filter(order=desk.order)
    return dict(rows.values_list("item", "verdict"))


def groups_of(desk: Desk) -> dict[str, list[str]]:
    panel = desk.client.get(desk.url("case")).context["panel"]
    return {group.key: [line.item.key for line in group.lines] for group in panel.groups}


def fail(desk: Desk, item: str = "service", query: str = "", **data):
    fields = {**FAILURE, "version": desk.order.version, **data}
    return post(desk.client, desk.url("checklist-item", item) + query, fields)


def test_every_compulsory_item_of_the_default_exists_and_the_other_way_round():
    assert list(all_items()) == setting("review.compulsory_items")


def test_items_follow_the_order_type_and_the_nature():
    order = make_desk().order
    keys = {item.key for item in items_for(order)}

    set_value(order.dossier, "subject.nature", "personal")
    personal = {item.key for item in items_for(order)}

    assert "filed_services" not in keys
    assert keys - personal == {"subject_status"}


def test_clean_case_passes_with_six_acts():
    desk = clean_desk()
    workflow.apply(desk.order.pk, "release", desk.reviewer.actor)
    client = desk.client

    acts = [post(client, desk.url("case-act", "take"))]
    acts.append(answer(desk, "call:subject.principal", client))
    acts.append(answer(desk, f"group:{GREEN}", client))
    acts.append(answer(desk, f"group:{LOOKED_AT}", client))
    acts.append(client.get(desk.url("case-act", "pass_initial_review")))
    acts.append(desk.act("pass_initial_review", client))

    desk.order.refresh_from_db()
    assert desk.order.state == OrderState.PENDING_BUREAU_SUBMISSION
    assert len(acts) <= 6


def test_green_items_are_confirmed_together_and_calls_are_not():
    desk = clean_desk()

    answer(desk, f"group:{GREEN}")

    assert groups_of(desk)[GREEN] == ["region", "contacts", "resource"]
    assert groups_of(desk)[SINGLE] == ["calls"]
    assert verdicts(desk) == dict.fromkeys(["region", "contacts", "resource"], "pass")
    rows = ChecklistAnswer.objects.values_list("is_grouped", "machine", "author")
    assert set(rows) == {(True, "passed", desk.reviewer.user.pk)}


@pytest.mark.parametrize("outcome", ["block", "advice"])
def test_flagged_item_is_never_confirmed_with_others(outcome):
    desk = clean_desk()
    refreeze(desk.order, [finding(outcome, "subject.contact_address", "地址不完整。")])

    answer(desk, f"group:{GREEN}")

    assert "region" in groups_of(desk)[SINGLE]
    assert "region" not in verdicts(desk)
    page = desk.client.get(desk.url("case")).content.decode()
    assert 'href="#field-subject-contact-address"' in page


def test_what_the_machine_could_not_tell_is_for_a_person_to_look_at():
    desk = clean_desk()
    unknown = {**finding("advice", "subject.contact_address", "暂缺区划。"), "unknown": ["x"]}
    refreeze(desk.order, [unknown])

    answer(desk, f"group:{GREEN}")
    answer(desk, f"group:{LOOKED_AT}")

    assert "region" in groups_of(desk)[LOOKED_AT]
    assert ChecklistAnswer.objects.get(item="region").machine == "unknown"


def test_long_list_of_open_items_is_counted():
    desk = make_desk()

    page = desk.client.get(desk.url("case")).content.decode()

    assert "核对清单还有 13 项没有回答：备案类型和冲突、备案地区、主体证件等。" in page


def test_check_without_a_field_is_evidence_of_the_first_item():
    desk = clean_desk()
    refreeze(desk.order, [finding("advice", "domain", "没有查到实名信息。")])

    assert groups_of(desk)[SINGLE] == ["order_type", "calls"]


def test_pass_waits_for_the_items_and_says_which():
    desk = make_desk()
    desk.tick()
    ChecklistAnswer.objects.filter(item__in=["domain", "calls"]).delete()
    client = desk.client

    page = client.get(desk.url("case")).content.decode()
    response = desk.act("pass_initial_review", client)

    reason = "核对清单还没有完成：电话核验、域名。"
    assert reason in page
    assert flash(client, response.url) == [reason]
    desk.order.refresh_from_db()
    assert desk.order.state == OrderState.INITIAL_REVIEW


def test_item_that_is_not_compulsory_may_stay_open():
    desk = make_desk()
    desk.tick()
    ChecklistAnswer.objects.filter(item="calls").delete()
    others = [key for key in all_items() if key != "calls"]
    SettingOverride.objects.create(name="review.compulsory_items", value=others)
    forget_overrides()

    desk.act("pass_initial_review")

    desk.order.refresh_from_db()
    assert desk.order.state == OrderState.PENDING_BUREAU_SUBMISSION
    forget_overrides()


def test_failure_is_kept_with_its_reason_and_writes_the_comment():
    desk = make_desk()
    desk.tick()

    response = fail(desk)

    comment = desk.order.comments.get()
    assert response.url == f"{desk.url('case')}#checklist"
    last = ChecklistAnswer.objects.filter(item="service").last()
    assert (last.verdict, last.reason_code) == ("fail", "R-NAME")
    assert (comment.path, comment.reason_code, comment.sent_at) == (NAME_PATH, "R-NAME", None)


def test_failed_item_blocks_the_pass_until_it_passes():
    desk = make_desk()
    desk.tick()
    fail(desk, path="-", text="")
    client = desk.client

    response = desk.act("pass_initial_review", client)
    refusal = flash(client, response.url)
    answer(desk, "pass:service", client)
    desk.act("pass_initial_review", client)

    assert refusal == ["核对清单有不通过的项目：网站名称和内容。"]
    desk.order.refresh_from_db()
    assert desk.order.state == OrderState.PENDING_BUREAU_SUBMISSION
    assert ChecklistAnswer.objects.filter(item="service").count() == 3


def test_failure_without_words_names_the_field_and_keeps_what_was_chosen():
    desk = make_desk()

    response = fail(desk, text="")

    form = response.context["form"]
    assert form.errors["text"] == ["请填写给申请人的意见，或选择暂不写意见"]
    assert form["reason"].value() == "R-NAME"
    assert verdicts(desk) == {}


def test_reason_fills_in_the_words_without_saving():
    desk = make_desk()

    response = fail(desk, action="use_reason", text="")

    assert response.context["form"]["text"].value().startswith("网站名称")
    assert verdicts(desk) == {}


def test_not_applicable_needs_a_reason():
    desk = make_desk()

    empty = fail(desk, "blacklist", "?verdict=not_applicable", note=" ")
    fail(desk, "blacklist", "?verdict=not_applicable", note="系统停用，已电话查询。")

    assert empty.context["form"].errors["note"] == ["请填写不适用的理由"]
    kept = ChecklistAnswer.objects.get()
    assert (kept.verdict, kept.note) == (Verdict.NOT_APPLICABLE, "系统停用，已电话查询。")
    raw = ChecklistAnswer.objects.extra(where=["note LIKE %s"], params=["%电话查询%"])
    assert not raw.exists()


def test_answers_are_a_persons_own():
    desk = make_desk()
    desk.tick()
    colleague = make_staff(Role.REVIEWER, name="reviewer-2")
    desk.let_lease_lapse()
    take_order(colleague.actor, order_id=desk.order.pk)
    other = Desk(colleague, desk.order)

    page = other.client.get(other.url("case")).content.decode()
    other.act("pass_initial_review")

    assert "reviewer-1：通过" in page
    desk.order.refresh_from_db()
    assert desk.order.state == OrderState.INITIAL_REVIEW
    tick_everything(colleague.actor, desk.order.pk)
    other.act("pass_initial_review")
    desk.order.refresh_from_db()
    assert desk.order.state == OrderState.PENDING_BUREAU_SUBMISSION


def test_answers_are_of_their_round():
    desk = make_desk(OrderState.RESUBMITTED, round=2)
    row = {"order": desk.order, "author": desk.reviewer.user, "answered_at": desk.order.created_at}
    for item in items_for(desk.order):
        ChecklistAnswer.objects.create(item=item.key, round=1, verdict="pass", **row)

    desk.act("pass_initial_review")

    desk.order.refresh_from_db()
    assert desk.order.state == OrderState.RESUBMITTED


def test_without_a_lease_nothing_is_answered():
    desk = make_desk()
    desk.let_lease_lapse()
    client = desk.client

    response = answer(desk, "pass:domain", client)

    assert flash(client, response.url) == [NOT_TAKEN]
    assert verdicts(desk) == {}


def test_stale_page_answers_nothing():
    desk = make_desk()

    answer(desk, "pass:domain", version=desk.order.version + 1)

    assert verdicts(desk) == {}


@pytest.mark.parametrize("what", ["", "pass:", "group:single", "fail:domain", "group:x"])
def test_nonsense_is_refused(what):
    desk = make_desk()

    response = answer(desk, what)

    assert response.status_code in {302, 404}
    assert verdicts(desk) == {}


@pytest.mark.parametrize(
    "given", [Answer("none", "pass"), Answer("domain", "fail"), Answer("domain", "not_applicable")]
)
def test_answer_without_what_it_needs_is_refused(given):
    desk = make_desk()

    with pytest.raises(Refused):
        answer_items(desk.reviewer.actor, order_id=desk.order.pk, answers=[given])


def test_answers_are_never_changed():
    desk = make_desk()
    desk.tick()
    row = ChecklistAnswer.objects.first()

    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        row.delete()


def test_record_is_shown_with_the_evidence():
    desk = make_desk()
    fail(desk, note="商标未见")

    page = desk.client.get(f"{desk.url('case')}?view=evidence").content.decode()

    assert "网站名称和内容" in page
    assert "商标未见" in page
    assert "R-NAME" in page


def test_checklist_is_shown_in_review_only():
    order = make_order(make_applicant(), state=OrderState.PENDING_BUREAU_SUBMISSION)
    submitter = make_staff(Role.BUREAU_SUBMITTER, name="submitter-1")

    response = client_of(submitter.user).get(reverse("orders:case", args=[order.pk]))

    assert response.context["panel"] is None
