"""The shapes in which a case leaves the system."""

from datetime import date
from typing import Any

from deadlines.actions import folded, row
from deadlines.queries import as_json
from enforcement.lifecycle.intake import RECEIVED
from enforcement.models import Case, Measure, Presentation
from enforcement.verdict import Verdict
from journal.models import Entry, Stream


def receipt(presentation: Presentation) -> dict[str, Any]:
    """The answer to a document handed in, as it was on that day: the same however often asked."""
    stream = presentation.case.stream
    line = stream.entries.get(kind="received", subject=presentation.pk)
    terms = [row(stream, term) for term in folded(stream, upto=line.seq)]
    scope = f"presentation:{presentation.pk}"
    kept = presentation.verdict
    return {
        "id": str(presentation.pk),
        "case": str(presentation.case_id),
        "number": presentation.case.label,
        "ref": presentation.ref,
        "state": RECEIVED,
        "verdict": {name: kept[name] for name in Verdict.names() if name in kept},
        "deadlines": [
            as_json(term, rule_set=stream.rule_set, today=presentation.received_on)
            for term in terms
            if term.scope == scope
        ],
    }


def deadlines(stream: Stream, *, today: date, explain_in: str = "") -> list[dict[str, Any]]:
    """The terms of a case, explained where asked."""
    rows = stream.deadlines.order_by("due_on", "rule")
    return [
        as_json(each, rule_set=stream.rule_set, today=today, explain_in=explain_in) for each in rows
    ]


def case(found: Case, *, today: date, language: str) -> dict[str, Any]:
    """A case with its arrivals, parties, debts and terms."""
    arrivals = found.presentations.order_by("ordinal").prefetch_related(
        "participants", "debts__debtors"
    )
    arrivals = arrivals.select_related("document__issuer")
    return {
        "id": str(found.pk),
        "number": found.label,
        "office": found.office.code,
        "rule_set": found.stream.rule_set,
        "opened_on": found.opened_on.isoformat(),
        "head": found.stream.head_hash,
        "presentations": [_presentation(each, language) for each in arrivals],
        "deadlines": deadlines(found.stream, today=today),
    }


def _presentation(arrival: Presentation, language: str) -> dict[str, Any]:
    people = sorted(arrival.participants.all(), key=lambda p: (p.role, p.position))
    document = arrival.document
    return {
        "id": str(arrival.pk),
        "ref": arrival.ref,
        "state": arrival.state,
        "received_on": arrival.received_on.isoformat(),
        "type": document.kind,
        "issuer": document.issuer.code if document.issuer else None,
        "case_number": document.case_number,
        "decision_on": document.decision_on and document.decision_on.isoformat(),
        "verdict": arrival.verdict,
        "participants": [
            {"role": p.role, "name": p.name(language), "identifier": p.identifier} for p in people
        ],
        "debts": [
            {
                "amount": None if debt.amount is None else str(debt.amount),
                "joint": debt.joint,
                "act": debt.act,
                "periodic": debt.periodic_kind or None,
            }
            for debt in sorted(arrival.debts.all(), key=lambda debt: debt.position)
        ],
    }


def entry(line: Entry) -> dict[str, Any]:
    """A journal line with its place in the chain."""
    return {
        "seq": line.seq,
        "kind": line.kind,
        "on": line.on.isoformat(),
        "happened_at": line.happened_at and line.happened_at.isoformat(),
        "recorded_at": line.recorded_at.isoformat(),
        "by": line.by_id and str(line.by_id),
        "state_after": line.state_after,
        "body": line.facts,
        "corrects": line.corrects,
        "prev": line.prev,
        "hash": line.hash,
    }


def sanction(measure: Measure) -> dict[str, Any]:
    """A freeze as the prosecutor sees it."""
    return {
        "id": str(measure.pk),
        "case": str(measure.case_id),
        "number": measure.case.label,
        "office": measure.case.office.code,
        "state": measure.state,
        "kind": measure.kind,
        "target": measure.target,
        "bank": measure.bank,
        "account": measure.account,
        "cap": None if measure.cap is None else str(measure.cap),
        "debtor": measure.proceeding.debtor.name("kk"),
        "requested_on": measure.requested_on.isoformat(),
        "decided_on": measure.decided_on and measure.decided_on.isoformat(),
        "sanction_number": measure.sanction_number,
        "refusal_reason": measure.refusal_reason,
        "head": measure.case.stream.head_hash,
    }
