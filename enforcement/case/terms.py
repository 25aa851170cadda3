"""The terms of a case as its page shows them, and the presentation clock."""

from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.urls import reverse

from deadlines.models import Deadline
from enforcement.case.file import CaseFile
from enforcement.core.words import reading
from enforcement.facts.balance import ZERO
from enforcement.lifecycle.presentation import RECEIVED
from enforcement.lifecycle.proceeding import OPEN
from enforcement.models.money import BY_DEBTOR
from journal.models import Entry

#: Terms of one step each, the parties' own: they stand in a list, not on leaves.
OF_STEPS: Final = "act"
#: The scope of terms in which a letter is answered.
OF_LETTERS: Final = "letter"
#: Lines that interrupt the presentation term, and which part the rule plays that says so.
INTERRUPT: Final = {
    "received": "presented",
    "intake_corrected": "presented",
    "recovered": "performed_in_part",
    "partly_performed": "performed_in_part",
    "returned_to_claimant": "returned_start",
}


def terms(file: CaseFile, today: date) -> list[dict[str, Any]]:
    """Running and overdue terms first, the nearest last day on top; then those that ended."""
    several = len(file.proceedings) > 1
    whose = {f"proceeding:{p.pk}": p for p in file.proceedings}
    lines = {entry.seq: entry for entry in file.entries}
    owed = {row.pk for row in file.terms if _still_owed(row, file)}
    rows = sorted(
        # The term of a reply is told beside its letter.
        (row for row in file.terms if file.law.term(row.rule).scope != OF_LETTERS),
        key=lambda d: (
            d.status not in ("running", "paused") and d.pk not in owed,
            str(d.due_on or ""),
            d.rule,
        ),
    )
    found = []
    for row in rows:
        term, running = file.law.term(row.rule), whose.get(row.scope)
        name = file.people[running.debtor_id].name(reading()) if running and several else ""
        found.append(_term(row, file, today) | {"whose": name, "of_step": term.scope == OF_STEPS})
        found[-1]["duty"] = bool(term.duty)
        if row.pk in owed and row.due_on:
            # What ran out undone runs on for the reader: days overdue, among what presses.
            found[-1] |= {"status": "running", "days_left": (row.due_on - today).days}
        if term.scope == OF_STEPS and (line := lines.get(row.started_by)):
            found[-1]["whose"] = file.law.past(line.kind).in_(reading())
        if not term.duty:
            found[-1]["safe_on"] = None
    return found


def _still_owed(row: Deadline, file: CaseFile) -> bool:
    """Whether an office's duty ran out undone while its proceeding or arrival is open."""
    undone = row.status == "expired" and row.ended_on == row.due_on
    if not undone or not file.law.term(row.rule).duty:
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
        "ledger_url": ledger_url(file.case.pk, row),
    }


def ledger_url(case_id: UUID, row: Deadline) -> str:
    """Where it is told day by day why a date is that date."""
    return reverse("ledger", args=[case_id, row.pk])


def clock(file: CaseFile, today: date) -> list[dict[str, Any]]:
    """The presentation clock: each run of the term, how much of it was used, what broke it off."""
    lines = {entry.seq: entry for entry in file.entries}
    anew = file.law.role("returned_start")
    found, told = [], set()
    for run in sorted(_presenting(file), key=lambda term: (term.starts_on, term.started_by)):
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
                "again": again,
                "began": anew if again else _start_rule(file, run),
                "used": max((end - run.starts_on).days, 0),
                "left": (run.due_on - end).days if run.due_on else None,
                "ledger_url": ledger_url(file.case.pk, run),
            }
        )
    return found


def _presenting(file: CaseFile) -> list[Deadline]:
    """The terms of presentation, one an arrival or return."""
    return [term for term in file.terms if term.rule in file.law.presentation_terms]


def _start_rule(file: CaseFile, run: Deadline) -> str:
    for arrival in file.arrivals:
        if arrival.verdict.get("presentation_start") == run.starts_on.isoformat():
            return str(arrival.verdict.get("start_rule") or run.rule)
    return run.rule


def interruptions(file: CaseFile) -> list[dict[str, Any]]:
    """What broke the presentation term off, and whence it runs anew, in order.

    Presentation (INTERR-01), what the debtor did in part (INTERR-02), return (INTERR-04).
    """
    runs = _presenting(file)
    gone = {entry.corrects for entry in file.entries}
    presented = {run.ended_on for run in runs if run.status == "met"}
    left, found = _claimed(file), []
    for entry in file.lines if runs else ():
        rule = file.law.role(INTERRUPT.get(entry.kind, ""))
        on, kind = _own_day(entry), entry.facts.get("as", entry.kind)
        if entry.seq in gone or (kind == "received" and on not in presented):
            continue
        if entry.kind == "recovered":
            left = left and max(left - Decimal(entry.facts["amount"]), ZERO)
            # With nothing left the document is executed, not interrupted; nor does it interrupt
            # what others collected.
            rule = rule if left != ZERO and _by_debtor(entry) else ""
        if rule:
            amount = entry.facts.get("amount")
            amount = Decimal(amount) if amount else None
            told = {"on": on, "seq": entry.seq, "kind": kind}
            found.append({**told, "rule": rule, "amount": amount})
    return found


def _own_day(entry: Entry) -> date:
    """The day of the fact, where its line was written later."""
    since = entry.facts.get("since")
    return date.fromisoformat(since) if since else entry.on


def _by_debtor(entry: Entry) -> bool:
    """Whether the debtor himself paid; lines from before sources were told are his."""
    return bool(entry.facts.get("source", BY_DEBTOR) == BY_DEBTOR)


def _claimed(file: CaseFile) -> Decimal | None:
    """All that is claimed; None where anything but sums is."""
    sums = [file.claims[debt.pk].amount for debt in file.owed()]
    known = [each for each in sums if each is not None]
    return sum(known, ZERO) if len(known) == len(sums) else None
