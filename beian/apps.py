"""App configuration of the lowest room."""

from django.apps import AppConfig


class BeianConfig(AppConfig):
    name = "beian"
    verbose_name = "备案通"
