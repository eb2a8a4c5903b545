"""Who may take everything about an order out of the portal, for what, and how often."""

from datetime import timedelta

from beian import limits
from beian.actors import Actor
from beian.audit import record_audit
from beian.enums import StaffRoleName
from beian.models import User
from beian.site_settings import setting
from orders.models import FilingOrder
from orders.staff_notices import queue_evidence_limit

ACTION = "export_evidence"
ROLES = (StaffRoleName.AUDITOR, StaffRoleName.AUDIT_OFFICER)
# Why personal data leaves in clear; kept in the trail and told in the manifest.
PURPOSES = {
    "inspection": "主管部门检查 / inspection by an authority",
    "audit": "合规审计 / compliance audit",
    "incident": "安全事件调查 / investigation of an incident",
    "dispute": "处理投诉或争议 / complaint or dispute",
}


class EvidenceRefused(Exception):
    """No bundle was made; the text says why, in both languages."""


def permit(actor: Actor, order: FilingOrder, purpose: str, field: str) -> None:
    """Record that `actor` takes the whole order, or was refused; raises EvidenceRefused."""
    why = _refusal(actor, order, purpose)
    if why:
        record_audit(
            actor, ACTION, obj=order, field=field, purpose=purpose[:_CHARACTERS], result="refused"
        )
        raise EvidenceRefused(why)
    limit = setting("evidence.per_hour")
    try:
        limits.hit(ACTION, str(actor.user_id), limit=limit, window=timedelta(hours=1))
    except limits.LimitReached as reached:
        record_audit(actor, ACTION, obj=order, field=field, purpose=purpose, result="limit")
        queue_evidence_limit(actor, limit)
        raise EvidenceRefused(
            f"每人每小时最多导出 {limit} 个证据包，请在 {reached.retry_after} 秒后再试 / "
            f"{limit} bundles per person and hour at most: wait {reached.retry_after} s"
        ) from reached
    record_audit(actor, ACTION, obj=order, field=field, purpose=purpose)


# As many as the column of the audit trail takes.
_CHARACTERS = 200


def _refusal(actor: Actor, order: FilingOrder, purpose: str) -> str:
    if not User.objects.filter(pk=actor.user_id, is_active=True).exists():
        return f"{actor.label} 的账号已停用 / the account of {actor.label} is shut out"
    if not actor.has_role(*ROLES):
        who = actor.label
        return f"{who} 不是审计员或核查专员 / {who} is neither auditor nor audit officer"
    if purpose not in PURPOSES:
        return f"请说明用途 / say what for: {', '.join(PURPOSES)}"
    if order.is_erased:
        return (
            f"订单 {order.number} 的个人信息保存期满，已删除，不能再导出 / the personal data of "
            f"{order.number} was erased at the end of its term: there is nothing to export"
        )
    if not order.submissions.exists():
        return f"订单 {order.number} 还没有提交过 / {order.number} was never submitted"
    return ""
