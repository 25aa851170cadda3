"""Sets, resets or tells the demo's clock."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import clock

OPENING = time(9, 0)


class Command(BaseCommand):
    """The demo's clock, for web, worker and beat at once; `recorded_at` stays real."""

    help = "Tell the office's clock; set a demo's to an ISO instant or date, or --reset it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take an instant or --reset, not both."""
        wanted = parser.add_mutually_exclusive_group()
        wanted.add_argument(
            "instant",
            nargs="?",
            help="ISO instant; without an offset it is local (UTC+5), a plain date means 09:00",
        )
        wanted.add_argument("--reset", action="store_true", help="back to real time")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked, then say what time it is."""
        try:
            if options["reset"]:
                clock.reset()
            elif options["instant"]:
                clock.set_to(read_instant(options["instant"]))
        except clock.ClockNotSettable as refusal:
            raise CommandError(f"refused: {refusal}") from refusal
        self.stdout.write(_told(as_json=options["json"]))


def read_instant(text: str) -> datetime:
    """Read an ISO instant or date as an instant of the office."""
    try:
        if len(text) == len("2026-03-10"):
            return datetime.combine(date.fromisoformat(text), OPENING, tzinfo=clock.ALMATY)
        instant = datetime.fromisoformat(text)
    except ValueError as fault:
        raise CommandError(f"{text!r} is not an ISO instant or date") from fault
    return instant if instant.tzinfo else instant.replace(tzinfo=clock.ALMATY)


def _told(*, as_json: bool) -> str:
    instant = clock.now().isoformat(timespec="seconds")
    if as_json:
        return json.dumps({"now": instant, "set": clock.is_set()})
    return f"{instant} ({'set for the demo' if clock.is_set() else 'real time'})"
