"""The app's name for Django."""

from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    """See the package's docstring."""

    name = "enforcement"
    default_auto_field = "django.db.models.BigAutoField"
