"""What the papers say: keys and values in both languages, from the case they are about."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import BAILIFF, HEAD, SENIOR_BAILIFF, Office
from accounts.queries import memberships
from deadlines.actions import what_if
from deadlines.calculator import reckon
from deadlines.fold import Event, FoldedTerm
from enforcement.actions import money
from enforcement.models import Measure, Presentation, Proceeding
from enforcement.steps import Act
from enforcement.verdict import FOUR_MONTHS, TWO_MONTHS
from law.model import Ground
from law.workdays import calendar


def arrival(act: Act[Any], arrived: Presentation) -> dict[str, Any]:
    """What every paper says of the document: keys and values in both languages."""
    document, verdict = arrived.document, arrived.verdict
    office, issuer = act.case.office, document.issuer
    named: dict[str, list[dict[str, str]]] = {"claimant": [], "debtor": []}
    for person in act.subject.people:
        named[person["role"]].append({"kk": person["kk"], "ru": person["ru"]})
    code = verdict.get("office", "")
    right = Office.objects.filter(code=code).first() if code else None
    addressees = [_both(each) for each in (issuer, right) if each] + named["claimant"]
    return {
        "office": _both(office),
        "place": {"kk": office.place_kk, "ru": office.place_ru},
        "bailiff": act.by.full_name,
        "bailiff_role": _signing_role(act),
        "received_on": arrived.received_on.isoformat(),
        "document_kind": document.kind,
        "issuer": _both(issuer) if issuer else None,
        "case_number": document.case_number,
        "decision_on": _iso(document.decision_on),
        "document_issued_on": _iso(document.issued_on),
        "claimants": named["claimant"],
        "debtors": named["debtor"],
        "missing": verdict.get("missing", []),
        "uncured": verdict.get("uncured", False),
        "last_day": verdict.get("presentation_last_day"),
        "presentation_term": verdict.get("presentation_term"),
        "start_rule": verdict.get("start_rule"),
        "start_on": verdict.get("presentation_start"),
        "right_office": _both(right) if right else None,
        "due_on": _complaint_until(act),
        "addressees": addressees,
    }


def _complaint_until(act: Act[Any]) -> str:
    """The last day for a complaint, counted from the paper's day (TERM-COMPLAINT-10D)."""
    term = act.law.term("TERM-COMPLAINT-10D", on=act.on)
    return str(reckon(term, starts_on=act.on, calendar=calendar(), explain=False).due_on)


def _signing_role(act: Act[Any]) -> str:
    held = [m.role for m in memberships(act.by, on=act.on) if m.office_id == act.case.office_id]
    return next((role for role in (BAILIFF, SENIOR_BAILIFF, HEAD) if role in held), BAILIFF)


def _both(named: Any) -> dict[str, str]:
    return {"kk": named.name_kk, "ru": named.name_ru}


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None


def proceeding(
    act: Act[Any],
    running: Proceeding,
    *,
    ground: Ground | None = None,
    evidence: Mapping[str, str] | None = None,
    supposed: str = "",
) -> dict[str, Any]:
    """What the papers of the course say, beside what those of intake do."""
    base, sums = arrival(act, running.presentation), money.account(running)
    kept, term = (_completion_term(act, running, event) for event in ("", supposed))
    stands = running is act.subject and act.subject.held
    return {
        **base,
        "addressees": [],
        "days_left": kept and kept.reckoning.days_left,
        "case_no": act.case.label,
        "proceeding_no": f"{act.case.label}/{running.ordinal}",
        "initiated_on": running.initiated_on.isoformat(),
        "debtors": [{"kk": running.debtor.name_kk, "ru": running.debtor.name_ru}],
        "amount": _text(sums.claimed),
        "recovered": str(sums.recovered),
        "balance": _text(sums.left),
        "periodic": running.presentation.verdict.get("periodic", False),
        "immediate": not running.voluntary,
        "completion_term": _completion(act, running),
        "completion_due": term and _iso(term.reckoning.due_on),
        "voluntary_term": "TERM-VOLUNTARY-5D" if running.voluntary else None,
        "suspended_on": act.subject.held[0]["since"] if stands else None,
        "resumed_on": act.on.isoformat(),
        "new_presentation_due": _presented_until(act, running),
        "ground": ground.rule.id if ground else None,
        "ends_on": ground.ends_on if ground else None,
        "evidence": dict(evidence or {}),
    }


def _completion_term(act: Act[Any], running: Proceeding, supposed: str) -> FoldedTerm | None:
    """The completion term as it stands, or once the event `supposed` of this step is written."""
    wanted = _completion(act, running)
    subject = f"{running.MACHINE}:{running.pk}"
    body = {"completion_months": running.completion_months}
    events = [Event(0, supposed, act.on, subject, body)] if supposed else []
    terms = what_if(act.case.stream, events, entries=act.lines) if wanted else []
    return next((each for each in terms if (each.rule, each.scope) == (wanted, subject)), None)


def _completion(act: Act[Any], running: Proceeding) -> str | None:
    """Which completion term runs: two or four months, or none."""
    known = {act.law.term(rule).length: rule for rule in (TWO_MONTHS, FOUR_MONTHS)}
    return known.get(running.completion_months or 0)


def _presented_until(act: Act[Any], running: Proceeding) -> str | None:
    """The last day to present the document anew, if it is returned in this step (INTERR-04)."""
    named = running.presentation.verdict.get("presentation_term")
    if not named:
        return None
    term = act.law.term(named, on=act.on)
    return str(reckon(term, starts_on=act.on, calendar=calendar(), explain=False).due_on)


def measure(act: Act[Measure]) -> dict[str, Any]:
    """What the papers of a measure say."""
    asked = act.subject
    prosecutor = asked.decided_by
    offices = prosecutor.memberships.select_related("office") if prosecutor else []
    named = next((m.office for m in offices if m.role == "prosecutor"), None)
    return {
        **proceeding(act, asked.proceeding),
        "bank": asked.bank,
        "account": asked.account,
        "cap": str(asked.cap),
        "sanction_no": asked.sanction_number,
        "sanction_on": asked.decided_on and asked.decided_on.isoformat(),
        "prosecutor_office": named and {"kk": named.name_kk, "ru": named.name_ru},
        "measure": asked.kind,
        "target": asked.target,
        "addressee": asked.bank,
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
