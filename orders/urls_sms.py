"""SMS verification by responsible persons."""

from django.urls import URLPattern, path

from orders.views import sms

urlpatterns: list[URLPattern] = [
    path("sms/", sms.find, name="sms"),
    path("sms/verify/", sms.verify, name="sms-verify"),
    path("sms/resend/", sms.resend, name="sms-resend"),
    path("sms/leave/", sms.leave, name="sms-leave"),
]
