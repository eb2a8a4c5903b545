"""The order page: where the order is, who acts, and what the applicant can do now."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from beian.access import Level, access
from beian.site_settings import setting
from orders.actions.sms import challenges_of
from orders.apply.order_facts import facts_for_applicant
from orders.comment_pages import CommentPage, comment_pages, other_changes
from orders.dossier import Change
from orders.enums import OrderState as S
from orders.filings.act_buttons import acts_of
from orders.filings.erased import note_for_applicant, note_of_erasure
from orders.filings.filed import filed_services
from orders.filings.outstanding import people_of
from orders.filings.progress import stages_of, upcoming_of
from orders.filings.set_aside import set_aside_rows
from orders.filings.state_display import display_of
from orders.filings.timeline import entries_of, items_of, opinion_of
from orders.filings.told import history_of
from orders.models import FilingOrder
from orders.public_security import security_due
from orders.queries import order_of, saved_at
from orders.replies import ANSWERABLE_STATES, Answer, answers_of, changes_since
from orders.views.context import order_context


@access(Level.FILING)
@require_GET
def order_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    order = order_of(request.account, pk, erased_too=True)
    if order.is_erased:
        return _erased(request, order)
    entries = entries_of(order)
    is_answerable = order.state in ANSWERABLE_STATES
    changes = changes_since(order) if is_answerable else []
    answers = answers_of(order, changes=changes) if is_answerable else []
    context = {
        **order_context(order),
        "display": display_of(order),
        "facts": facts_for_applicant(order, answers),
        "stages": [] if is_answerable else stages_of(order, entries),
        "opinion": "" if order.bureau_opinion else opinion_of(order, entries),
        "acts": acts_of(order, request.actor),
        "set_aside": set_aside_rows(order, entries),
        "history": history_of(order, entries),
        "erased_note": note_for_applicant(order),
        "upcoming": upcoming_of(order),
        "is_answerable": is_answerable,
        **_answering(order, answers, changes),
        **_special(order),
    }
    return render(request, "orders/filings/order.html", context)


def _erased(request: HttpRequest, order: FilingOrder) -> HttpResponse:
    """Of an order whose personal data is gone: what happened to it, and when."""
    context = {
        **order_context(order),
        "display": display_of(order),
        "erased_note": note_of_erasure(order),
        "acts": acts_of(order, request.actor),
        "history": items_of(entries_of(order)),
    }
    return render(request, "orders/filings/erased.html", context)


def _answering(order: FilingOrder, answers: list[Answer], changes: list[Change]) -> dict:
    blocking = [answer for answer in answers if answer.comment.is_blocking]
    pages = comment_pages(order, answers)
    return {
        "pages": pages,
        "blocking_count": len(blocking),
        "answered_count": sum(not answer.is_open for answer in blocking),
        "other_changes": other_changes(order, changes, answers),
        "saved_at": saved_at(order) if changes else None,
        "resubmit_reason": _resubmit_reason(pages),
    }


def _resubmit_reason(pages: list[CommentPage]) -> str:
    """Why the check page cannot be opened; what it finds itself, it says itself."""
    fields = [
        _("“%(field)s”") % {"field": item.comment.field}
        for page in pages
        for item in page.items
        if item.answer.is_open and item.answer.comment.is_blocking
    ]
    if not fields:
        return ""
    return _("现在不能提交：%(fields)s还没有处理。") % {"fields": _("、").join(fields)}


def _special(order: FilingOrder) -> dict:
    if order.state == S.SMS_VERIFICATION:
        return {"people": people_of(challenges_of(order))}
    if order.state == S.FILED:
        return {
            "services": filed_services(order),
            "unblock_days": setting("after.unblock_working_days"),
            "security_days": setting("after.public_security_days"),
            "security_due": security_due(order),
        }
    return {}
