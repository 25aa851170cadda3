"""`manage.py sweep`: let the terms expire whose last day is over."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

import clock
from enforcement.core import sweep as terms


class Command(BaseCommand):
    """The same call as beat's."""

    help = "Expire the terms that ran out before a day: {on, due, expired, already}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, default=None)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        on = options["on"] or clock.today()
        if on > clock.today() and not settings.DEMO:
            raise CommandError(f"{on} has not come yet: what expires stays expired")
        found = terms.sweep(on=on).as_json()
        text = json.dumps(found) if options["json"] else f"{found['on']}: {found['expired']}"
        self.stdout.write(text)
