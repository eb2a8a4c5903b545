"""Sign-in of the provider's people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from beian.models import User
from beian.site_settings import setting
from verification.actions.staff_entry import (
    factor_of,
    staff_with_password,
    use_one_time_password,
)
from verification.entering import enter, home_of, safe_next
from verification.enums import CodePurpose
from verification.forms.staff import OneTimePasswordForm, StaffSignInForm
from verification.one_time_password import key_uri, qr_svg
from verification.pending import Pending, recall, remember
from verification.views.steps import attempt_beside, count_attempt


@access(Level.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(home_of(request.user))
    form = StaffSignInForm(request.POST or None)
    if form.is_valid():
        login = f"staff:{form.cleaned_data['username']}"
        with attempt_beside(form, "password", request=request, login=login):
            count_attempt(request, login)
            user = staff_with_password(request, **form.cleaned_data)
            return _after_password(request, user)
    return render(request, "verification/staff_sign_in.html", {"form": form})


def _after_password(request: HttpRequest, user: User) -> HttpResponse:
    if not setting("staff.second_factor"):
        return enter(request, user, safe_next(request))
    begun = Pending(
        CodePurpose.STAFF,
        next_url=safe_next(request),
        user_id=user.pk,
        password_proof=user.get_session_auth_hash(),
    )
    remember(request, begun)
    return redirect("verification:staff-second-factor")


@access(Level.PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    begun = recall(request, CodePurpose.STAFF)
    user = User.objects.filter(pk=begun.user_id, is_active=True).first() if begun else None
    # A password that was replaced meanwhile proves nothing any more.
    if begun is None or user is None or begun.password_proof != user.get_session_auth_hash():
        return redirect("verification:staff-sign-in")
    form = OneTimePasswordForm(request.POST or None)
    if form.is_valid():
        with attempt_beside(
            form, "code", request=request, login=user.login, step="one_time_password"
        ):
            count_attempt(request, user.login)
            use_one_time_password(user, form.cleaned_data["code"])
            return enter(request, user, begun.next_url)
    return render(request, "verification/second_factor.html", {"form": form, **_enrolment(user)})


def _enrolment(user: User) -> dict[str, object]:
    """The secret and its picture, until a first code has been right."""
    factor = factor_of(user)
    if factor.confirmed_at is not None:
        return {}
    secret = factor.secret
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    picture = qr_svg(key_uri(secret, user.staff_name))
    return {"secret": " ".join(groups), "picture": picture}
