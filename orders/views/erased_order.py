"""Pages of an order whose personal data was erased lead to the one that says so."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from beian.views import errors
from orders.queries import OrderErased


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answers every Http404: a middleware is not asked where another one calls the view."""
    if not isinstance(exception, OrderErased):
        return errors.not_found(request, exception)
    messages.info(request, _("这个订单的个人信息保存期满，已删除，不能再查看或办理。"))
    return redirect(exception.page, exception.pk)
