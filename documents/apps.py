"""The app's name for Django."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """See the package's docstring."""

    name = "documents"
    default_auto_field = "django.db.models.BigAutoField"
