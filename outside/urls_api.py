"""What the product's worker calls."""

from django.urls import path

from outside.views.api import bureau, checks, messages

urlpatterns = [
    path("sms", messages.sms),
    path("mail", messages.mail),
    path("real-name", checks.real_name),
    path("face", checks.face),
    path("domain-check", checks.domain_check),
    path("inventory/<str:account_ref>", checks.inventory),
    path("bureau/upload", bureau.upload),
    path("bureau/last", bureau.last),
    path("bureau/download", bureau.download),
    path("bureau/ack", bureau.ack),
]
