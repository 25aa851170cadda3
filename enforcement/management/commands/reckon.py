"""`manage.py reckon`: reckon a term and explain it; `reckon -` answers a question a line."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from deadlines.calculator import BadPause, Reckoning, reckon
from law.model import Term, UnknownRule
from law.statute import DEFAULT_RULE_SET, RULE_SETS, UnknownRuleSet, statute
from law.workdays import calendar

MESSAGES = {
    "bad_json": "not a JSON object",
    "unknown_term": "the rule set knows no such term",
    "unknown_rule_set": f"one of: {', '.join(RULE_SETS)}",
    "not_yet_law": "the rule was no law yet on that day",
    "bad_date": "a date is YYYY-MM-DD; an instant has an offset",
    "bad_pause": "a pause or used time is [from, until] and the term must allow it",
}


class BadQuestion(ValueError):
    """A question that cannot be answered: its code and field."""

    def __init__(self, code: str, field: str) -> None:
        super().__init__(f"{field}: {MESSAGES[code]}")
        self.code, self.field = code, field

    def as_json(self) -> dict[str, str]:
        """The error of one line."""
        return {"code": self.code, "field": self.field, "message": MESSAGES[self.code]}


def answer(question: dict[str, Any], language: str) -> dict[str, Any]:
    """The question's own keys and its reckoning, with every step in words."""
    rule_set = question.get("rule_set", DEFAULT_RULE_SET)
    try:
        law = statute(rule_set)
    except (UnknownRuleSet, TypeError) as unknown:
        raise BadQuestion("unknown_rule_set", "rule_set") from unknown
    start = _instant(question.get("from"))
    try:
        term = law.term(question.get("term", ""), on=_day(start))
    except (UnknownRule, TypeError) as unknown:
        raise BadQuestion("unknown_term", "term") from unknown
    if not term.length:  # its last day is told case by case
        raise BadQuestion("unknown_term", "term")
    if _day(start) < law.since(term.id):
        raise BadQuestion("not_yet_law", "from")
    hours = term.unit == "hour"
    if hours != isinstance(start, datetime):
        raise BadQuestion("bad_date", "from")
    try:
        reckoning = reckon(
            term,
            starts_on=start,
            calendar=calendar(),
            pauses=_spans(question, "pauses"),
            used=_spans(question, "used"),  # type: ignore[arg-type]
        )
    except (BadPause, OverflowError) as bad:
        raise BadQuestion("bad_pause", "used" if question.get("used") else "pauses") from bad
    kept = ("rule_set", "term", "from", "pauses", "used")
    asked = {key: question[key] for key in kept if key in question}
    return {**asked, "rule_set": rule_set, **told(reckoning, term, language)}


def told(reckoning: Reckoning, term: Term, language: str) -> dict[str, Any]:
    """A reckoning as JSON, in words of `language`."""
    found: dict[str, Any] = {
        "due_on": reckoning.due_on and reckoning.due_on.isoformat(),
        "nominal_on": reckoning.nominal_on and reckoning.nominal_on.isoformat(),
        "provisional": reckoning.provisional,
        "nature": term.nature.value,
        "article": term.rule.article,
        "calendar": reckoning.calendar,
        "steps": [
            {
                "on": step.on.isoformat(),
                "until": step.until.isoformat(),
                "kind": step.kind,
                "why": step.why.in_(language),
                "n": step.n,
            }
            for step in reckoning.steps
        ],
    }
    if reckoning.days_left is not None:
        found["days_left"] = reckoning.days_left
    if reckoning.over_since is not None:
        found["over_since"] = reckoning.over_since.isoformat()
    return found


def _day(start: date) -> date:
    return start.date() if isinstance(start, datetime) else start


def _instant(text: Any) -> date:
    try:
        if len(text) > len("2026-01-01"):
            instant = datetime.fromisoformat(text)
            if instant.tzinfo is None:
                raise ValueError
            _in_range(instant.date())
            return instant
        return _date(text)
    except (TypeError, ValueError) as bad:
        raise BadQuestion("bad_date", "from") from bad


def _date(text: str) -> date:
    """YYYY-MM-DD alone, not the other forms ISO 8601 has."""
    on = date.fromisoformat(text)
    if on.isoformat() != text:
        raise ValueError(text)
    return _in_range(on)


def _in_range(on: date) -> date:
    """The calendars reach further on both sides, so that terms of years still end inside."""
    if not date(1998, 1, 1) <= on <= date(2070, 12, 31):
        raise ValueError(on)
    return on


def _spans(question: dict[str, Any], name: str) -> list[tuple[date, date | None]]:
    spans = question.get(name) or []
    found = []
    try:
        for begin, end in spans:
            until = None if end is None and name == "pauses" else _date(end)
            found.append((_date(begin), until))
    except (TypeError, ValueError) as bad:
        raise BadQuestion("bad_pause", name) from bad
    return found


class Command(BaseCommand):
    """Needs no database."""

    help = "Reckon a statutory term: reckon TERM --from DATE, or questions in JSON lines: reckon -"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("term", help="rule id of the term, or - for JSON lines on stdin")
        parser.add_argument("--from", dest="start", help="day (or instant) of the event")
        parser.add_argument("--rule-set", default=DEFAULT_RULE_SET)
        parser.add_argument("--pause", action="append", default=[], metavar="FROM:UNTIL")
        parser.add_argument("--used", action="append", default=[], metavar="FROM:UNTIL")
        parser.add_argument("--lang", choices=["kk", "ru", "en"], default="kk")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["term"] == "-":
            self._lines(options["lang"])
            return
        question = {
            "rule_set": options["rule_set"],
            "term": options["term"],
            "from": options["start"],
            "pauses": [_span(text) for text in options["pause"]],
            "used": [_span(text) for text in options["used"]],
        }
        try:
            found = answer({k: v for k, v in question.items() if v != []}, options["lang"])
        except BadQuestion as bad:
            if options["json"]:
                self.stdout.write(json.dumps({"error": bad.as_json()}, ensure_ascii=False))
                sys.exit(1)
            raise CommandError(str(bad)) from bad
        self._show(found, options)

    def _show(self, found: dict[str, Any], options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        rule = statute(options["rule_set"]).rule(options["term"])
        self.stdout.write(f"{rule.title.in_(options['lang'])} ({rule.id}, {rule.article})")
        for step in found["steps"]:
            span = step["on"] if step["on"] == step["until"] else f"{step['on']} – {step['until']}"
            self.stdout.write(f"  {span:<23} {step['n'] or '':>5}  {step['why']}")
        end = found["due_on"] or found.get("over_since") or f"… {found['days_left']}"
        self.stdout.write(f"  = {end}{' *' if found['provisional'] else ''}")

    def _lines(self, language: str) -> None:
        failed = False
        for number, line in enumerate(_decoded(), start=1):
            if not line.strip():
                continue
            try:
                found = answer(_object(line), language)
            except BadQuestion as bad:
                found = {"line": number, "error": bad.as_json()}
                failed = True
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        if failed:
            sys.exit(1)


def _decoded() -> Iterator[str]:
    """The lines of standard input; what is not UTF-8 stays visible and is no JSON."""
    raw = getattr(sys.stdin, "buffer", None)
    lines = sys.stdin if raw is None else (line.decode("utf-8", errors="replace") for line in raw)
    for number, line in enumerate(lines):
        yield line if number else line.removeprefix("\ufeff")


def _object(line: str) -> dict[str, Any]:
    try:
        question = json.loads(line)
    except (ValueError, RecursionError) as bad:
        raise BadQuestion("bad_json", "line") from bad
    if not isinstance(question, dict):
        raise BadQuestion("bad_json", "line")
    return question


def _span(text: str) -> list[str | None]:
    begin, _, end = text.partition(":")
    return [begin, end or None]
