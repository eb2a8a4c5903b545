"""Filling in a dossier, step by step."""

from django.urls import path

from orders.views import (
    apply,
    check,
    not_possible,
    objection,
    start,
    submitted,
    tasks,
    truthfulness,
)

urlpatterns = [
    path("filings/start/", start.start, name="start"),
    path("filings/<uuid:pk>/tasks/", tasks.tasks, name="tasks"),
    path("filings/<uuid:pk>/steps/<slug:key>/", apply.step, name="step"),
    path("filings/<uuid:pk>/not-possible/", not_possible.not_possible, name="not-possible"),
    path("filings/<uuid:pk>/truthfulness/", truthfulness.step, name="truthfulness"),
    path(
        "filings/<uuid:pk>/truthfulness/<slug:who>/status/",
        truthfulness.status,
        name="truthfulness-status",
    ),
    path(
        "filings/<uuid:pk>/truthfulness/<slug:who>/meeting/",
        truthfulness.meeting,
        name="truthfulness-meeting",
    ),
    path(
        "filings/<uuid:pk>/truthfulness/<slug:who>/<slug:name>/",
        truthfulness.act,
        name="truthfulness-act",
    ),
    path("filings/<uuid:pk>/objections/<slug:mark>/", objection.objection, name="objection"),
    path("filings/<uuid:pk>/check/", check.check, name="check"),
    path("filings/<uuid:pk>/submitted/", submitted.submitted, name="submitted"),
]
