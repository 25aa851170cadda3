"""`manage.py act CASE VERB`: the same call as the screens make, for commands and tests."""

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from documents.json_text import json_of
from enforcement.core import api_shapes
from enforcement.core.card import VERBS, Verb
from enforcement.core.http_status import keys_of
from enforcement.core.subject import ORDER, facts_for, find_subject
from enforcement.intake.receiving import receiving_law
from enforcement.models import Case, Presentation, Transfer
from enforcement.signing.form import read, refuse_unknown
from enforcement.transfer import on_its_way
from law.refusal import FieldError, Kind, Refusal

#: What an example says of a paper beside the paper.
EXPECTED: Final = ("expect", "why")
#: What the office tells of an arrival beside the document.
TOLD_OF_ARRIVAL: Final = frozenset({"received_on"})
#: What names the thing a verb is taken on, beside what the verb asks.
SELECTORS: Final = frozenset({*ORDER, "document"})


class Command(BaseCommand):
    """Exit 3 on a refusal."""

    help = "act CASE VERB --by LOGIN --on DATE key=value ...; CASE is an id or number, - to receive"

    def create_parser(self, prog_name: str, subcommand: str, **given: Any) -> CommandParser:
        """Let `key=value` stand before and after the options."""
        parser = super().create_parser(prog_name, subcommand, **given)
        parser.parse_args = parser.parse_intermixed_args  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("case")
        parser.add_argument("verb")
        parser.add_argument("values", nargs="*", metavar="key=value")
        parser.add_argument("--by", required=True)
        parser.add_argument("--on", type=date.fromisoformat, required=True)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("only in a demo: in an office everybody signs for himself")
        values = dict(text.split("=", 1) for text in options["values"] if "=" in text)
        user = User.objects.filter(login=options["by"].lower()).first()
        if user is None:
            raise CommandError(f"no such user: {options['by']}")
        try:
            case = self._act(options, values, user)
        except Refusal as refusal:
            self.stdout.write(json.dumps(keys_of(refusal), ensure_ascii=False))
            sys.exit(3)
        verb = VERBS[options["verb"]]
        self.stdout.write(json.dumps(outcome(case, verb, options["on"]), ensure_ascii=False))

    def _act(self, options: dict[str, Any], values: dict[str, str], user: User) -> Case:
        verb = VERBS.get(options["verb"])
        if verb is None:
            raise CommandError(f"no such verb: {options['verb']}; one of {', '.join(VERBS)}")
        known = {"on": options["on"], "by": user}
        if verb.card.on is None:
            law = receiving_law()
            arrived: Presentation = verb(_arriving(values), law=law, **known).presentation
            return arrived.case
        case = _case(options["case"])
        if verb.card.on is Transfer:
            accepted: Presentation = verb(on_its_way(case), **known)
            return accepted.case
        if not verb.card.listed:
            raise CommandError(f"{verb.name} is not taken by this command")
        subject = find_subject(case, verb, values)
        now = facts_for(subject, user, on=options["on"])
        refuse_unknown(verb, now, values, SELECTORS)
        verb(subject, **known, **read(verb, now, values))
        return case


def _arriving(values: dict[str, str]) -> Any:
    """The document, with what is told of its arrival beside the file."""
    for name in values.keys() - TOLD_OF_ARRIVAL - {"document"}:
        raise Refusal("invalid", errors=(FieldError(name, "unknown"),))
    data = _document(values)
    told = {name: values[name] for name in TOLD_OF_ARRIVAL & values.keys()}
    return {**data, **told} if isinstance(data, dict) else data


def _document(values: dict[str, str]) -> Any:
    try:
        data = json_of(Path(values["document"]).read_bytes())
    except (KeyError, OSError, ValueError) as bad:
        raise CommandError(f"document=FILE with one document as JSON: {bad!r}") from bad
    if not isinstance(data, dict):
        return data
    return {key: value for key, value in data.items() if key not in EXPECTED}


def _case(text: str) -> Case:
    """The case by its id or number; 404 for another."""
    parts = text.rsplit("-", 2)
    try:
        if len(parts) == 3 and parts[1].isdigit() and parts[2].isdigit():
            return Case.objects.get(office__code=parts[0], year=int(parts[1]), number=int(parts[2]))
        return Case.objects.get(pk=text)
    except (Case.DoesNotExist, ValidationError, ValueError) as unknown:
        raise Refusal("not_found", kind=Kind.UNSEEN) from unknown


def outcome(case: Case, verb: Verb, on: date) -> dict[str, Any]:
    """{case, state, entry, papers, deadlines} after a verb: the state of the thing it changed.

    A verb may write more than its own line, such as the measures an end lifts.
    """
    stream = case.stream
    lines = stream.entries.order_by("-seq")
    own = lines.filter(kind__in=[line.event for line in verb.card.writes])
    last = own.first() or lines[0]
    papers = [
        {"id": str(paper.pk), "kind": paper.kind, "number": paper.label}
        for paper in last.papers.order_by("number")
    ]
    return {
        "case": str(case.pk),
        "number": case.label,
        "subject": str(last.subject),
        "state": last.state_after,
        "entry": {"seq": last.seq, "kind": last.kind, "hash": last.hash},
        "papers": papers,
        "deadlines": api_shapes.deadlines(stream, today=on),
    }
