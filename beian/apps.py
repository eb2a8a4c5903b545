"""App configuration of the lowest room."""

from django.apps import AppConfig


class BeianConfig(AppConfig):
    name = "beian"
    verbose_name = "备案通"

    def ready(self) -> None:
        # Imported for what they register: checks and figures.
        from beian import gauges  # noqa: F401
        from beian.production import checks  # noqa: F401
