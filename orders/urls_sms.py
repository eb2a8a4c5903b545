"""SMS verification by responsible persons."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
