"""Every address of the project, by app."""

from django.urls import include, path, re_path
from django.views.i18n import set_language

from config.health import healthz
from enforcement.api.problems import not_found as no_such_address

handler500 = "config.errors.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("language", set_language, name="set_language"),
    path("api/v1/", include("enforcement.api.urls")),
    path("api", no_such_address),
    re_path(r"^api/(?P<rest>[\s\S]*)$", no_such_address, name="api"),
    path("", include("accounts.urls")),
    path("", include("enforcement.urls")),
]
