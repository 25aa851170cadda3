"""Deadlines as read: their ledger, those that ran out."""

from datetime import date

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
    start, last = deadline.starts_on, deadline.ends_on
    return reckon(term, starts_on=start, calendar=known, pauses=pauses, ends_on=last)


def ran_out(on: date) -> QuerySet[Deadline]:
    """Running terms whose last day lies before `on`."""
    return Deadline.objects.filter(status="running", due_on__lt=on).order_by("due_on", "id")
