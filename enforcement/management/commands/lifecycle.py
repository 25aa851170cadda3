"""`manage.py lifecycle`: every transition of every machine."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from enforcement.core.card import permissions
from enforcement.core.transitions import transitions
from enforcement.management.spread import spread


class Command(BaseCommand):
    """Needs no database."""

    help = "List the states and verbs: [{machine, source, verb, target, permission, grounds}]."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument(
            "--spread", action="store_true", help="in which modules the name of each verb stands"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        rows: Any = spread(permissions()) if options["spread"] else transitions()
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
        elif options["spread"]:
            for verb, modules in rows.items():
                self.stdout.write(f"{len(modules)} {verb}: {', '.join(modules)}")
        else:
            for row in rows:
                self.stdout.write(
                    f"{row['machine']}: {row['source'] or '·'} --{row['verb']}--> {row['target']}"
                )
