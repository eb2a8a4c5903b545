"""The truthfulness step on the applicant's side: hand the check over to the person, and wait."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beian.access import Level, access
from beian.audit import client_address
from beian.limits import LimitReached
from beian.masking import mask_phone
from orders.actions import truthfulness, truthfulness_entry
from orders.actions.truthfulness import CheckRefused
from orders.actions.truthfulness_entry import person_on
from orders.apply.truthfulness_page import truthfulness_page
from orders.forms.face import MeetingForm
from orders.models import FilingOrder
from orders.truthfulness import Standing
from orders.views.context import order_context
from orders.views.editable import editable_order
from orders.workflow import Refused


def _back(order: FilingOrder, key: str) -> HttpResponse:
    response = redirect("orders:truthfulness", order.pk)
    response["Location"] += f"#person-{key}"
    return response


@access(Level.FILING)
@never_cache
@require_safe
@editable_order
def step(request: HttpRequest, order: FilingOrder) -> HttpResponse:
    """Each service principal with the ways to reach him or her and how far it is."""
    context = {**order_context(order), "page": truthfulness_page(order)}
    return render(request, "orders/apply/truthfulness.html", context)


@access(Level.FILING)
@never_cache
@require_safe
@editable_order
def status(request: HttpRequest, order: FilingOrder, who: str) -> HttpResponse:
    """How one person's check stands, for a page that looks by itself."""
    page = truthfulness_page(order)
    card = next((card for card in page.people if card.key == who), None)
    if card is None:
        raise Http404
    context = {"card": card, "order": order, "is_news": request.GET.get("seen") != card.mark}
    return render(request, "orders/apply/_truthfulness_status.html", context)


@access(Level.FILING)
@require_POST
@editable_order
def act(request: HttpRequest, order: FilingOrder, who: str, name: str) -> HttpResponse:
    """One button beside a person; refusals are said on the page."""
    if name not in ACTS:
        raise Http404
    try:
        ACTS[name](request, order, who)
    except LimitReached as limit:
        messages.warning(request, limit.message)
    except (Refused, CheckRefused) as refusal:
        messages.warning(request, refusal.reason)
    return _back(order, who)


def _show_code(request: HttpRequest, order: FilingOrder, key: str) -> None:
    truthfulness_entry.show_code(request.actor, order, key)


def _send_text(request: HttpRequest, order: FilingOrder, key: str) -> None:
    standing = truthfulness_entry.send_link(
        request.actor, order, key, source_address=client_address(request)
    )
    mobile = mask_phone(standing.person.mobile)
    messages.success(request, _("链接已发送至 %(mobile)s。") % {"mobile": mobile})


def _cancel_meeting(request: HttpRequest, order: FilingOrder, key: str) -> None:
    standing = person_on(order, key)
    if standing.check is not None:
        truthfulness.cancel_meeting(request.actor, standing.check)
        messages.success(request, _("会议预约已取消。"))


ACTS: dict[str, Callable[[HttpRequest, FilingOrder, str], None]] = {
    "show-code": _show_code,
    "send-text": _send_text,
    "cancel-meeting": _cancel_meeting,
}


@access(Level.FILING)
@require_http_methods(["GET", "HEAD", "POST"])
@editable_order
def meeting(request: HttpRequest, order: FilingOrder, who: str) -> HttpResponse:
    """预约视频会议 for a person who does not want to use the own face, or cannot."""
    try:
        standing = person_on(order, who)
    except Refused as refusal:
        messages.warning(request, refusal.reason)
        return redirect("orders:truthfulness", order.pk)
    form = MeetingForm(request.POST or None)
    if form.is_valid() and _book(request, order, standing, form):
        messages.success(request, _("已预约视频会议，现在可以继续提交订单。"))
        return _back(order, standing.key)
    context = {**order_context(order), "form": form, "person": standing.person}
    return render(request, "orders/apply/meeting.html", context)


def _book(request: HttpRequest, order: FilingOrder, standing: Standing, form: MeetingForm) -> bool:
    try:
        _standing, check = truthfulness_entry.begin(request.actor, order.pk, standing.key)
        truthfulness.book_meeting(request.actor, check, preferred=form.cleaned_data["times"])
    except (Refused, CheckRefused) as refusal:
        form.add_error(None, refusal.reason)
        return False
    return True
