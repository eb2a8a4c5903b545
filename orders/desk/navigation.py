"""Entries of the staff rail that belong to orders."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from beian import navigation
from beian.enums import StaffRoleName as Role
from orders.desk import handover_list, review_queue

_DESK = (Role.REVIEWER, Role.SENIOR_REVIEWER, Role.BUREAU_SUBMITTER)


def _is_desk(request: HttpRequest) -> bool:
    return request.actor.has_role(*_DESK)


def _waiting(_request: HttpRequest) -> int:
    return review_queue.waiting().count()


def _to_hand_over(_request: HttpRequest) -> int:
    return handover_list.waiting_count()


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
            "orders:comment",
            "orders:comment-edit",
            "orders:reassign",
            "orders:reveal",
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
)


def register() -> None:
    """Called once when the app is ready."""
    navigation.register(navigation.STAFF, *DESK_ENTRIES)
