"""The app's name for Django."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """See the package's docstring."""

    name = "journal"
    default_auto_field = "django.db.models.BigAutoField"
