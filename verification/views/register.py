"""Registering: phone, code, account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from beian.audit import client_address
from beian.legal_texts import legal_text
from verification.actions.entry import (
    RegistrationRefused,
    ask_to_register,
    prove_new_phone,
    register_applicant,
)
from verification.entering import enter, home_of
from verification.enums import CodePurpose
from verification.forms.entry import CodeForm, NewAccountForm, PhoneForm
from verification.pending import Pending, recall, remember
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
def register(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(home_of(request.user))
    form = PhoneForm(request.POST or None)
    if form.is_valid():
        begun = Pending(CodePurpose.REGISTER, form.cleaned_data["phone"])
        with refusals_beside(form, "phone"):
            ask_once(request, begun, ask_to_register)
            return redirect("verification:register-code")
    return render(request, "verification/register.html", {"form": form})


@access(Level.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def register_code(request: HttpRequest) -> HttpResponse:
    begun = recall(request, CodePurpose.REGISTER)
    if begun is None:
        return redirect("verification:register")
    if wants_new_code(request):
        send_again(request, begun, ask_to_register)
        return redirect("verification:register-code")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        login = login_of_phone(begun.phone)
        with attempt_beside(form, "code", request=request, login=login, action="register"):
            count_attempt(request, begun.phone)
            prove_new_phone(phone=begun.phone, code=form.cleaned_data["code"])
            remember(request, Pending(CodePurpose.REGISTER, begun.phone, is_proved=True))
            return redirect("verification:register-account")
    return render(request, "verification/register_code.html", code_context(form, begun))


@access(Level.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def register_account(request: HttpRequest) -> HttpResponse:
    begun = recall(request, CodePurpose.REGISTER, is_proved=True)
    if begun is None:
        return redirect("verification:register")
    form = NewAccountForm(request.POST or None)
    if form.is_valid():
        try:
            user = register_applicant(
                phone=begun.phone,
                account_name=form.cleaned_data["account_name"],
                language=get_language() or "zh-hans",
                source_address=client_address(request),
            )
        except RegistrationRefused as refusal:
            form.add_error(refusal.field, refusal.reason)
        else:
            return enter(request, user, reverse("verification:real-name"))
    texts = [legal_text("account_terms"), legal_text("privacy_notice")]
    context = {"form": form, "begun": begun, "texts": texts}
    return render(request, "verification/register_account.html", context)
