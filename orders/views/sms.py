"""SMS verification by responsible persons, who need no account: order number and mobile open it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from beian.access import Level, access
from beian.audit import client_address
from beian.legal_texts import legal_text
from beian.site_settings import setting
from orders import sms_grant, workflow
from orders.actions import sms
from orders.forms.sms import FindForm, VerifyForm
from orders.sms_page import Stage, sms_page
from orders.views.limited import limited
from verification.actions.sms import ResendRefused
from verification.enums import AttemptResult
from verification.models import SmsChallenge

TEMPLATES = {
    Stage.OPEN: "orders/sms/open.html",
    Stage.WAITING_FOR_OTHERS: "orders/sms/waiting_for_others.html",
    Stage.ALL_DONE: "orders/sms/all_done.html",
    Stage.EXPIRED: "orders/sms/expired.html",
    Stage.RETURNED: "orders/sms/returned.html",
    Stage.OVER: "orders/sms/over.html",
}


@access(Level.PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def find(request: HttpRequest) -> HttpResponse:
    """The entry: the same answer whether the order or the mobile is unknown."""
    form = FindForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    if form.is_valid():
        challenge = sms.find_challenge(**form.cleaned_data)
        if challenge is not None:
            sms_grant.give(request.session, challenge)
            return redirect("orders:sms-verify")
        form.add_error(None, _("没有找到与此订单号和手机号相符的核验，请对照短信核对后重新填写"))
    return render(request, "orders/sms/find.html", {"form": form, "sender": setting("sms.sender")})


def _closed(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("核验页面已关闭，请重新填写订单号和手机号。"))
    return redirect("orders:sms")


@access(Level.PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def verify(request: HttpRequest) -> HttpResponse:
    """Status and verification on one page: a second step would cost a wrong turn in 24 hours."""
    challenge = sms_grant.granted(request.session)
    if challenge is None:
        return _closed(request)
    if request.method == "POST":
        form = VerifyForm(request.POST)
        if form.is_valid():
            return _attempt(request, challenge, form)
    else:
        form = _form_as_left(request, challenge)
    return _page(request, challenge, form)


def _page(request: HttpRequest, challenge: SmsChallenge, form: VerifyForm) -> HttpResponse:
    page = sms_page(challenge)
    is_open = page.stage is Stage.OPEN
    if is_open:
        sms.note_notice_shown(challenge, source_address=client_address(request))
    context = {
        "page": page,
        "form": form if is_open else None,
        "notice": legal_text(sms.NOTICE_TEXT),
        "sender": setting("sms.sender"),
    }
    return render(request, TEMPLATES[page.stage], context)


def _form_as_left(request: HttpRequest, challenge: SmsChallenge) -> VerifyForm:
    """A fresh form, or the one of the last entry with what was wrong about it."""
    typed = sms_grant.take_typed(request.session)
    wrong = typed.pop("wrong", [])
    values = {"mobile": challenge.mobile, **typed}
    if not wrong:
        return VerifyForm(initial=values)
    form = VerifyForm(values)
    form.is_valid()
    form.add_wrong(wrong)
    return form


def _attempt(request: HttpRequest, challenge: SmsChallenge, form: VerifyForm) -> HttpResponse:
    entry = form.entry()
    try:
        outcome = sms.attempt_verification(
            order_id=challenge.owner, challenge_id=challenge.pk, entry=entry
        )
    except workflow.Refused as refusal:
        messages.warning(request, refusal.reason)
        return redirect("orders:sms-verify")
    # Also a wrong entry is led on: it was counted, and a repeated post must not count again.
    if outcome.result == AttemptResult.WRONG:
        sms_grant.keep_typed(request.session, {**vars(entry), "wrong": list(outcome.wrong)})
    return redirect("orders:sms-verify")


@access(Level.PUBLIC)
@never_cache
@require_POST
@limited
def resend(request: HttpRequest) -> HttpResponse:
    challenge = sms_grant.granted(request.session)
    if challenge is None:
        return _closed(request)
    try:
        sms.resend_code(order_id=challenge.owner, challenge_id=challenge.pk)
    except ResendRefused as refusal:
        # Every other reason is what the page itself now shows.
        if refusal.code == "spent":
            text = _("短信已达到发送总次数，请使用最新一条短信中的验证码。")
            messages.warning(request, text)
    else:
        messages.success(request, _("新的验证码已发送，之前的验证码失效，截止时间不变。"))
        tail = VerifyForm(request.POST)["tail"].value() or ""
        sms_grant.keep_typed(request.session, {"tail": tail[:40]})
    return redirect("orders:sms-verify")


@access(Level.PUBLIC)
@never_cache
@require_POST
@limited
def leave(request: HttpRequest) -> HttpResponse:
    """Close the page, for example to hand the phone to the other person."""
    sms_grant.drop(request.session)
    return redirect("orders:sms")
