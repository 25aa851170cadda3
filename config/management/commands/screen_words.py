"""Keeps the catalogues of the screens' words: all that is asked for, nothing else."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.management.screen_words import Gaps, asked, catalogue, catalogues, gaps, rewritten


class Command(BaseCommand):
    """Needs no database and no gettext."""

    help = "Write every word that a screen asks for into locale/*/LC_MESSAGES/django.po."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --check."""
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing; exit 1 where a word is missing, unused or not translated",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell what is wrong with each catalogue, and mend what needs no translator."""
        wrong = False
        for language, path in catalogues().items():
            file = catalogue(language)
            wrong |= self._tell(language, gaps(file, asked()))
            if not options["check"]:
                rewritten(file, asked()).save(str(path))
        if wrong and options["check"]:
            raise CommandError("the catalogues are not what the screens ask for")

    def _tell(self, language: str, found: Gaps) -> bool:
        for what in ("missing", "unused", "untranslated"):
            for word in getattr(found, what):
                context = f" ({word.context})" if word.context else ""
                self.stdout.write(f"{language}: {what}: {word.text!r}{context}")
        if not found.in_order:
            self.stdout.write(f"{language}: not as `manage.py screen_words` writes it")
        return not found.in_order or any(found[:3])
