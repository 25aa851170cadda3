"""Compiles the screens' words without gettext's own programs, which a bare machine lacks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Turns every django.po of the project into the django.mo beside it."""

    help = "Compile locale/*/LC_MESSAGES/django.po; needs no server and no gettext."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Write each catalogue and say how many words it holds."""
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/django.po")):
                catalogue = polib.pofile(str(source), encoding="utf-8")
                catalogue.save_as_mofile(str(source.with_suffix(".mo")))
                language = source.parent.parent.name
                words = len(catalogue.translated_entries())
                self.stdout.write(f"{language}: {words} of {len(catalogue)} messages")
