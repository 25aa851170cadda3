"""The app's name for Django."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """See the package's docstring."""

    name = "parties"
    default_auto_field = "django.db.models.BigAutoField"
