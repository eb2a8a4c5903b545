"""The state table: one row per edge, no code in it.

`workflow.apply` and `workflow.available` read the same rows; so do the buttons, the graph in the
documentation and the tests. Guards and effects are named functions (orders/guards/, effects.py);
numbers T… are those of the process description.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from beian.actors import ActorKind
from beian.enums import StaffRoleName as Role
from beian.lazy_text import LazyText
from orders.enums import OrderState as S


@dataclass(frozen=True)
class Transition:
    """One edge. `roles` empty: any actor of the kind. `start` and `stop` are deadline kinds."""

    id: str
    name: str
    label: LazyText
    from_states: tuple[S, ...]
    to_state: S
    kinds: tuple[ActorKind, ...]
    roles: tuple[Role, ...] = ()
    guards: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    told: LazyText = ""


APPLICANT, STAFF = (ActorKind.APPLICANT,), (ActorKind.STAFF,)
SYSTEM, MINISTRY, BUREAU = (ActorKind.SYSTEM,), (ActorKind.MINISTRY,), (ActorKind.BUREAU,)
REVIEWERS = (Role.REVIEWER, Role.SENIOR_REVIEWER)
SUBMITTERS = (Role.BUREAU_SUBMITTER,)
IDLE = ("idle_reminder", "idle_expiry")
IN_REVIEW = (S.INITIAL_REVIEW, S.RESUBMITTED)
WITH_APPLICANT = (S.NEEDS_SUPPLEMENT, S.INITIAL_REJECTED, S.BUREAU_REJECTED, S.RETURNED_BY_MIIT)
SUBMIT_GUARDS = (
    "dossier_complete",
    "no_rival_domain",
    "no_blocking_finding",
    "truthfulness_done",
    "agreements_given",
    "resource_usable",
)
REVIEW = ("initial_review", "review_warning")
AT_SMS = ("sms_verification", "sms_reminder")

TRANSITIONS = (
    Transition(
        "T2", "submit", _("提交备案"), (S.DRAFT,), S.INITIAL_REVIEW, APPLICANT,
        guards=SUBMIT_GUARDS, effects=("freeze_submission", "hold_resource"),
        notices=("submitted",), start=REVIEW, stop=IDLE,
        told=_p("history", "提交备案"),
    ),
    Transition(
        "T3", "withdraw", _("撤销备案"), (*IN_REVIEW, S.PENDING_BUREAU_SUBMISSION), S.DRAFT,
        APPLICANT, guards=("not_handed_over",), effects=("cancel_queued_record", "drop_assignment"),
        notices=("withdrawn",), start=IDLE, stop=(*REVIEW, "bureau_submission", "lease"),
        told=_("撤销备案，订单回到草稿"),
    ),
    Transition(
        "T4", "abandon", _("放弃备案"), (S.DRAFT, *WITH_APPLICANT), S.ABANDONED, APPLICANT,
        effects=("release_resource", "clear_return_reason", "end_truthfulness"),
        notices=("abandoned",), stop=IDLE,
        told=_p("history", "放弃备案"),
    ),
    Transition(
        "T5", "take", _("领取"), (S.INITIAL_REVIEW,), S.INITIAL_REVIEW, STAFF, REVIEWERS,
        guards=("not_own_account", "unclaimed"), effects=("assign_to_actor",), start=("lease",),
        told=_("审核员已开始审核"),
    ),
    Transition(
        "T5", "take_resubmitted", _("领取"), (S.RESUBMITTED,), S.RESUBMITTED, STAFF, REVIEWERS,
        guards=("not_own_account", "unclaimed"), effects=("assign_to_actor",), start=("lease",),
        told=_("审核员已开始审核"),
    ),
    Transition(
        "T6", "pass_initial_review", _("通过初审"), IN_REVIEW, S.PENDING_BUREAU_SUBMISSION,
        STAFF, REVIEWERS,
        guards=(
            "claimed_by_actor", "no_must_fix_comment", "objections_waived",
            "truthfulness_settled", "senior_for_risk", "checklist_complete",
        ),
        effects=("note_reviewer", "drop_assignment"), notices=("initial_review_passed",),
        start=("bureau_submission",), stop=(*REVIEW, "lease"), told=_("初审通过"),
    ),
    Transition(
        "T7", "reject", _("驳回"), IN_REVIEW, S.INITIAL_REJECTED, STAFF, REVIEWERS,
        guards=("claimed_by_actor", "has_must_fix_comment"),
        effects=("send_comments", "end_checks_asked_again", "note_reviewer", "drop_assignment"),
        notices=("rejected",),
        start=IDLE, stop=(*REVIEW, "lease"), told=_("初审驳回"),
    ),
    Transition(
        "T8", "ask_supplement", _("退回待修改"), IN_REVIEW, S.NEEDS_SUPPLEMENT, STAFF, REVIEWERS,
        guards=("claimed_by_actor", "has_must_fix_comment"),
        effects=(
            "send_comments", "open_commented_paths", "end_checks_asked_again", "note_reviewer",
            "drop_assignment",
        ),
        notices=("needs_supplement",), start=IDLE, stop=(*REVIEW, "lease"),
        told=_("审核员请您补充或修改"),
    ),
    Transition(
        "T9", "resubmit", _("重新提交"), (S.NEEDS_SUPPLEMENT,), S.RESUBMITTED, APPLICANT,
        guards=("comments_answered", *SUBMIT_GUARDS),
        effects=(
            "freeze_submission", "end_checks_of_strangers", "close_open_paths", "hold_resource",
        ),
        notices=("submitted",), start=REVIEW, stop=IDLE, told=_("修改后重新提交"),
    ),
    Transition(
        "T10/T19", "submit_again", _("重新提交"),
        (S.INITIAL_REJECTED, S.RETURNED_BY_MIIT, S.BUREAU_REJECTED), S.INITIAL_REVIEW, APPLICANT,
        guards=("comments_answered", *SUBMIT_GUARDS),
        effects=("freeze_submission", "clear_return_reason", "hold_resource"),
        notices=("submitted",), start=REVIEW, stop=IDLE, told=_("修改后重新提交"),
    ),
    Transition(
        "T12", "accept_at_bureau", _("管局已接收"), (S.PENDING_BUREAU_SUBMISSION,),
        S.SMS_VERIFICATION, BUREAU, effects=("open_sms_challenges",),
        notices=("codes_due",), start=AT_SMS, stop=("bureau_submission",),
        told=_("已提交管局，工信部向负责人发送核验短信"),
    ),
    Transition(
        "T13", "send_back", _("退回申请人"), (S.PENDING_BUREAU_SUBMISSION,), S.INITIAL_REJECTED,
        STAFF, (*REVIEWERS, *SUBMITTERS),
        guards=("not_own_account", "not_handed_over", "has_opinion"),
        effects=("cancel_queued_record", "send_comments", "end_checks_asked_again"),
        notices=("sent_back",), start=IDLE,
        stop=("bureau_submission",), told=_("提交管局前退回"),
    ),
    Transition(
        "T13", "send_back_supplement", _("退回待修改"), (S.PENDING_BUREAU_SUBMISSION,),
        S.NEEDS_SUPPLEMENT, STAFF, (*REVIEWERS, *SUBMITTERS),
        guards=("not_own_account", "not_handed_over", "has_must_fix_comment"),
        effects=(
            "cancel_queued_record", "send_comments", "open_commented_paths",
            "end_checks_asked_again",
        ),
        notices=("needs_supplement",), start=IDLE, stop=("bureau_submission",),
        told=_("提交管局前退回，请您补充或修改"),
    ),
    Transition(
        "T14", "confirm_sms", _("短信核验完成"), (S.SMS_VERIFICATION,), S.BUREAU_REVIEW, MINISTRY,
        guards=("all_persons_verified",), effects=("tell_bureau_verified",),
        notices=("sms_done",), start=("bureau_review",), stop=AT_SMS,
        told=_("负责人全部完成短信核验"),
    ),
    Transition(
        "T15", "time_out_sms", _("短信核验超时"), (S.SMS_VERIFICATION,), S.RETURNED_BY_MIIT,
        SYSTEM, effects=("return_sms_timeout", "close_sms_challenges"),
        notices=("returned_by_miit",), start=IDLE, stop=AT_SMS,
        told=_("短信核验未在期限内完成，订单退回"),
    ),
    Transition(
        "T16", "return_after_errors", _("短信核验错误过多"), (S.SMS_VERIFICATION,),
        S.RETURNED_BY_MIIT, MINISTRY, effects=("return_too_many_errors", "close_sms_challenges"),
        notices=("returned_by_miit",), start=IDLE, stop=AT_SMS,
        told=_("短信核验连续输错次数过多，订单退回"),
    ),
    # Under bureau review too: docs/decisions/0008-domain-check-that-comes-late.md.
    Transition(
        "T17", "fail_domain_check", _("域名核验未通过"),
        (S.PENDING_BUREAU_SUBMISSION, S.SMS_VERIFICATION, S.BUREAU_REVIEW), S.RETURNED_BY_MIIT,
        MINISTRY,
        effects=("return_domain_check", "close_sms_challenges"), notices=("returned_by_miit",),
        start=IDLE, stop=("bureau_submission", "bureau_review", *AT_SMS),
        told=_("域名核验未通过，订单退回"),
    ),
    Transition(
        "T18", "resubmit_unchanged", _("原样重新提交管局"), (S.RETURNED_BY_MIIT,),
        S.PENDING_BUREAU_SUBMISSION, (ActorKind.APPLICANT, ActorKind.STAFF),
        (*REVIEWERS, *SUBMITTERS),
        guards=(
            "not_own_account", "draft_unchanged", "truthfulness_settled", "resource_usable",
            "data_still_valid", "no_rival_domain",
        ),
        effects=("keep_people_again", "clear_return_reason"),
        notices=("resubmitted_unchanged",), start=("bureau_submission",), stop=IDLE,
        told=_("原样重新提交管局"),
    ),
    Transition(
        "T20", "grant", _("管局通过"), (S.BUREAU_REVIEW,), S.FILED, BUREAU,
        guards=("numbers_present", "numbers_well_formed"),
        effects=("write_register", "consume_resource"),
        notices=("filed",), start=("public_security_reminder",), stop=("bureau_review",),
        told=_("管局审核通过，已备案"),
    ),
    Transition(
        "T21", "refuse", _("管局驳回"), (S.BUREAU_REVIEW,), S.BUREAU_REJECTED, BUREAU,
        guards=("has_opinion",), effects=("keep_bureau_opinion",), notices=("bureau_rejected",),
        start=IDLE, stop=("bureau_review",), told=_("管局驳回"),
    ),
    Transition(
        "T22", "expire", _("订单失效"), (S.DRAFT, *WITH_APPLICANT), S.EXPIRED, SYSTEM,
        effects=("release_resource", "clear_return_reason", "end_truthfulness"),
        notices=("expired",), stop=IDLE,
        told=_("长期没有操作，订单失效"),
    ),
    Transition(
        "T23", "reopen", _("重新打开"), (S.EXPIRED,), S.DRAFT, APPLICANT,
        guards=("not_erased", "may_start"), notices=("reopened",), start=IDLE,
        told=_("重新打开订单"),
    ),
    Transition(
        "T25", "release", _("释放"), (S.INITIAL_REVIEW,), S.INITIAL_REVIEW,
        (ActorKind.STAFF, ActorKind.SYSTEM), REVIEWERS, guards=("may_release",),
        effects=("drop_assignment",), stop=("lease",), told=_("等待审核员领取"),
    ),
    Transition(
        "T25", "release_resubmitted", _("释放"), (S.RESUBMITTED,), S.RESUBMITTED,
        (ActorKind.STAFF, ActorKind.SYSTEM), REVIEWERS, guards=("may_release",),
        effects=("drop_assignment",), stop=("lease",), told=_("等待审核员领取"),
    ),
    Transition(
        "T25", "reassign", _("转交"), (S.INITIAL_REVIEW,), S.INITIAL_REVIEW, STAFF,
        (Role.SENIOR_REVIEWER,), guards=("not_own_account", "names_another_reviewer"),
        effects=("assign_to_named",), start=("lease",), told=_("订单交由指定的审核员审核"),
    ),
    Transition(
        "T25", "reassign_resubmitted", _("转交"), (S.RESUBMITTED,), S.RESUBMITTED, STAFF,
        (Role.SENIOR_REVIEWER,), guards=("not_own_account", "names_another_reviewer"),
        effects=("assign_to_named",), start=("lease",), told=_("订单交由指定的审核员审核"),
    ),
    Transition(
        "T26", "recall", _("收回"), (S.NEEDS_SUPPLEMENT,), S.INITIAL_REVIEW, STAFF, REVIEWERS,
        guards=("not_own_account", "pictures_there"),
        effects=("close_open_paths", "put_submission_back", "keep_people_again"),
        notices=("recalled",), start=REVIEW, stop=IDLE,
        told=_("审核员收回了修改要求，继续审核"),
    ),
    Transition(
        "T31", "hide", _("从列表中删除"), (S.ABANDONED,), S.ABANDONED, APPLICANT,
        guards=("not_hidden",), effects=("hide_order",), told=_p("history", "从列表中删除"),
    ),
)  # fmt: skip

BY_NAME = {transition.name: transition for transition in TRANSITIONS}


@dataclass(frozen=True)
class Start:
    """T1 creates the order, so it has no row to start from."""

    id: str = "T1"
    name: str = "start"
    label: str = field(default=_("开始备案"))  # type: ignore[assignment]  # lazy text
    to_state: S = S.DRAFT
    told: str = field(default=_("建立订单"))  # type: ignore[assignment]  # lazy text


START = Start()


def from_state(state: str) -> list[Transition]:
    """Every edge that leaves `state`."""
    return [transition for transition in TRANSITIONS if state in transition.from_states]
