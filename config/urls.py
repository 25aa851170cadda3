"""Every address of the project, by app."""

from django.urls import include, path
from django.views.i18n import set_language

from config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("language", set_language, name="set_language"),
    path("api/v1/", include("enforcement.api.urls")),
    path("", include("accounts.urls")),
    path("", include("enforcement.urls")),
]
