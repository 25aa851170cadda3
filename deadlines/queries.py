"""Deadlines as read: their ledger, their shape for the API, those that ran out."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from deadlines.calculator import Reckoning, reckon
from deadlines.models import Deadline
from law.statute import statute
from law.workdays import calendar


def explain(deadline: Deadline, *, rule_set: str) -> Reckoning:
    """The reckoning behind a row, step by step, by the calendar edition the row was made with."""
    term = statute(rule_set).term(deadline.rule, on=deadline.starts_on)
    pauses = [
        (date.fromisoformat(begin), date.fromisoformat(end) if end else None)
        for begin, end in deadline.pauses
    ]
    known = calendar(deadline.calendar)
    return reckon(term, starts_on=deadline.starts_on, calendar=known, pauses=pauses)


def as_json(
    deadline: Deadline, *, rule_set: str, today: date, explain_in: str = ""
) -> dict[str, Any]:
    """{rule, scope, starts_on, due_on, safe_on, status, days_left, steps?}; safe_on for duties."""
    duty = statute(rule_set).term(deadline.rule, on=deadline.starts_on).duty
    found: dict[str, Any] = {
        "rule": deadline.rule,
        "scope": deadline.scope,
        "starts_on": deadline.starts_on.isoformat(),
        "due_on": deadline.due_on and deadline.due_on.isoformat(),
        "safe_on": deadline.safe_on.isoformat() if duty and deadline.safe_on else None,
        "status": deadline.status,
        "days_left": deadline.days_left(today),
        "provisional": deadline.provisional,
    }
    if explain_in:
        found["steps"] = [
            {
                "on": step.on.isoformat(),
                "until": step.until.isoformat(),
                "kind": step.kind,
                "why": step.why.in_(explain_in),
                "n": step.n,
            }
            for step in explain(deadline, rule_set=rule_set).steps
        ]
    return found


def ran_out(on: date) -> QuerySet[Deadline]:
    """Running terms whose last day lies before `on`."""
    return Deadline.objects.filter(status="running", due_on__lt=on).order_by("due_on", "id")
