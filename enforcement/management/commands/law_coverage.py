"""`manage.py law_coverage`: which of the 256 rules the software carries out."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from law.coverage import as_markdown, coverage, faults


class Command(BaseCommand):
    """Needs no database."""

    help = "Show {enforced, supported, shown, absent}; --check exits 1 on a claim that is not true."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--check", action="store_true")
        parser.add_argument("--markdown", action="store_true", help="docs/law-coverage.md")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["markdown"]:
            self.stdout.write(as_markdown(), ending="")
            return
        found = coverage()
        if options["json"]:
            self.stdout.write(json.dumps(found))
        else:
            for status, rules in found.items():
                self.stdout.write(f"{status:<10} {len(rules):>3}")
        if options["check"]:
            wrong = faults(settings.BASE_DIR / "tests")
            for fault in wrong:
                self.stderr.write(fault)
            sys.exit(1 if wrong else 0)
