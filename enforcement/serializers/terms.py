"""The terms of a case as its page shows them, and the presentation clock."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from deadlines.models import Deadline
from enforcement.lifecycle.course import OPEN
from enforcement.lifecycle.intake import RECEIVED
from enforcement.queries.case import CaseFile
from enforcement.serializers.words import reading
from law.statute import Statute

#: Terms of one step each, the parties' own: they stand in a list, not on leaves.
OF_STEPS: Final = "act"
ZERO: Final = Decimal("0.00")
#: How the rules of presentation terms begin.
PRESENTATION: Final = ("PRES-", "INF-PRES")
#: Lines that interrupt the presentation term, and by which rule.
INTERRUPT: Final = {
    "received": "INTERR-01",
    "recovered": "INTERR-02",
    "partly_performed": "INTERR-02",
    "returned_to_claimant": "INTERR-04",
}


def terms(file: CaseFile, law: Statute, today: date) -> list[dict[str, Any]]:
    """Running and overdue terms first, the nearest last day on top; then those that ended."""
    several = len(file.proceedings) > 1
    whose = {f"proceeding:{p.pk}": p for p in file.proceedings}
    lines = {entry.seq: entry for entry in file.entries}
    owed = {row.pk for row in file.terms if _still_owed(row, law, file)}
    rows = sorted(
        file.terms,
        key=lambda d: (
            d.status not in ("running", "paused") and d.pk not in owed,
            str(d.due_on or ""),
            d.rule,
        ),
    )
    found = []
    for row in rows:
        term, running = law.term(row.rule), whose.get(row.scope)
        name = file.people[running.debtor_id].name(reading()) if running and several else ""
        found.append(_term(row, file, today) | {"whose": name, "of_step": term.scope == OF_STEPS})
        found[-1]["duty"] = bool(term.duty)
        if row.pk in owed and row.due_on:
            # What ran out undone runs on for the reader: days overdue, among what presses.
            found[-1] |= {"status": "running", "days_left": (row.due_on - today).days}
        if term.scope == OF_STEPS and (line := lines.get(row.started_by)):
            step = law.by_event().get(line.kind)
            found[-1]["whose"] = step.past.in_(reading()) if step else ""
        if not term.duty:
            found[-1]["safe_on"] = None
    return found


def _still_owed(row: Deadline, law: Statute, file: CaseFile) -> bool:
    """Whether an office's duty ran out undone while its proceeding or arrival is open."""
    if row.status != "expired" or row.ended_on != row.due_on or not law.term(row.rule).duty:
        return False
    open_now = {f"proceeding:{p.pk}" for p in file.proceedings if p.state in OPEN}
    waiting = any(each.state == RECEIVED for each in file.arrivals)
    own = row.scope.startswith("proceeding:")
    return row.scope in open_now if own else bool(open_now) or waiting


def _term(row: Deadline, file: CaseFile, today: date) -> dict[str, Any]:
    return {
        "id": row.pk,
        "rule": row.rule,
        "scope": row.scope,
        "starts_on": row.starts_on,
        "due_on": row.due_on,
        "safe_on": row.safe_on,
        "status": row.status,
        "days_left": row.days_left(today),
        "provisional": row.provisional,
        "ledger_url": f"/cases/{file.case.pk}/deadlines/{row.pk}",
    }


def clock(file: CaseFile, today: date) -> list[dict[str, Any]]:
    """The presentation clock: each run of the term, how much of it was used, what broke it off."""
    runs = [term for term in file.terms if term.rule.startswith(PRESENTATION)]
    lines = {entry.seq: entry for entry in file.entries}
    found, told = [], set()
    for run in sorted(runs, key=lambda term: (term.starts_on, term.started_by)):
        # The arrival after a return tells of the same run once more.
        if (run.rule, run.starts_on) in told:
            continue
        told.add((run.rule, run.starts_on))
        line = lines.get(run.started_by)
        again = bool(line and line.kind == "returned_to_claimant")
        end = run.ended_on or today
        found.append(
            {
                "rule": run.rule,
                "starts_on": run.starts_on,
                "due_on": run.due_on,
                "ended_on": run.ended_on,
                "status": run.status,
                "began": "INTERR-04" if again else _start_rule(file, run),
                "used": max((end - run.starts_on).days, 0),
                "left": (run.due_on - end).days if run.due_on else None,
                "ledger_url": f"/cases/{file.case.pk}/deadlines/{run.pk}",
            }
        )
    return found


def _start_rule(file: CaseFile, run: Deadline) -> str:
    for arrival in file.arrivals:
        if arrival.verdict.get("presentation_start") == run.starts_on.isoformat():
            return str(arrival.verdict.get("start_rule") or run.rule)
    return run.rule


def interruptions(file: CaseFile) -> list[dict[str, Any]]:
    """What broke the presentation term off, and whence it runs anew, in order.

    Presentation (INTERR-01), what the debtor did in part (INTERR-02), return (INTERR-04).
    """
    gone = {entry.corrects for entry in file.entries}
    runs = [term for term in file.terms if term.rule.startswith(PRESENTATION)]
    presented = {run.ended_on for run in runs if run.status == "met"}
    lines = sorted((e for e in file.entries if e.seq not in gone), key=lambda entry: entry.seq)
    sums = [debt.amount for debt in file.owed()]
    left = None if None in sums else sum((each for each in sums if each is not None), ZERO)
    found = []
    for entry in lines if runs else ():
        rule = INTERRUPT.get(entry.kind)
        if entry.kind == "received" and entry.on not in presented:
            continue
        if entry.kind == "recovered" and left is not None:
            left -= Decimal(entry.facts["amount"])
            # With nothing left the document is executed, not interrupted.
            rule = rule if left else None
        if rule:
            amount = entry.facts.get("amount")
            amount = Decimal(amount) if amount else None
            told = {"on": entry.on, "seq": entry.seq, "kind": entry.kind}
            found.append({**told, "rule": rule, "amount": amount})
    return found
