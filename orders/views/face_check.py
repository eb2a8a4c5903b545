"""The person's own pages of a truthfulness check: consents, photo, answer, or a meeting."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beian.access import Level, access
from beian.actors import Actor, ActorKind
from beian.audit import client_address, record_audit
from beian.legal_texts import legal_text
from orders import face_grant
from orders.actions import truthfulness
from orders.device_class import device_class
from orders.face_grant import FaceGrant
from orders.face_page import FacePage, FaceStep, face_page
from orders.forms.face import FaceConsentForm, FacePhotoForm, OwnMeetingForm
from orders.views.granted import with_grant, with_own_data
from orders.views.limited import limited
from orders.workflow import Refused
from verification.actions.documents import PictureRefused
from verification.actions.face_check import drop_photo, take_photo
from verification.actions.face_consents import (
    NOTICE,
    OWN_DATA,
    give_consents,
    missing_consents,
    note_notice_shown,
)
from verification.actions.face_photos import PhotoGone, read_photo
from verification.actions.truthfulness import CheckRefused
from verification.views.documents import private_picture

PHOTO_WISH = "photo"


def _person(request: HttpRequest) -> Actor:
    """The person, and as which user of the portal if this browser is signed in."""
    return Actor(ActorKind.PERSON, request.user.pk)


def _page_of(grant: FaceGrant) -> HttpResponse:
    return redirect("orders:face-check", grant.check.pk)


@access(Level.PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited
@with_grant
def check(request: HttpRequest, grant: FaceGrant) -> HttpResponse:
    """Where the check stands; posts are the consents or the photo, whichever the page asks for."""
    wants_photo = PHOTO_WISH in request.GET
    page = face_page(grant.check, wants_photo=wants_photo)
    if request.method == "POST" and page.step is FaceStep.CONSENT:
        return _consent(request, grant, page)
    if request.method == "POST" and page.step is FaceStep.PHOTO:
        return _photo(request, grant, page)
    if request.method == "POST":
        # The page was older than the check.
        return _page_of(grant)
    return _show(request, page, _empty_form(page))


def _empty_form(page: FacePage) -> FaceConsentForm | FacePhotoForm | None:
    if page.step is FaceStep.CONSENT:
        return FaceConsentForm(texts=page.consents)
    return FacePhotoForm() if page.step is FaceStep.PHOTO else None


def _show(
    request: HttpRequest, page: FacePage, form: FaceConsentForm | FacePhotoForm | None
) -> HttpResponse:
    if page.step is FaceStep.CONSENT:
        note_notice_shown(_person(request), page.check, source_address=client_address(request))
    context = {"page": page, "form": form, "notice": legal_text(NOTICE)}
    return render(request, f"orders/face/{page.step}.html", context)


def _next(request: HttpRequest, grant: FaceGrant) -> HttpResponse:
    wish = f"?{PHOTO_WISH}" if PHOTO_WISH in request.GET else ""
    response = _page_of(grant)
    response["Location"] += wish
    return response


def _consent(request: HttpRequest, grant: FaceGrant, page: FacePage) -> HttpResponse:
    form = FaceConsentForm(request.POST, texts=page.consents)
    if not form.is_valid():
        return _show(request, page, form)
    give_consents(
        _person(request), grant.check, form.agreed(), source_address=client_address(request)
    )
    return _next(request, grant)


def _photo(request: HttpRequest, grant: FaceGrant, page: FacePage) -> HttpResponse:
    form = FacePhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            take_photo(
                _person(request),
                grant.check,
                form.cleaned_data["photo"],
                channel=grant.channel,
                device=device_class(request.headers.get("User-Agent", "")),
            )
        except (PictureRefused, CheckRefused) as refusal:
            form.add_error("photo", refusal.reason)
        else:
            return _page_of(grant)
    return _show(request, page, form)


@access(Level.PUBLIC)
@never_cache
@require_POST
@limited
@with_grant
def act(request: HttpRequest, grant: FaceGrant, name: str) -> HttpResponse:
    """One button of the page; refusals are said on it."""
    if name not in ACTS:
        raise Http404
    try:
        ACTS[name](request, grant)
    except (Refused, CheckRefused) as refusal:
        messages.warning(request, refusal.reason)
    if name == "withdraw":
        return redirect("orders:face")
    return _page_of(grant)


def _shown(request: HttpRequest) -> str:
    """The photo that was on the page."""
    return request.POST.get("photo", "")


def _confirm(request: HttpRequest, grant: FaceGrant) -> None:
    truthfulness.confirm_photo(grant.check, actor=_person(request), shown=_shown(request))


def _again(request: HttpRequest, grant: FaceGrant) -> None:
    drop_photo(_person(request), grant.check, shown=_shown(request))


def _withdraw(request: HttpRequest, grant: FaceGrant) -> None:
    address = client_address(request)
    came_to = truthfulness.withdraw_consent(
        grant.check, source_address=address, actor=_person(request)
    )
    face_grant.drop(request.session, grant.check.pk)
    messages.success(request, came_to.label)


def _cancel_meeting(request: HttpRequest, grant: FaceGrant) -> None:
    truthfulness.cancel_meeting(_person(request), grant.check)
    messages.success(request, _("会议预约已取消。"))


@access(Level.PUBLIC)
@never_cache
@require_POST
@limited
def leave(request: HttpRequest, check_id: UUID) -> HttpResponse:
    """Close the page, for example to hand the phone back."""
    face_grant.drop(request.session, check_id)
    return redirect("orders:face")


ACTS: dict[str, Callable[[HttpRequest, FaceGrant], None]] = {
    "confirm": _confirm,
    "again": _again,
    "withdraw": _withdraw,
    "cancel-meeting": _cancel_meeting,
}


@access(Level.PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited
@with_grant
def meeting(request: HttpRequest, grant: FaceGrant) -> HttpResponse:
    """Without a face: choose times, staff call to agree one."""
    page = face_page(grant.check)
    if page.step is FaceStep.OVER:
        return _page_of(grant)
    texts = missing_consents(grant.check, OWN_DATA)
    form = OwnMeetingForm(request.POST or None, texts=texts)
    if form.is_valid():
        address = client_address(request)
        give_consents(_person(request), grant.check, form.agreed(), source_address=address)
        try:
            truthfulness.book_meeting(
                _person(request), grant.check, preferred=form.cleaned_data["times"]
            )
        except (Refused, CheckRefused) as refusal:
            form.add_error(None, refusal.reason)
        else:
            return _page_of(grant)
    context = {"page": page, "form": form}
    return render(request, "orders/face/meeting_form.html", context)


@access(Level.PUBLIC)
@never_cache
@require_safe
@with_own_data
def picture(request: HttpRequest, grant: FaceGrant) -> HttpResponse:
    """The own photo, before it is confirmed."""
    photo = grant.check.photo
    if photo is None:
        raise Http404
    try:
        content = read_photo(photo)
    except PhotoGone as gone:
        raise Http404 from gone
    record_audit(_person(request), "view_face_photo", obj=photo, purpose="own", request=request)
    return private_picture(content, str(photo.pk))


@access(Level.PUBLIC)
@never_cache
@require_safe
@with_own_data
def status(request: HttpRequest, grant: FaceGrant) -> HttpResponse:
    """The line that tells whether there is an answer, for a page that looks by itself."""
    context = {"page": face_page(grant.check)}
    return render(request, "orders/face/_answer.html", context)
