"""A message that failed for good: send it again, or note how the person was told."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from beian.actions.failed_notices import ContentGone, NoticeSettled, mark_told, retry_notice
from beian.enums import Channel, NoticeState
from beian.masking import mask_mail, mask_phone
from beian.models import Notice
from orders import guards
from orders.attention.sources import CONTACTS
from orders.forms.failed_notice import ToldForm
from orders.models import FilingOrder
from orders.views.desk import DESK

RETRY = "retry"


def _notice_of(pk: UUID) -> Notice:
    """One that failed, settled or not: a second click finds out who was faster."""
    rows = Notice.objects.filter(state=NoticeState.FAILED).select_related("settled_by")
    try:
        return rows.exclude(is_secret=True, order_id=None).get(pk=pk)
    except Notice.DoesNotExist:
        raise Http404 from None


def _refusal(request: HttpRequest, notice: Notice, order: FilingOrder | None) -> str:
    """Why this person cannot do anything about it; "" if he can."""
    if not request.actor.has_role(*DESK):
        return _("您的角色只能查看，请交由审核员或管局提交专员处理。")
    if notice.settled_at is not None and notice.settled_by is not None:
        return _("%(name)s 已经处理了这条消息。") % {"name": notice.settled_by.staff_name}
    return guards.not_own_account(order, request.actor, {}) if order else ""


@access(Level.STAFF, *sorted(CONTACTS))
@require_http_methods(["GET", "POST"])
def failed_notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    if request.method == "POST" and not request.actor.has_role(*DESK):
        raise PermissionDenied
    try:
        notice = _notice_of(pk)
    except Http404:
        if request.method != "POST":
            raise
        # Sent again by a colleague, or by the first of two clicks.
        messages.info(request, _("这条消息已经在重新发送。"))
        return redirect("orders:attention")
    order = FilingOrder.objects.filter(pk=notice.order_id).first() if notice.order_id else None
    refusal = _refusal(request, notice, order)
    is_retry = request.POST.get("action") == RETRY
    form = ToldForm(None if is_retry else request.POST or None)
    if request.method == "POST" and not refusal and (is_retry or form.is_valid()):
        return _act(request, notice, form if not is_retry else None)
    return _page(request, notice, order, form, refusal)


def _act(request: HttpRequest, notice: Notice, form: ToldForm | None) -> HttpResponse:
    try:
        if form is None:
            retry_notice(request.actor, notice_id=notice.pk)
            messages.success(request, _("消息已重新排队发送。"))
        else:
            mark_told(request.actor, notice_id=notice.pk, note=form.cleaned_data["note"])
            messages.success(request, _("已登记告知方式。"))
    except NoticeSettled:
        messages.error(request, _("同事刚刚处理了这条消息。"))
    except ContentGone:
        messages.error(request, _retry_refusal(notice))
        return redirect("orders:failed-notice", pk=notice.pk)
    return redirect("orders:attention")


def _retry_refusal(notice: Notice) -> str:
    """Why the message cannot be sent again; "" if it can."""
    gone = _("消息里是验证码，发送失败后内容已删除，不能重新发送；请本人重新获取验证码。")
    return gone if notice.is_secret else ""


def _page(
    request: HttpRequest,
    notice: Notice,
    order: FilingOrder | None,
    form: ToldForm,
    refusal: str,
) -> HttpResponse:
    mask = mask_mail if notice.channel == Channel.MAIL else mask_phone
    context = {
        "notice": notice,
        "order": order,
        "reads_cases": request.actor.has_role(*DESK),
        "recipient": mask(notice.recipient),
        "form": form,
        "refusal": refusal,
        "retry_refusal": _retry_refusal(notice),
    }
    return render(request, "orders/desk/failed_notice.html", context)
