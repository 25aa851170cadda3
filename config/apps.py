"""Makes the platform's own commands (clock, compile_translations) known to Django."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """The project's frame as an app: commands only, no models."""

    name = "config"
    label = "config"
