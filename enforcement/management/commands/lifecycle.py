"""`manage.py lifecycle`: every transition of every machine."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from enforcement.core.transitions import transitions


class Command(BaseCommand):
    """Needs no database."""

    help = "List the states and verbs: [{machine, source, verb, target, permission, grounds}]."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = transitions()
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write(
                f"{row['machine']}: {row['source'] or '·'} --{row['verb']}--> {row['target']}"
            )
