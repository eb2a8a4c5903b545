"""My filings and the order page."""

from django.urls import path

from orders.views import act, confirmation, content, filings, order, public_security, reply

urlpatterns = [
    path("filings/", filings.my_filings, name="my-filings"),
    path("filings/<uuid:pk>/", order.order_page, name="order"),
    path("filings/<uuid:pk>/content/", content.content, name="content"),
    path("filings/<uuid:pk>/act/<slug:name>/", act.act, name="act"),
    path("filings/<uuid:pk>/comments/<int:comment_id>/", reply.reply, name="reply"),
    path(
        "filings/<uuid:pk>/services/<uuid:service_id>/public-security/",
        public_security.record_number,
        name="public-security",
    ),
    path("filings/<uuid:pk>/confirmation/", confirmation.certificate, name="certificate"),
]
