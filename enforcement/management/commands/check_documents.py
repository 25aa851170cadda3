"""`manage.py check_documents FILE`: the law's verdict on each paper; nothing is stored."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.executive_document import Codes, Unreadable, read
from enforcement.verdict import INVALID, Earlier, Verdict, judge
from law.statute import DEFAULT_RULE_SET, RULE_SETS, statute
from law.workdays import calendar

#: What a file of another shape gives rise to.
NOT_SUCH_A_FILE = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
)
#: What a file of examples says about a paper besides the paper.
ABOUT = ("expect", "why", "received_on")


def verdicts(data: dict[str, Any], rule_set: str) -> Iterator[dict[str, Any]]:
    """The verdict on each paper in the order of the file, each on its `received_on`."""
    law = statute(rule_set)
    codes = Codes.under(law, offices=data["offices"], issuers=data["issuers"])
    territories = {code: office["territory"] for code, office in data["offices"].items()}
    seen: dict[tuple[Any, ...], str] = {}
    for paper in data["documents"]:
        document = {key: value for key, value in paper.items() if key not in ABOUT}
        try:
            shape = read(document, codes)
        except Unreadable as unreadable:
            verdict = Verdict(INVALID, field=unreadable.errors[0].field)
            yield {"ref": paper.get("ref"), **verdict.as_json()}
            continue
        identity = (shape.issuer, shape.case_key, shape.decision_on)
        known = seen.get(identity) if all(identity) else None
        verdict = judge(
            shape,
            received_on=date.fromisoformat(paper["received_on"]),
            law=law,
            calendar=calendar(),
            territories=territories,
            earlier=Earlier(known),
        )
        seen.setdefault(identity, shape.ref)
        yield {"ref": shape.ref, **verdict.as_json()}


class Command(BaseCommand):
    """Needs no database."""

    help = "Judge the executive documents of a JSON file."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--rule-set", choices=RULE_SETS, default=DEFAULT_RULE_SET)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = json.loads(options["file"].read_text(encoding="utf-8"))
            found = list(verdicts(data, options["rule_set"]))
        except NOT_SUCH_A_FILE as bad:
            raise CommandError(f"{options['file']}: {bad!r}") from bad
        for verdict in found:
            if options["json"]:
                self.stdout.write(json.dumps(verdict, ensure_ascii=False))
            else:
                rest = {k: v for k, v in verdict.items() if k not in ("ref", "verdict")}
                self.stdout.write(f"{verdict['ref']}  {verdict['verdict']:<16} {rest}")
