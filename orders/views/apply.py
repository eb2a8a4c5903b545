"""One page of the wizard: show it, save what is right, keep what is wrong."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beian import clock
from beian.access import Level, access
from orders.actions.draft import Saved
from orders.actions.save_page import save_page
from orders.apply.conflict_rows import conflict_rows
from orders.apply.step_forms import fresh_form, posted_form
from orders.apply.step_page import page_context, show_problems
from orders.apply.stops import UploadRefusal, stops_of, upload_refusal
from orders.apply.task_list import step_url
from orders.forms.dossier import DossierForm
from orders.models import FilingOrder
from orders.page_times import time_text
from orders.steps import IDENTITY, MATERIALS, Step, step_of_key
from orders.views.contact_codes import is_send, send_code_of
from orders.views.context import order_context
from orders.views.editable import editable_order, leave_closed
from orders.views.inventory import is_refresh, refresh
from orders.views.pictures import save_pictures
from orders.views.version import posted_version
from orders.wizard import next_step, problems_on, steps_of
from orders.workflow import Refused


@access(Level.FILING)
@require_http_methods(["GET", "HEAD", "POST"])
@editable_order
def step(request: HttpRequest, order: FilingOrder, key: str) -> HttpResponse:
    """Show or save a page. Saving and continuing leads to the next page with work."""
    page = step_of_key(key, order.nature)
    if page is None:
        raise Http404
    if page == MATERIALS and (refusal := upload_refusal(order)):
        return _refuse_uploads(request, order, refusal)
    if request.method == "POST":
        return _post(request, order, page)
    form = fresh_form(page, order)
    show_problems(form, page, order)
    return _render(request, order, page, form)


def _refuse_uploads(
    request: HttpRequest, order: FilingOrder, refusal: UploadRefusal
) -> HttpResponse:
    """Lead to where the reason is settled; whatever was sent along is not looked at."""
    if stops_of(order):
        return redirect("orders:not-possible", order.pk)
    messages.info(request, refusal.reason)
    return redirect(step_url(refusal.step, order))


def _post(request: HttpRequest, order: FilingOrder, page: Step) -> HttpResponse:
    if is_refresh(request):
        return refresh(request, order)
    form = posted_form(page, order, request.POST, request.FILES)
    form.full_clean()
    try:
        saved = _save(request, form, page)
    except Refused as refusal:
        order.refresh_from_db()
        if not order.is_editable:
            return leave_closed(request, order)
        return _render(request, order, page, form, refusal=refusal.reason)
    if saved.conflicts:
        return _render(request, saved.order, page, form, saved=saved)
    return _answer(request, saved.order, page, form)


def _save(request: HttpRequest, form: DossierForm, page: Step) -> Saved:
    version = posted_version(request)
    if page == MATERIALS:
        return save_pictures(request, form, version=version)
    return save_page(request.actor, form, step=page, version=version)


def _answer(
    request: HttpRequest, order: FilingOrder, page: Step, form: DossierForm
) -> HttpResponse:
    if is_send(request):
        return send_code_of(request, order, page, form) or _render(request, order, page, form)
    if request.POST.get("action") == "leave":
        messages.success(request, _("已保存，可以随时回来继续填写。"))
        return redirect("orders:my-filings")
    if page == IDENTITY and stops_of(order):
        return redirect("orders:not-possible", order.pk)
    if page == MATERIALS and any(name.endswith("-remove") for name in request.POST):
        return redirect(step_url(page, order))
    if form.errors:
        return _render(request, order, page, _with_problems(form, order, page))
    if problems_on(page, order):
        reason = _("已保存。这一页还有必须修改的内容；也可以返回任务列表，先填写其他部分。")
        messages.info(request, reason)
        return redirect(step_url(page, order))
    return redirect(step_url(next_step(order, after=page), order))


def _with_problems(form: DossierForm, order: FilingOrder, page: Step) -> DossierForm:
    """The form as posted, with what the rules found too; stored pictures show as kept."""
    shown = form
    if page == MATERIALS:
        shown = fresh_form(page, order)
        for name, errors in form.errors.items():
            # What was typed and kept has said so itself.
            said = shown.errors.get(name, ())
            for message in errors if name in shown.fields else ():
                if message not in said:
                    shown.say(name, str(message))
    show_problems(shown, page, order)
    return shown


def _render(
    request: HttpRequest,
    order: FilingOrder,
    page: Step,
    form: DossierForm,
    *,
    saved: Saved | None = None,
    refusal: str = "",
) -> HttpResponse:
    context = {
        **order_context(order),
        **page_context(form, page, order),
        "number": steps_of(order).index(page) + 1,
        "total": len(steps_of(order)),
        "conflicts": saved.conflicts if saved else (),
        "conflict_rows": conflict_rows(saved.conflicts, order.nature) if saved else [],
        "refusal": refusal,
        "is_multipart": page == MATERIALS,
        "tasks_url": reverse("orders:tasks", args=[order.pk]),
        "kept_at": time_text(clock.now()) if form.is_bound and form.errors else "",
    }
    return render(request, "orders/apply/step.html", context)
