"""The opponent of the queue: Django's own changelist over the same rows and columns."""

from django.contrib.admin import AdminSite, ModelAdmin
from django.http import HttpRequest
from django.urls import path

from beian.site_settings.registry import REGISTRY
from orders.models import FilingOrder

NEEDS = ["django.contrib.admin"]


class OrderAdmin(ModelAdmin):
    list_display = (
        "due_at",
        "number",
        "order_type",
        "subject_name",
        "domain",
        "province",
        "state",
        "round",
        "assigned_to",
    )
    list_filter = ("state", "province")
    list_select_related = ("assigned_to",)
    list_per_page = REGISTRY["lists.rows_per_page"].default
    ordering = ("due_at", "id")
    search_fields = ("number", "subject_name", "domain")

    def get_queryset(self, request: HttpRequest):
        return FilingOrder.objects.in_review().defer("dossier_sealed")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return True

    has_add_permission = has_change_permission = has_delete_permission = (
        lambda self, request, obj=None: False
    )


class OpenSite(AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return True


site = OpenSite(name="admin")
site.register(FilingOrder, OrderAdmin)
urlpatterns = [path("admin/", site.urls)]
