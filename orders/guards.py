"""Conditions of transitions: each returns "" or the reason why not, in words for the actor."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.db.models import CharField, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beian.actors import Actor, ActorKind
from beian.enums import RealNameState, StaffRoleName
from beian.masking import mask_name
from beian.models import Account, ServiceDomain, Subject
from orders.enums import HandoverState
from orders.filing_numbers import is_number_under, is_subject_number

if TYPE_CHECKING:
    from orders.models import FilingOrder

Guard = Callable[["FilingOrder", Actor, Mapping], str]

_AWAY = (HandoverState.SENT, HandoverState.ACCEPTED, HandoverState.UNKNOWN)


def dossier_complete(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    from orders.wizard import unfinished_steps

    steps = unfinished_steps(order)
    if not steps:
        return ""
    names = _("、").join(str(step.title) for step in steps)
    return _("还没有填完：%(steps)s。") % {"steps": names}


def no_blocking_finding(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    from orders.findings import blocking_findings

    count = len(blocking_findings(order))
    if not count:
        return ""
    return ngettext("还有 %(count)d 项必须处理。", "还有 %(count)d 项必须处理。", count) % {
        "count": count
    }


def data_still_valid(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    """Time passes between the steps: a certificate lapses, a domain is filed by another."""
    from beian.data_language import in_language
    from orders.findings import blocking_now

    problem = next((in_language(finding.message) for finding in blocking_now(order)), "")
    if not problem:
        return ""
    words = {"problem": problem}
    if order.is_editable:
        return _("%(problem)s请修改资料后重新提交初审。") % words
    return _("%(problem)s请退回申请人修改。") % words


def truthfulness_done(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    """Own photo confirmed, or a meeting chosen: the machine's score decides nothing here."""
    from orders.truthfulness import missing_of, standings_of

    missing = missing_of(standings_of(order))
    if not missing:
        return ""
    names = _("、").join(mask_name(standing.person.full_name) for standing in missing)
    if all(standing.wants_meeting for standing in missing):
        return _("%(names)s还没有预约视频会议：审核员要求以视频会议核验。") % {"names": names}
    return _("%(names)s还没有完成真实性核验：请发送二维码或短信链接，或预约视频会议。") % {
        "names": names
    }


def truthfulness_settled(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    from orders.truthfulness_results import results_of

    result = next((each for each in results_of(order.submission) if not each.is_settled), None)
    if result is None:
        return ""
    if not result.is_over:
        return result.problem
    words = {"problem": result.problem}
    if order.is_editable:
        return _("%(problem)s请由本人重新核验，再重新提交初审。") % words
    return _("%(problem)s请退回申请人重新核验。") % words


def agreements_given(order: "FilingOrder", actor: Actor, _data: Mapping) -> str:
    from orders.agreements import missing_agreements

    titles = [text.title for text in missing_agreements(order, actor)]
    return _("请先勾选：%(titles)s。") % {"titles": _("、").join(titles)} if titles else ""


def resource_usable(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    from orders.assessment import assessed
    from orders.resources import refusal_among, refusal_of_chosen

    looked = assessed(order)
    return refusal_among(looked.resources, order) if looked else refusal_of_chosen(order)


def not_handed_over(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    is_away = any(record.state in _AWAY for record in order.open_filings)
    return _("资料已发送给管局，不能撤回。") if is_away else ""


def not_own_account(order: "FilingOrder", actor: Actor, _data: Mapping) -> str:
    if actor.kind is not ActorKind.STAFF:
        return ""
    is_own = order.is_of_member(actor.user_id)
    return _("不能审核自己账号的订单，请由其他同事处理。") if is_own else ""


def unclaimed(order: "FilingOrder", actor: Actor, _data: Mapping) -> str:
    if not order.is_claimed:
        return ""
    if order.is_claimed_by(actor.user_id):
        return _("您已经领取了这个订单。")
    return _("同事刚刚领取了这个订单。")


def claimed_by_actor(order: "FilingOrder", actor: Actor, _data: Mapping) -> str:
    if order.is_claimed_by(actor.user_id):
        return ""
    return _("请先领取这个订单：没有领取、领取已过期或由同事领取时不能处理。")


def _blocking_comments(order: "FilingOrder") -> int:
    return sum(comment.is_blocking for comment in order.standing_comments)


def no_must_fix_comment(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    return _("有未撤回的必须修改意见，不能通过。") if _blocking_comments(order) else ""


def has_must_fix_comment(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    if _blocking_comments(order):
        return ""
    return _("请至少给一个字段写明必须修改或需要材料的意见。")


def objections_waived(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    """A rule that was objected to is let go by a reviewer with a reason, or the order goes back."""
    from orders.objections import unwaived

    rules = [entry["rule"] for entry in unwaived(order.submission)]
    if not rules:
        return ""
    return _("申请人对规则 %(rules)s 提出异议：请逐条豁免并写明理由，或退回申请人。") % {
        "rules": _("、").join(rules)
    }


def checklist_complete(order: "FilingOrder", actor: Actor, _data: Mapping) -> str:
    """The reviewer's own answers for this round: every compulsory item, and no failure."""
    from orders.checklist.standing import standing_of

    standing = standing_of(order, actor.user_id)
    failed = _("、").join(item.label for item in standing.failed_items)
    if failed:
        return _("核对清单有不通过的项目：%(items)s。") % {"items": failed}
    return _open_items([item.label for item in standing.open_items])


def senior_for_risk(order: "FilingOrder", actor: Actor, _data: Mapping) -> str:
    from orders.risk import labels_of, senior_classes

    classes = senior_classes(order)
    if not classes or actor.has_role(StaffRoleName.SENIOR_REVIEWER):
        return ""
    words = {"classes": _("、").join(labels_of(classes))}
    return _("订单属于高风险类别（%(classes)s），须由高级审核员通过：请释放，由其领取。") % words


# A bar has room for so many names; the list itself is on the same page.
_NAMED_AT_MOST = 3


def _open_items(labels: list[str]) -> str:
    if not labels:
        return ""
    names = {"items": _("、").join(labels[:_NAMED_AT_MOST]), "count": len(labels)}
    if len(labels) > _NAMED_AT_MOST:
        return _("核对清单还有 %(count)d 项没有回答：%(items)s等。") % names
    return _("核对清单还没有完成：%(items)s。") % names


def comments_answered(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    from orders.replies import unanswered_comments

    count = len(unanswered_comments(order))
    if not count:
        return ""
    return ngettext("还有 %(count)d 条意见没有处理。", "还有 %(count)d 条意见没有处理。", count) % {
        "count": count
    }


def has_opinion(_order: "FilingOrder", _actor: Actor, data: Mapping) -> str:
    return "" if str(data.get("opinion", "")).strip() else _("请写明理由。")


def all_persons_verified(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    from verification.actions.sms import all_verified

    return "" if all_verified(order.pk, order.round) else _("还有负责人没有完成短信核验。")


def draft_unchanged(order: "FilingOrder", actor: Actor, data: Mapping) -> str:
    from orders.dossier import to_bytes

    if to_bytes(order.submission.dossier) == to_bytes(order.dossier):
        # A draft that did not open when its pictures went names them still.
        return pictures_there(order, actor, data)
    if _lacks_only_pictures(order):
        # Whoever lost pictures to their term changed nothing.
        reason = pictures_there(order, actor, data)
        if reason:
            return reason
    return _("资料已经修改过，请重新提交初审。")


def _lacks_only_pictures(order: "FilingOrder") -> bool:
    from orders.dossier import to_bytes

    submitted, kept = order.submission.dossier, order.dossier.materials
    files = {name for names in submitted.materials.values() for name in names}
    if not files.issuperset(name for names in kept.values() for name in names):
        return False
    without = submitted.model_copy(update={"materials": kept})
    return to_bytes(without) == to_bytes(order.dossier)


def numbers_present(order: "FilingOrder", _actor: Actor, data: Mapping) -> str:
    services = order.submission.dossier.services
    numbers = data.get("service_numbers", {})
    if data.get("subject_number") and all(numbers.get(str(each.ref)) for each in services):
        return ""
    return _("管局结果缺少备案号。")


def numbers_well_formed(order: "FilingOrder", _actor: Actor, data: Mapping) -> str:
    """What the bureau sends goes on record and to the foot of a site: nobody types it again."""
    subject_number, numbers = data["subject_number"], data["service_numbers"]
    given = [numbers[str(each.ref)] for each in order.submission.dossier.services]
    is_fit = is_subject_number(subject_number) and all(
        is_number_under(number, subject_number) for number in given
    )
    return "" if is_fit else _("管局结果的备案号格式不对，须由人核对。")


def no_rival_domain(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    """A domain is in one running order and under one filing at a time."""
    from orders.enums import RUNNING_STATES
    from orders.models import FilingOrder

    if not order.domain:
        return ""
    filed = ServiceDomain.objects.filter(name=order.domain, removed_at=None)
    running = FilingOrder.objects.filter(domain=order.domain, state__in=RUNNING_STATES)
    rivals = running.order_by().exclude(pk=order.pk)
    found = set(
        filed.order_by()
        .values_list(Value("filed", output_field=CharField()))
        .union(rivals.values_list(Value("running", output_field=CharField())))
    )
    if ("filed",) in found:
        return _("域名 %(domain)s 已经备案，请核对域名。") % {"domain": order.domain}
    if ("running",) in found:
        return _("域名 %(domain)s 正在另一个订单中办理，请核对域名或联系客服。") % {
            "domain": order.domain
        }
    return ""


def may_start(order: "FilingOrder", actor: Actor, _data: Mapping) -> str:
    """One account, one subject, one running order; real-name status first."""
    from orders.models import FilingOrder

    account = Account.objects.get(pk=order.account_id)
    if account.real_name_state != RealNameState.VERIFIED:
        return _("请先完成账号实名认证。")
    running = FilingOrder.objects.of_account(account.pk).open().exclude(pk=order.pk).first()
    if running is not None:
        return _("订单 %(number)s 还在办理，办完或放弃后才能开始新的备案。") % {
            "number": running.number
        }
    if Subject.objects.filter(account=account).exists():
        return _("本账号已有备案主体，首次备案只能办理一次。")
    return _rival_certificate(order)


def _rival_certificate(order: "FilingOrder") -> str:
    from orders.models import FilingOrder

    if not order.cert_digest:
        return ""
    rivals = FilingOrder.objects.open().filter(cert_digest=order.cert_digest)
    return _("此证件存在进行中的订单。") if rivals.exclude(pk=order.pk).exists() else ""


def may_release(order: "FilingOrder", actor: Actor, _data: Mapping) -> str:
    if order.assigned_to_id is None:
        return _("这个订单没有被领取。")
    if actor.kind is ActorKind.SYSTEM:
        return _("领取还没有到期。") if order.is_claimed else ""
    if order.assigned_to_id == actor.user_id or actor.has_role(StaffRoleName.SENIOR_REVIEWER):
        return ""
    return _("只有领取人或高级审核员可以释放。")


def names_another_reviewer(order: "FilingOrder", _actor: Actor, data: Mapping) -> str:
    """`to_user_id` is one of the reviewers who may take this order, and not the one who has it."""
    from orders.reviewers import reviewers_for

    chosen = data.get("to_user_id")
    if chosen is None:
        return _("请选择一位审核员。")
    if order.is_claimed_by(chosen):
        return _("这位审核员已经领取了这个订单。")
    if not reviewers_for(order).filter(pk=chosen).exists():
        return _("这位同事不能审核这个订单，请另选一位审核员。")
    return ""


def pictures_there(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    """What was submitted can be reviewed only as long as its pictures are kept."""
    erased_at = order.pictures_erased_at
    if erased_at is None or erased_at < order.submission.submitted_at:
        return ""
    return _("图片保存期满，已删除，须由申请人重新上传后提交。")


def not_erased(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    return _("订单的个人信息保存期满，已删除，请开始新的备案。") if order.is_erased else ""


def not_hidden(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    return _("已经从列表中删除。") if order.is_hidden else ""


GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        dossier_complete,
        no_blocking_finding,
        data_still_valid,
        truthfulness_done,
        truthfulness_settled,
        agreements_given,
        resource_usable,
        not_handed_over,
        not_own_account,
        unclaimed,
        claimed_by_actor,
        no_must_fix_comment,
        has_must_fix_comment,
        objections_waived,
        checklist_complete,
        senior_for_risk,
        comments_answered,
        has_opinion,
        all_persons_verified,
        draft_unchanged,
        numbers_present,
        numbers_well_formed,
        no_rival_domain,
        may_start,
        may_release,
        names_another_reviewer,
        pictures_there,
        not_erased,
        not_hidden,
    )
}
