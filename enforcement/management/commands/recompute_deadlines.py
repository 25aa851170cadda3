"""`manage.py recompute_deadlines`: are the stored terms what the journal says?"""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from enforcement.core import sweep as terms


class Command(BaseCommand):
    """Exit 1 on a difference when only checking."""

    help = "Fold every journal anew: {cases, deadlines, differences}; --check changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        found = terms.recompute(check=options["check"])
        if options["json"]:
            self.stdout.write(json.dumps(found))
        else:
            self.stdout.write(f"{found['cases']} cases, {found['deadlines']} deadlines")
            for each in found["differences"]:
                self.stdout.write(str(each))
        if options["check"] and found["differences"]:
            sys.exit(1)
