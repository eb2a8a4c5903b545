"""Registering, signing in, real-name status, messages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
