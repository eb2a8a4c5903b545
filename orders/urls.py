"""Addresses of the orders app, by screen group."""

from orders import (
    urls_apply,
    urls_desk,
    urls_face,
    urls_filings,
    urls_public,
    urls_rules,
    urls_sms,
)

app_name = "orders"
urlpatterns = [
    *urls_public.urlpatterns,
    *urls_filings.urlpatterns,
    *urls_apply.urlpatterns,
    *urls_desk.urlpatterns,
    *urls_rules.urlpatterns,
    *urls_sms.urlpatterns,
    *urls_face.urlpatterns,
]
