"""Reads of the inbox and of what a request may see of it."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.http import HttpRequest

from beian.actions.staff_notices import counted_unread
from beian.actors import ANONYMOUS
from beian.counting import CountedSet
from beian.enums import Channel
from beian.models import Account, Notice


def inbox(account: Account) -> QuerySet[Notice]:
    """The account's portal messages, newest first."""
    rows = Notice.objects.filter(account=account, channel=Channel.PORTAL)
    return rows.order_by("-created_at", "-pk")


def unread_count(request: HttpRequest) -> int | None:
    """The number beside 消息 in the navigation; None outside an account."""
    account = getattr(request, "account", None)
    return inbox(account).filter(read_at=None).count() if account is not None else None


def is_member(request: HttpRequest) -> bool:
    return getattr(request, "membership", None) is not None


def may_file(request: HttpRequest) -> bool:
    membership = getattr(request, "membership", None)
    return membership is not None and membership.may_file


def unread_staff_rows(request: HttpRequest) -> Mapping[str, CountedSet | None]:
    """What the number beside 工作台 counts."""
    return {"unread": counted_unread(getattr(request, "actor", ANONYMOUS))}
