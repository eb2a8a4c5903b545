"""Uploaded pictures."""

from django.urls import URLPattern, path

from verification.views import documents

urlpatterns: list[URLPattern] = [
    path("documents/<uuid:pk>/", documents.show_document, name="document"),
]
