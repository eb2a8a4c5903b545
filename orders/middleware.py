"""Pages of an order whose personal data was erased lead to the one that says so."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from orders.queries import OrderErased


class ErasedOrderMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OrderErased):
            return None
        messages.info(request, _("这个订单的个人信息保存期满，已删除，不能再查看或办理。"))
        return redirect(error.page, error.pk)
