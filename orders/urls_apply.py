"""Filling in a dossier, step by step."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
