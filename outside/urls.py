from django.urls import include, path

urlpatterns = [
    path("api/", include("outside.urls_api")),
]
