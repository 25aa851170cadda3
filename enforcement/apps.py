"""The app's name for Django."""

from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    """See the package's docstring."""

    name = "enforcement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Read the chapters, so that every verb is known by its card."""
        from enforcement import chapters  # noqa: PLC0415  (models come first)

        chapters.read()
