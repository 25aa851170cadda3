"""`manage.py check_documents FILE`: the law's verdict on each paper; nothing is stored."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.executive_document import Codes, DocumentShape, Unreadable, read
from documents.fields import Day, Place
from documents.json_text import json_of
from documents.told_at_intake import STATE_DUTY
from enforcement.intake.claims import Known, identities, in_another_part, strange
from enforcement.intake.debts import claims_of, positions_of
from enforcement.limitation import Earlier
from enforcement.verdict import ALREADY_RECEIVED, INVALID, Verdict, judge
from law.statute import DEFAULT_RULE_SET, RULE_SETS, Statute, statute
from law.workdays import calendar
from parties.spelling import part_key

#: What a file of another shape gives rise to.
NOT_SUCH_A_FILE = (OSError, ValueError, LookupError, TypeError, AttributeError)
#: What a file of examples says about a paper besides the paper.
ABOUT = ("expect", "why", "received_on")


@dataclass
class Desk:
    """Judges papers one after another, knowing those before."""

    law: Statute
    codes: Codes
    territories: dict[str, list[str]]
    #: Issuer, key of the number, day of the decision and part -> the first paper's `ref`.
    seen: dict[tuple[Any, ...], str] = field(default_factory=dict)
    #: The same -> its claims, as the papers before told them.
    claims: dict[tuple[Any, ...], list[Known]] = field(default_factory=dict)
    #: IIN or BIN -> the names it came under.
    names: dict[str, set[str]] = field(default_factory=dict)

    def judge(self, paper: Any) -> dict[str, Any]:
        """The answer to one paper, whatever was written in its place."""
        row = paper if isinstance(paper, Mapping) else {}
        received_on = _received(row, self.codes)
        try:
            document = {key: value for key, value in row.items() if key not in ABOUT}
            shape = read(document if row else paper, self.codes, on=received_on)
            known = self._known(shape, received_on) if received_on else None
        except Unreadable as unreadable:
            field = unreadable.errors[0].field if received_on or not row else "received_on"
            verdict = Verdict(INVALID, field=field)
            return {"ref": _printable(row.get("ref")), **verdict.as_json()}
        verdict = known or Verdict(INVALID, field="received_on")
        return {"ref": shape.ref, **verdict.as_json()}

    def _known(self, shape: DocumentShape, received_on: date) -> Verdict:
        numbers = (shape.issuer, shape.case_key, shape.decision_on)
        identity = (*numbers, shape.part == STATE_DUTY)
        # A part stands for itself, and any for the whole.
        own, whole = (*identity, part_key(shape.part)), (*identity, "")
        open_ref = self.seen.get(own) if all(numbers) else None
        claims, before = claims_of(shape), self.claims.setdefault(identity, [])
        verdict = judge(
            shape,
            received_on=received_on,
            law=self.law,
            calendar=calendar(),
            territories=self.territories,
            earlier=Earlier(
                open_ref,
                names=self.names,
                strange=strange(claims, before),
                in_another_part=positions_of(shape, in_another_part(claims, before)),
            ),
        )
        if verdict.verdict != ALREADY_RECEIVED:
            same = identities(claims, before)
            before += [Known(n, i.claim, i.merged) for n, i in zip(claims, same, strict=True)]
        for key in (own, whole):
            self.seen.setdefault(key, shape.ref)
        for party in (*shape.claimants, *shape.debtors):
            if party.identifier:
                known = self.names.setdefault(party.identifier, set())
                known.update(filter(None, (party.name_kk, party.name_ru)))
        return verdict


def _received(row: Mapping[str, Any], codes: Codes) -> date | None:
    """The day of receipt; None where it is none that the calendars reach."""
    place = Place("received_on", codes, {}, {})
    on: date | None = Day(counted=True).read(row.get("received_on"), place)
    return None if place.errors else on


def _printable(ref: Any) -> Any:
    """A sender's key as a line can hold it; nothing where it is no text."""
    return ref.encode("utf-8", "replace").decode() if isinstance(ref, str) else None


def verdicts(data: dict[str, Any], rule_set: str) -> Iterator[dict[str, Any]]:
    """The verdict on each paper in the order of the file, each on its `received_on`."""
    law = statute(rule_set)
    offices, papers = data["offices"], data["documents"]
    if not isinstance(papers, list):
        raise TypeError("documents: not a list")
    territories = {code: list(office["territory"]) for code, office in offices.items()}
    desk = Desk(law, Codes.under(law, offices=offices, issuers=data["issuers"]), territories)
    yield from map(desk.judge, papers)


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
            found = list(verdicts(json_of(options["file"].read_bytes()), options["rule_set"]))
        except NOT_SUCH_A_FILE as bad:
            raise CommandError(f"{options['file']}: {bad!r}") from bad
        for verdict in found:
            if options["json"]:
                self.stdout.write(json.dumps(verdict, ensure_ascii=False))
            else:
                rest = {k: v for k, v in verdict.items() if k not in ("ref", "verdict")}
                self.stdout.write(f"{verdict['ref']}  {verdict['verdict']:<16} {rest}")
