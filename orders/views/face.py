"""The way to a truthfulness check without an account: a link is looked at, then opened once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beian.access import Level, access
from beian.audit import client_address
from beian.legal_texts import legal_text
from beian.masking import mask_name
from beian.site_settings import setting
from orders import face_grant
from orders.actions.truthfulness_entry import send_link_again
from orders.forms.face import FaceEntryForm
from orders.models import FilingOrder
from orders.views.limited import limited
from verification.actions.face_consents import NOTICE
from verification.actions.truthfulness_links import LinkDead, find_link, open_link

DEAD = "orders/face/dead.html"


def _dead(request: HttpRequest, dead: LinkDead) -> HttpResponse:
    """Says what became of the link; who holds one has been told of the check already."""
    minutes = setting("truthfulness.link_minutes")
    return render(request, DEAD, {"why": dead.why.label, "minutes": minutes})


@access(Level.PUBLIC)
@never_cache
@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks and why. Looking does not use the link up: phones and messengers look ahead."""
    try:
        found = find_link(token)
    except LinkDead as dead:
        return _dead(request, dead)
    check = found.check_row
    order = FilingOrder.objects.get(pk=check.owner)
    context = {
        "token": token,
        "order": order,
        "is_asked": order.is_editable and check.closed_at is None,
        "name": mask_name(check.full_name),
        "notice": legal_text(NOTICE),
        "expires_at": found.expires_at,
    }
    return render(request, "orders/face/link.html", context)


@access(Level.PUBLIC)
@never_cache
@require_POST
@limited
def open_(request: HttpRequest) -> HttpResponse:
    """开始核验: from now on the link is dead and this browser has the check for a while."""
    try:
        opened = open_link(request.POST.get("token", ""))
    except LinkDead as dead:
        return _dead(request, dead)
    face_grant.give(request.session, opened)
    return redirect("orders:face-check", opened.check_row_id)


@access(Level.PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def find(request: HttpRequest) -> HttpResponse:
    """For a person whose link is dead, or who wants to withdraw: a new one by text message."""
    form = FaceEntryForm(request.POST or None)
    if form.is_valid():
        order = FilingOrder.objects.filter(number=form.cleaned_data["number"]).first()
        if order is not None:
            mobile = form.cleaned_data["mobile"]
            send_link_again(order, mobile, source_address=client_address(request))
        # The same answer whether the order, the number or the check exists or not.
        messages.info(
            request, _("如订单号和手机号与备案信息相符，链接已发送到该手机，请查收短信。")
        )
        return redirect("orders:face")
    return render(request, "orders/face/find.html", {"form": form})
