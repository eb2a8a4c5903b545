"""The button that asks for a fresh list of resources; a worker fetches it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from beian.actions.inventory import request_inventory
from orders.apply.task_list import step_url
from orders.models import FilingOrder
from orders.steps import RESOURCE

REFRESH = "refresh"


def is_refresh(request: HttpRequest) -> bool:
    return request.POST.get("action") == REFRESH


def refresh(request: HttpRequest, order: FilingOrder) -> HttpResponse:
    request_inventory(request.account)
    messages.info(request, _("正在更新资源列表，请稍候几秒再打开这一页。"))
    return redirect(step_url(RESOURCE, order))
