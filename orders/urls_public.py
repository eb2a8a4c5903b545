"""For everybody who thinks about filing."""

from django.urls import path

from orders.views import prepare

urlpatterns = [
    path("prepare/", prepare.prepare, name="prepare"),
    path("need/", prepare.need, name="need"),
]
