"""Entries of the staff rail that belong to orders."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from beian import navigation
from beian.enums import StaffRoleName as Role
from orders.attention import sources
from orders.attention.pages import counts_of
from orders.desk import handover_list, review_queue
from orders.desk.counting import capped_counts, shown_count

_ATTENTION_PAGES = (
    "orders:bureau-result",
    "orders:bureau-result-apply",
    "orders:failed-notice",
)
_DESK = (Role.REVIEWER, Role.SENIOR_REVIEWER, Role.BUREAU_SUBMITTER)


def _is_desk(request: HttpRequest) -> bool:
    return request.actor.has_role(*_DESK)


def _waiting(_request: HttpRequest) -> str:
    rows = {"waiting": review_queue.waiting()}
    return shown_count(capped_counts(rows)["waiting"])


def _to_hand_over(_request: HttpRequest) -> str:
    rows = {"waiting": handover_list.waiting()}
    return shown_count(capped_counts(rows)["waiting"])


def _sees_attention(request: HttpRequest) -> bool:
    return request.actor.has_role(*sources.ROLES)


def _needs_person(request: HttpRequest) -> str:
    counts = counts_of(sources.sources_of(request.actor))
    return shown_count(sum(list(counts.values())))


DESK_ENTRIES = (
    navigation.Entry(
        "orders:queue",
        _("审核队列"),
        position=20,
        visible=_is_desk,
        count=_waiting,
        url_names=(
            "orders:case",
            "orders:case-act",
            "orders:calls",
            "orders:checklist-item",
            "orders:comment",
            "orders:comment-edit",
            "orders:reassign",
            "orders:reveal",
            "orders:queue-views",
        ),
    ),
    navigation.Entry(
        "orders:handover",
        _("待提交管局"),
        position=30,
        visible=_is_desk,
        count=_to_hand_over,
        url_names=("orders:handover-act",),
    ),
    navigation.Entry("orders:returned", _("工信部退回"), position=40, visible=_is_desk),
    navigation.Entry(
        "orders:attention",
        _("需要处理"),
        position=50,
        visible=_sees_attention,
        count=_needs_person,
        url_names=_ATTENTION_PAGES,
    ),
)


def register() -> None:
    """Called once when the app is ready."""
    navigation.register(navigation.STAFF, *DESK_ENTRIES)
