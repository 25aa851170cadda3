"""The app's name for Django."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    """See the package's docstring."""

    name = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"
