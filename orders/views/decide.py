"""Taking, releasing and deciding a case; decisions state their effect and message first."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from orders.actions.review import take_order
from orders.desk.acts import ACTS, DeskAct
from orders.desk.case_bar import bar_of
from orders.desk.comment_display import place_of, shown_comment
from orders.desk.message_preview import preview_of
from orders.forms.decide import OpinionForm
from orders.models import FilingOrder
from orders.views.desk import DESK, case_of
from orders.views.version import posted_version
from orders.workflow import Refused

PREVIEW = "preview"


@access(Level.STAFF, *DESK)
@require_http_methods(["GET", "POST"])
def case_act(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """One act on one case; a refusal is a message on the page it came from."""
    order = case_of(pk, request.actor)
    if name == "take":
        return _take(request, order)
    if name not in ACTS:
        raise Http404
    act = ACTS[name]
    if request.method == "POST":
        form = OpinionForm(request.POST, is_required=act.opinion == "required")
        if request.POST.get("action") != PREVIEW and (act.opinion == "none" or form.is_valid()):
            return _do(request, order, act, form)
        return _confirm_page(request, order, act, form)
    form = OpinionForm(is_required=act.opinion == "required")
    return _confirm_page(request, order, act, form)


def _take(request: HttpRequest, order: FilingOrder) -> HttpResponse:
    if request.method != "POST":
        return redirect("orders:case", order.pk)
    try:
        take_order(request.actor, order_id=order.pk)
    except Refused as refusal:
        messages.error(request, refusal.reason)
        # The queue names the next one; a case already his own opens.
        mine = order.is_claimed_by(request.actor.user_id)
        return redirect("orders:case", order.pk) if mine else redirect("orders:queue")
    messages.success(request, _("您已领取订单 %(number)s。") % {"number": order.number})
    return redirect("orders:case", order.pk)


def _do(request: HttpRequest, order: FilingOrder, act: DeskAct, form: OpinionForm) -> HttpResponse:
    words = {} if act.opinion == "none" else {"opinion": form.cleaned_data["opinion"]}
    version = posted_version(request)
    try:
        act.run(request.actor, order_id=order.pk, version=version, **words)
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return redirect("orders:case", order.pk)
    messages.success(request, act.done)
    return redirect(act.then)


def _confirm_page(
    request: HttpRequest, order: FilingOrder, act: DeskAct, form: OpinionForm
) -> HttpResponse:
    comments = order.standing_comments
    buttons = {button.name: button for button in bar_of(order, request.actor, comments).buttons}
    button = buttons.get(act.name)
    if button is None:
        messages.error(request, _("订单现在不能%(act)s。") % {"act": act.title})
        return redirect("orders:case", order.pk)
    opinion = str(form["opinion"].value() or "").strip()
    context = {
        "order": order,
        "act": act,
        "form": form if act.opinion != "none" else None,
        "reason": button.reason,
        "comments": [
            (shown_comment(item, order.dossier.subject), place_of(item, order.nature))
            for item in comments
        ]
        if act.sends_comments
        else [],
        "preview": preview_of(act.notice, order, opinion) if act.notice else None,
    }
    return render(request, "orders/desk/act.html", context)
