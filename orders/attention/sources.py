"""Where the list of what needs a person comes from: one row set per kind, and who sees it.

Each set stands on a partial index of its own, so that the list and its count stay quick however
many orders there are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from beian import clock
from beian.actions.failed_notices import failed_notices
from beian.actors import Actor
from beian.enums import StaffRoleName as Role
from beian.lazy_text import LazyText
from beian.models import Deadline
from beian.site_settings import setting
from beian.ui import Tone
from orders.actions.acceptance import unmoved_records
from orders.enums import REVIEW_STATES, HandoverState, OrderState, ResultState
from orders.models import BureauRecord, BureauResult, FilingOrder

REVIEWERS = frozenset({Role.REVIEWER, Role.SENIOR_REVIEWER})
SUBMITTERS = frozenset({Role.BUREAU_SUBMITTER})
CONTACTS = REVIEWERS | SUBMITTERS | {Role.SUPPORT}
TECHNICAL = frozenset({Role.SENIOR_REVIEWER, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Source:
    """`since` and `ident` are fields: from when on a person is needed, and the row's name."""

    kind: str
    label: LazyText
    tone: Tone
    icon: str
    roles: frozenset[str]
    rows: Callable[[], QuerySet]
    since: str
    ident: str = "pk"


def _ago(name: str) -> datetime:
    return clock.now() - timedelta(minutes=setting(name))


def _results() -> QuerySet[BureauResult]:
    late = Q(state=ResultState.WAITING, received_at__lte=_ago("attention.result_wait_minutes"))
    rows = BureauResult.objects.select_related("record").defer("record__content_sealed")
    return rows.filter(Q(state=ResultState.STOPPED) | late & ~Q(problem=""))


def _refused_records() -> QuerySet[BureauRecord]:
    rows = BureauRecord.objects.defer("content_sealed")
    return rows.filter(state=HandoverState.REFUSED, closed_at=None)


def _silent_records() -> QuerySet[BureauRecord]:
    on_their_way = (HandoverState.QUEUED, HandoverState.SENT, HandoverState.UNKNOWN)
    return BureauRecord.objects.defer("content_sealed").filter(
        state__in=on_their_way, created_at__lte=_ago("attention.record_wait_minutes")
    )


def _overdue(*states: OrderState) -> Callable[[], QuerySet[FilingOrder]]:
    rows = FilingOrder.objects.defer("dossier_sealed")
    return lambda: rows.filter(state__in=states, due_at__lt=clock.now())


def _failing_deadlines() -> QuerySet[Deadline]:
    return Deadline.objects.filter(
        done_at=None,
        cancelled_at=None,
        failure_count__gt=0,
        failure_count__gte=setting("attention.deadline_failures"),
    )


SOURCES = (
    Source(
        "result", _("管局结果未登记"), "danger", "", SUBMITTERS, _results, "received_at", "key"
    ),
    Source(
        "refused", _("管局系统拒收"), "danger", "", SUBMITTERS, _refused_records, "answered_at"
    ),
    Source("silent", _("管局无回执"), "warning", "", SUBMITTERS, _silent_records, "created_at"),
    Source(
        "unmoved", _("管局已接收，订单未推进"), "danger", "", SUBMITTERS, unmoved_records,
        "answered_at",
    ),
    Source(
        "overdue_review", _("初审逾期"), "danger", "octagon", REVIEWERS,
        _overdue(*sorted(REVIEW_STATES)), "due_at",
    ),
    Source(
        "overdue_submission", _("提交管局逾期"), "danger", "octagon", SUBMITTERS,
        _overdue(OrderState.PENDING_BUREAU_SUBMISSION), "due_at",
    ),
    Source(
        "overdue_bureau", _("管局审核超期"), "bureau", "", SUBMITTERS,
        _overdue(OrderState.BUREAU_REVIEW), "due_at",
    ),
    Source("notice", _("消息发送失败"), "warning", "", CONTACTS, failed_notices, "created_at"),
    Source(
        "deadline", _("期限处理失败"), "warning", "", TECHNICAL, _failing_deadlines, "due_at"
    ),
)  # fmt: skip
BY_KIND = {source.kind: source for source in SOURCES}
# Everybody who sees at least one kind.
ROLES = frozenset().union(*(source.roles for source in SOURCES))


def sources_of(actor: Actor) -> list[Source]:
    """The kinds this person sees, in the order of the table."""
    return [source for source in SOURCES if actor.has_role(*source.roles)]
