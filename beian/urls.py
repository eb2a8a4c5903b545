"""All addresses of the portal."""

from django.urls import include, path

handler400 = "beian.views.errors.bad_request"
handler403 = "beian.views.errors.forbidden"
handler404 = "orders.views.erased_order.not_found"
handler500 = "beian.views.errors.server_error"

urlpatterns = [
    path("", include("beian.urls_public")),
    path("", include("verification.urls")),
    path("", include("orders.urls")),
]
