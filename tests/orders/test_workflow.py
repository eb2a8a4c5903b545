"""The one door: who may do what when, and why not."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from beian.actors import ActorKind
from beian.enums import MembershipRole, StaffRoleName
from beian.models import Membership, Notice, ResourceUse
from orders import workflow
from orders.actions.draft import save_draft
from orders.agreements import give_agreements, required_of
from orders.enums import OrderState
from orders.models import FilingOrder, OrderEvent
from orders.transitions import BY_NAME, TRANSITIONS
from tests.builders import make_applicant, make_order, make_staff
from tests.life import make_ready_order

pytestmark = pytest.mark.django_db


def refusal(call, *args, **kwargs) -> tuple[str, str]:
    with pytest.raises(workflow.Refused) as refused:
        call(*args, **kwargs)
    return refused.value.code, refused.value.reason


def test_submit_freezes_holds_tells_and_sets_a_limit(life):
    life.submit()

    order = life.order
    submission = order.submissions.get()
    assert (order.state, order.round) == (OrderState.INITIAL_REVIEW, 1)
    assert submission.dossier == order.dossier
    assert len(submission.document_hashes) == 3
    assert submission.is_intact()
    assert ResourceUse.objects.get().state == "held"
    assert Notice.objects.filter(template="submitted").count() == 2
    assert order.due_at is not None


def test_changed_submission_is_recognised(life):
    life.submit()
    submission = life.order.submissions.get()

    submission.rule_set_version = "another"

    assert not submission.is_intact()


@pytest.mark.parametrize("state", list(OrderState))
def test_every_edge_that_does_not_leave_a_state_is_refused_there(state):
    order = make_order(make_applicant(), state=state)
    actor = make_staff(*StaffRoleName.values).actor
    codes = {}
    for transition in TRANSITIONS:
        if state not in transition.from_states:
            codes[transition.name], _reason = refusal(
                workflow.apply, order.pk, transition.name, actor
            )

    assert set(codes.values()) <= {"state"}


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_actor_of_the_wrong_kind_is_refused(name):
    transition = BY_NAME[name]
    applicant = make_applicant()
    order = make_order(applicant, state=transition.from_states[0])
    staff = make_staff(StaffRoleName.SUPPORT)
    outsider = staff.actor if ActorKind.APPLICANT in transition.kinds else applicant.actor

    code, _reason = refusal(workflow.apply, order.pk, name, outsider)

    assert code == "actor"


def test_member_of_another_account_is_refused():
    order = make_order(make_applicant())
    other = make_applicant(phone="13800000099", account_name="其他账号（虚构）")

    assert refusal(workflow.apply, order.pk, "abandon", other.actor)[0] == "actor"


def test_stale_page_changes_nothing(life):
    with pytest.raises(workflow.Stale):
        workflow.apply(
            life.order_id, "submit", life.applicant.actor, version=life.order.version - 1
        )

    assert life.order.state == OrderState.DRAFT


def test_incomplete_draft_is_refused_with_the_steps_that_lack():
    applicant = make_applicant()
    order = make_ready_order(applicant, **{"services[0].name": ""})

    code, reason = refusal(workflow.apply, order.pk, "submit", applicant.actor)

    assert (code, reason) == ("dossier_complete", "还没有填完：网站信息。")


def test_blocking_finding_is_refused_with_a_count():
    applicant = make_applicant()
    order = make_ready_order(applicant, **{"services[0].name": "SHILI"})

    code, reason = refusal(workflow.apply, order.pk, "submit", applicant.actor)

    assert (code, reason) == ("no_blocking_finding", "还有 1 项必须处理。")


def test_reviewer_never_takes_an_order_of_an_own_account(life):
    life.submit()
    Membership.objects.create(account=life.applicant.account, user=life.reviewer.user)

    code, reason = refusal(life.take)

    assert (code, reason) == ("not_own_account", "不能审核自己账号的订单，请由其他同事处理。")


def test_second_reviewer_is_told_that_a_colleague_was_faster(life):
    life.submit()
    life.take()
    other = make_staff(StaffRoleName.REVIEWER, name="reviewer-2")

    code, reason = refusal(workflow.apply, life.order_id, "take", other.actor)

    assert (code, reason) == ("unclaimed", "同事刚刚领取了这个订单。")


def test_decision_needs_a_claim(life):
    life.submit()

    assert refusal(life.act, "pass_initial_review", life.reviewer)[0] == "claimed_by_actor"


def test_rejection_needs_a_comment_and_passing_needs_none(life):
    life.submit()
    life.take()
    assert refusal(life.act, "reject", life.reviewer)[0] == "has_must_fix_comment"

    life.comment()

    assert refusal(life.act, "pass_initial_review", life.reviewer)[0] == "no_must_fix_comment"


def test_supplement_opens_the_commented_fields_only(life):
    life.submit()
    life.take()
    life.comment("services[0].name")
    life.act("ask_supplement", life.reviewer)

    order = life.order
    assert (order.state, order.open_paths) == (
        OrderState.NEEDS_SUPPLEMENT,
        ["services[0].name"],
    )
    assert order.comments.get().sent_at is not None
    assert order.assigned_to_id is None


def test_resubmission_waits_for_an_answer_to_every_comment(life):
    life.submit()
    life.take()
    comment = life.comment()
    life.act("ask_supplement", life.reviewer)

    assert refusal(life.submit, "resubmit") == (
        "comments_answered",
        "还有 1 条意见没有处理。",
    )
    comment.reply_state, comment.reply = "explained", "这是我们的品牌名"
    comment.save()
    life.submit("resubmit")

    assert (life.order.state, life.order.round, life.order.open_paths) == (
        OrderState.RESUBMITTED,
        2,
        [],
    )


def test_recall_closes_the_fields_and_goes_on_reviewing(life):
    life.submit()
    life.take()
    life.comment()
    life.act("ask_supplement", life.reviewer)

    life.act("recall", life.reviewer)

    assert (life.order.state, life.order.open_paths) == (OrderState.INITIAL_REVIEW, [])


def test_withdrawal_keeps_the_data_and_the_slot(life):
    life.submit()
    before = life.order.dossier

    life.act("withdraw")

    assert life.order.state == OrderState.DRAFT
    assert life.order.dossier == before
    assert ResourceUse.objects.get().state == "held"


def test_abandoning_frees_the_slot_and_is_final(life):
    life.submit()
    life.act("withdraw")
    life.act("abandon")

    assert ResourceUse.objects.get().state == "released"
    assert refusal(life.act, "submit")[0] == "state"
    life.act("hide")
    assert life.order.is_hidden


def test_available_gives_every_edge_of_the_actor_with_reasons(life):
    life.submit()
    options = {
        option.transition.name: option.code
        for option in workflow.available(life.order, life.reviewer.actor)
    }

    assert options == {
        "take": "",
        "pass_initial_review": "claimed_by_actor",
        "reject": "claimed_by_actor",
        "ask_supplement": "claimed_by_actor",
        "release": "may_release",
        "reassign": "actor",
    }


def test_rejection_tells_the_points_by_mail_and_their_number_by_text_message(life):
    life.submit()
    life.take()
    life.comment("services[0].name")
    life.act("reject", life.reviewer)

    bodies = {each.channel: each.body for each in Notice.objects.filter(template="rejected")}
    assert "网站名称：请改名" in bodies["mail"]
    assert f"/filings/{life.order_id}/）修改后重新提交" in bodies["mail"]
    assert "1 条意见" in bodies["sms"]
    assert "请改名" not in bodies["sms"]


def make_rival():
    """Another organisation's draft for the same domain, ready to submit."""
    other = make_applicant(phone="13800000099", account_name="其他账号（虚构）")
    changes = {
        "subject.cert_number": "91330102MA0000002A",
        "services[0].domains": ["shili-keji.com"],
    }
    return other, make_ready_order(other, **changes)


def test_domain_runs_in_one_order_at_a_time(life):
    life.submit()
    other, rival = make_rival()

    assert refusal(workflow.apply, rival.pk, "submit", other.actor) == (
        "no_rival_domain",
        "域名 shili-keji.com 正在另一个订单中办理，请核对域名或联系客服。",
    )


def test_domain_on_record_is_not_filed_a_second_time(life, bureau):
    life.to_bureau_review()
    bureau.decide("granted")
    life.collect()
    other, rival = make_rival()

    assert refusal(workflow.apply, rival.pk, "submit", other.actor) == (
        "no_rival_domain",
        "域名 shili-keji.com 已经备案，请核对域名。",
    )


def test_account_has_one_open_order_in_the_database_too(life):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_order(life.applicant)


def test_certificate_has_one_open_order_across_accounts(life):
    other = make_applicant(phone="13800000099", account_name="其他账号（虚构）")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_order(other)


def test_history_refuses_changes_in_the_database(life):
    for statement in ("UPDATE orders_orderevent SET name = 'x'", "DELETE FROM orders_orderevent"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

    events = OrderEvent.objects.filter(order_id=life.order_id)
    assert [event.name for event in events] == ["start"]


def test_database_refuses_a_state_it_does_not_know(life):
    with pytest.raises(IntegrityError, match="order_state_known"), transaction.atomic():
        FilingOrder.objects.filter(pk=life.order_id).update(state="nonsense")


STRANGERS = {
    "no filing role": lambda life: sub_user(life, MembershipRole.NONE),
    "another account": lambda _life: make_applicant(phone="13900000077", account_name="另一账号"),
    "staff": lambda life: life.reviewer,
}


def sub_user(life, role):
    return make_applicant(phone="13900000078", account=life.applicant.account, role=role)


@pytest.mark.parametrize("who", list(STRANGERS))
def test_only_who_files_for_the_account_passes_the_door(life, who):
    stranger = STRANGERS[who](life)
    order = life.order

    assert refusal(life.act, "submit", stranger)[0] == "actor"
    assert refusal(workflow.start, FilingOrder(account=order.account), stranger.actor)[0] == "actor"
    edits = {"subject.remarks": "备注"}
    saving = refusal(save_draft, stranger.actor, order.pk, version=order.version, edits=edits)
    assert saving[0] == "actor"
    assert life.order.state == OrderState.DRAFT


def test_sub_user_with_the_filing_role_passes_the_door(life):
    colleague = sub_user(life, MembershipRole.BEIAN_ADMINISTRATOR)
    give_agreements(colleague.actor, life.order, keys=required_of(life.order))

    life.act("submit", colleague)

    assert life.order.state == OrderState.INITIAL_REVIEW
