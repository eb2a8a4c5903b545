from django.apps import AppConfig


class OutsideConfig(AppConfig):
    name = "outside"
    label = "outside"
    verbose_name = "模拟外部世界"
