"""Public pages."""

from django.conf import settings
from django.urls import path

from beian.views import gallery, health, public, session

app_name = "public"

urlpatterns = [
    path("", public.home, name="home"),
    path("help/", public.help_page, name="help"),
    path("privacy/", public.privacy, name="privacy"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("language/", public.set_language, name="set-language"),
    path("session/", session.session, name="session"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]

if settings.DEMO:
    urlpatterns += [
        path("gallery/", gallery.applicant, name="gallery"),
        path("gallery/staff/", gallery.staff, name="gallery-staff"),
    ]
