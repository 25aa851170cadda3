"""`manage.py verify_journal`: is every line there, in order and unchanged?"""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from journal.queries import verify


class Command(BaseCommand):
    """Exit 1 on a fault."""

    help = "Recompute the chain of every stream: {entries, streams, faults}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        found = verify()
        if options["json"]:
            self.stdout.write(json.dumps(found))
        else:
            self.stdout.write(f"{found['entries']} entries in {found['streams']} streams")
            for fault in found["faults"]:
                self.stdout.write(f"FAULT {fault['kind']}: {fault['stream']} / {fault['seq']}")
        if found["faults"]:
            sys.exit(1)
