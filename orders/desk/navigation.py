"""Entries of the staff rail that belong to orders."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from beian import navigation
from beian.counting import CountedSet
from beian.enums import StaffRoleName as Role
from orders.attention import sources
from orders.desk import handover_list, review_queue
from orders.enums import RuleEditState
from orders.models import RuleEdit

_ATTENTION_PAGES = (
    "orders:bureau-result",
    "orders:bureau-result-apply",
    "orders:failed-notice",
)
_DESK = (Role.REVIEWER, Role.SENIOR_REVIEWER, Role.BUREAU_SUBMITTER)


def _is_desk(request: HttpRequest) -> bool:
    return request.actor.has_role(*_DESK)


def _waiting(_request: HttpRequest) -> Mapping[str, CountedSet | None]:
    return {"waiting": review_queue.counted(review_queue.Filters())}


def _to_hand_over(_request: HttpRequest) -> Mapping[str, CountedSet | None]:
    return {"waiting": handover_list.counted()}


def _sees_attention(request: HttpRequest) -> bool:
    return request.actor.has_role(*sources.ROLES)


def _needs_person(request: HttpRequest) -> Mapping[str, QuerySet]:
    return {source.kind: source.rows() for source in sources.sources_of(request.actor)}


def _is_operator(request: HttpRequest) -> bool:
    return request.actor.has_role(Role.OPERATOR)


def _to_publish(_request: HttpRequest) -> Mapping[str, QuerySet]:
    return {"waiting": RuleEdit.objects.filter(state=RuleEditState.PROPOSED)}


DESK_ENTRIES = (
    navigation.Entry(
        "orders:queue",
        _("审核队列"),
        position=20,
        visible=_is_desk,
        rows=_waiting,
        url_names=(
            "orders:case",
            "orders:case-act",
            "orders:calls",
            "orders:checklist-item",
            "orders:comment",
            "orders:comment-edit",
            "orders:reassign",
            "orders:reveal",
            "orders:waive",
            "orders:queue-views",
            "orders:case-truthfulness",
        ),
    ),
    navigation.Entry(
        "orders:handover",
        _("待提交管局"),
        position=30,
        visible=_is_desk,
        rows=_to_hand_over,
        url_names=("orders:handover-act",),
    ),
    navigation.Entry("orders:returned", _("工信部退回"), position=40, visible=_is_desk),
    navigation.Entry(
        "orders:attention",
        _("需要处理"),
        position=50,
        visible=_sees_attention,
        rows=_needs_person,
        url_names=_ATTENTION_PAGES,
    ),
)

RULE_ENTRY = navigation.Entry(
    "orders:rules",
    _("备案规则"),
    position=60,
    visible=_is_operator,
    rows=_to_publish,
    url_names=(
        "orders:rule",
        "orders:rule-new",
        "orders:rule-form",
        "orders:rule-edit",
        "orders:rule-files",
    ),
)


def register() -> None:
    """Called once when the app is ready."""
    navigation.register(navigation.STAFF, *DESK_ENTRIES, RULE_ENTRY)
