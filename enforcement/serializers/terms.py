"""The terms of a case as its page shows them, and the presentation clock."""

from datetime import date
from typing import Any, Final

from deadlines.models import Deadline
from enforcement.queries.case import CaseFile
from enforcement.serializers.words import reading
from law.statute import Statute

#: Terms of one step each, the parties' own: they stand in a list, not on leaves.
OF_STEPS: Final = "act"


def terms(file: CaseFile, law: Statute, today: date) -> list[dict[str, Any]]:
    """Running terms first, the nearest last day on top; then those that ended."""
    several = len(file.proceedings) > 1
    whose = {f"proceeding:{p.pk}": p for p in file.proceedings}
    lines = {entry.seq: entry for entry in file.entries}
    rows = sorted(
        file.terms,
        key=lambda d: (d.status not in ("running", "paused"), str(d.due_on or ""), d.rule),
    )
    found = []
    for row in rows:
        term, running = law.term(row.rule), whose.get(row.scope)
        name = file.people[running.debtor_id].name(reading()) if running and several else ""
        found.append(_term(row, file, today) | {"whose": name, "of_step": term.scope == OF_STEPS})
        if term.scope == OF_STEPS and (line := lines.get(row.started_by)):
            step = law.by_event().get(line.kind)
            found[-1]["whose"] = step.past.in_(reading()) if step else ""
        if not term.duty:
            found[-1]["safe_on"] = None
    return found


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
    runs = [term for term in file.terms if term.rule.startswith(("PRES-", "INF-PRES"))]
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
