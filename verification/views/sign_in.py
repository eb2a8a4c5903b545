"""Applicants sign in with a code sent to their phone."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from beian.access import Level, access
from beian.audit import record_audit
from verification.actions.entry import ask_to_sign_in, sign_in_with_code
from verification.entering import enter, home_of, safe_next
from verification.enums import CodePurpose
from verification.forms.entry import CodeForm, PhoneForm
from verification.pending import Pending, recall
from verification.sign_in_trail import login_of_phone
from verification.views.steps import (
    ask_once,
    attempt_beside,
    code_context,
    count_attempt,
    refusals_beside,
    send_again,
    wants_new_code,
)


@access(Level.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(home_of(request.user))
    form = PhoneForm(request.POST or None)
    if form.is_valid():
        begun = Pending(CodePurpose.SIGN_IN, form.cleaned_data["phone"], safe_next(request))
        with refusals_beside(form, "phone"):
            ask_once(request, begun, ask_to_sign_in)
            return redirect("verification:sign-in-code")
    return render(request, "verification/sign_in.html", {"form": form})


@access(Level.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    begun = recall(request, CodePurpose.SIGN_IN)
    if begun is None:
        return redirect("verification:sign-in")
    if wants_new_code(request):
        send_again(request, begun, ask_to_sign_in)
        return redirect("verification:sign-in-code")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        login = login_of_phone(begun.phone)
        with attempt_beside(form, "code", request=request, login=login):
            count_attempt(request, begun.phone)
            user = sign_in_with_code(phone=begun.phone, code=form.cleaned_data["code"])
            return enter(request, user, begun.next_url)
    return render(request, "verification/sign_in_code.html", code_context(form, begun))


@access(Level.PUBLIC)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Public, so that a button on a page whose session has ended leads home and not to sign-in."""
    if request.user.is_authenticated:
        record_audit(request.actor, "sign_out", obj=request.user, request=request)
    logout(request)
    return redirect("public:home")
