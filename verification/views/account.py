"""The account and its real-name verification."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from beian.access import Level, access
from beian.audit import client_address
from beian.dates import moment_text
from beian.enums import RealNameState
from beian.legal_texts import legal_text
from beian.limits import LimitReached
from beian.masking import mask_certificate, mask_phone
from beian.models import Account
from beian.ui import SummaryRow
from verification.actions.real_name import RealNameRefused, request_real_name
from verification.forms.real_name import RealNameForm

TONES = {
    RealNameState.UNVERIFIED: "neutral",
    RealNameState.PENDING: "info",
    RealNameState.VERIFIED: "success",
    RealNameState.REFUSED: "danger",
}


@access(Level.MEMBER)
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    own = request.account
    rows = [
        SummaryRow(_("账号名称"), own.name),
        SummaryRow(_("登录手机号"), mask_phone(request.user.phone)),
        SummaryRow(_("您的角色"), request.membership.get_role_display()),
        _real_name_row(own, may_file=request.membership.may_file),
        SummaryRow(
            _("语言"),
            dict(settings.LANGUAGES)[request.user.language],
            note=_("可以在页面顶部切换"),
        ),
    ]
    return render(request, "verification/account.html", {"rows": rows})


def _real_name_row(own: Account, *, may_file: bool) -> SummaryRow:
    has_to_act = own.real_name_state in {RealNameState.UNVERIFIED, RealNameState.REFUSED}
    return SummaryRow(
        _("实名认证"),
        own.get_real_name_state_display(),
        url=reverse("verification:real-name") if may_file else "",
        action=_("去认证") if has_to_act else _("查看"),
    )


@access(Level.FILING)
@require_http_methods(["GET", "HEAD", "POST"])
def real_name(request: HttpRequest) -> HttpResponse:
    form = RealNameForm(request.POST or None)
    if form.is_valid():
        try:
            request_real_name(
                request.actor,
                account_id=request.account.pk,
                name=form.cleaned_data["name"],
                cert_number=form.cleaned_data["cert_number"],
                source_address=client_address(request),
            )
        except RealNameRefused as refusal:
            form.add_error(None, refusal.reason)
        except LimitReached as limit:
            form.add_error(None, limit.message)
        else:
            return redirect("verification:real-name")
    return render(request, "verification/real_name.html", _context(request.account, form))


def _context(own: Account, form: RealNameForm) -> dict[str, object]:
    return {
        "form": form,
        "state": own.get_real_name_state_display(),
        "tone": TONES[RealNameState(own.real_name_state)],
        "may_ask": own.real_name_state in {RealNameState.UNVERIFIED, RealNameState.REFUSED},
        "is_pending": own.real_name_state == RealNameState.PENDING,
        "is_refused": own.real_name_state == RealNameState.REFUSED,
        "rows": _known(own),
        "text": legal_text("certificate_data"),
    }


def _known(own: Account) -> list[SummaryRow]:
    """What was handed in; an organisation's name is public, a number never shown whole."""
    if not own.real_name:
        return []
    rows = [
        SummaryRow(_("单位全称或个人姓名"), own.real_name),
        SummaryRow(_("证件号码"), mask_certificate(own.real_name_certificate)),
    ]
    if own.real_name_requested_at:
        rows.append(SummaryRow(_("提交时间"), moment_text(own.real_name_requested_at)))
    if own.is_real_name_verified and own.real_name_decided_at:
        rows.append(SummaryRow(_("通过时间"), moment_text(own.real_name_decided_at)))
    return rows
