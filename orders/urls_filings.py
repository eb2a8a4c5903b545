"""My filings and the order page."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
