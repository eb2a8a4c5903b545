"""Explaining a comment instead of changing the field."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from orders.comment_pages import comment_pages
from orders.forms.reply import ReplyForm
from orders.models import FilingOrder, OrderComment
from orders.queries import order_of
from orders.replies import ANSWERABLE_STATES, CHANGED, answers_of, reply_to_comment, seen_of
from orders.views.context import order_context
from orders.workflow import Refused


@access(Level.FILING)
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, pk: UUID, comment_id: int) -> HttpResponse:
    """The comment with a box for the explanation; taking it back is the second button."""
    order = order_of(request.account, pk)
    comment = get_object_or_404(_sent_comments(order), pk=comment_id)
    if order.state not in ANSWERABLE_STATES or comment.round != order.round:
        messages.error(request, _("订单已经提交，说明不能再修改。"))
        return redirect("orders:order", order.pk)
    if request.method == "GET":
        form = ReplyForm(initial={"text": comment.reply})
        return _page(request, order, comment, form)
    if request.POST.get("action") == "take_back":
        return _store(request, order, comment, ReplyForm({"text": comment.reply}), "")
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, order, comment, form)
    return _store(request, order, comment, form, form.cleaned_data["text"])


def _sent_comments(order: FilingOrder) -> QuerySet[OrderComment]:
    return order.comments.standing().exclude(sent_at=None)


def _page(
    request: HttpRequest, order: FilingOrder, comment: OrderComment, form: ReplyForm
) -> HttpResponse:
    answers = [item for item in answers_of(order) if item.comment.pk == comment.pk]
    item = comment_pages(order, answers)[0].items[0]
    context = {
        **order_context(order),
        "item": item,
        "form": form,
        "seen": seen_of(item.answer.comment),
    }
    return render(request, "orders/filings/reply.html", context)


def _store(
    request: HttpRequest, order: FilingOrder, comment: OrderComment, form: ReplyForm, text: str
) -> HttpResponse:
    seen = request.POST.get("seen", "")
    try:
        reply_to_comment(request.actor, comment_id=comment.pk, text=text, seen=seen)
    except Refused as refusal:
        if refusal.code == CHANGED:
            form.add_error(None, refusal.reason)
            return _page(request, order_of(request.account, order.pk), comment, form)
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("说明已保存。") if text else _("说明已收回。"))
    return redirect(f"{reverse('orders:order', args=[order.pk])}#comment-{comment.pk}")
