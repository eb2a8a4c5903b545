"""The truthfulness check as the person does it, without an account."""

from django.urls import URLPattern, path

from orders.views import face, face_check

urlpatterns: list[URLPattern] = [
    path("face/", face.find, name="face"),
    path("face/open/", face.open_, name="face-open"),
    path("face/<uuid:check_id>/", face_check.check, name="face-check"),
    path("face/<uuid:check_id>/status/", face_check.status, name="face-status"),
    path("face/<uuid:check_id>/picture/", face_check.picture, name="face-picture"),
    path("face/<uuid:check_id>/meeting/", face_check.meeting, name="face-meeting"),
    path("face/<uuid:check_id>/leave/", face_check.leave, name="face-leave"),
    path("face/<uuid:check_id>/<slug:name>/", face_check.act, name="face-act"),
    # The shortest address: it is drawn as a QR code.
    path("face/<slug:token>/", face.link, name="face-link"),
]
