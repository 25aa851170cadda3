"""A case as its page shows it: plain values, in the reader's language."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from accounts.models import User
from accounts.queries import roles_in
from enforcement.lifecycle.course import OPEN, SUSPENDED
from enforcement.lifecycle.intake import RECEIVED
from enforcement.models import Debt, Participant, Presentation, Proceeding
from enforcement.permissions import may
from enforcement.queries.case import CaseFile, stage
from enforcement.serializers.papers import Timeline, attachments_of, day_of, papers_of
from enforcement.serializers.terms import clock, terms
from enforcement.serializers.verbs import Acts
from enforcement.serializers.words import reading, shown
from law.statute import Statute, statute

ZERO: Final = Decimal("0.00")


def page(file: CaseFile, user: User, *, today: date) -> dict[str, Any]:
    """Everything the template of the case page asks for."""
    found, current = file.case, file.current
    law, roles = statute(found.stream.rule_set), roles_in(user, found.office_id, on=today)
    acts = Acts(file, user, roles, today=today)
    papers = papers_of(file, law)
    timeline = Timeline(file, papers, may_correct=may("correct", roles))
    found_terms = terms(file, law, today)
    attaching = may("attach", roles) and current.state == RECEIVED
    told: Any = current
    return {
        "case": _heading(file),
        "state": file.state,
        "presentation": current,
        "presentations": [_arrival(each, current) for each in file.arrivals],
        "copy_waits": _copy_waits(file),
        "document": _document(current),
        "participants": [_person(p) for p in file.named(current)],
        "debts": [_debt(debt, file) for debt in file.owed()],
        "total": _total(file.owed()),
        "verdict": shown(current.verdict, right=_named(told.right_office) or ""),
        "deadlines": [term for term in found_terms if not term["of_step"]],
        "complaints": [
            term for term in found_terms if term["of_step"] and term["status"] == "running"
        ],
        "clock": clock(file, today),
        "proceedings": [_proceeding(p, file, acts, today) for p in file.running],
        "earlier": [_proceeding(p, file, None, today) for p in file.earlier],
        "several": len(file.running) > 1,
        "entries": timeline.rows(),
        "papers": papers,
        "attachments": attachments_of(file),
        "acts": acts.of_case(),
        "what_if": file.is_open,
        "attach_url": f"/cases/{found.pk}/attach" if attaching else "",
    }


def _heading(file: CaseFile) -> dict[str, Any]:
    case = file.case
    return {
        "id": case.pk,
        "number": case.label,
        "office": case.office.name(reading()),
        "rule_set": case.stream.rule_set,
        "opened_on": case.opened_on,
    }


def _named(told: dict[str, str] | None) -> str:
    """A name in the reader's language, of {kk, ru}."""
    return (told or {}).get("ru" if reading() == "ru" else "kk", "")


def _copy_waits(file: CaseFile) -> bool:
    """Whether a second copy of the document waits to be set aside."""
    return any(each.state == RECEIVED and each.pk != file.current.pk for each in file.arrivals)


def _arrival(arrival: Presentation, current: Presentation) -> dict[str, Any]:
    return {
        "received_on": arrival.received_on,
        "ref": arrival.ref,
        "state": arrival.state,
        "verdict": arrival.verdict,
        "superseded": arrival.pk != current.pk and arrival.state != "already_received",
    }


def _document(arrival: Presentation) -> dict[str, Any]:
    document = arrival.document
    plain = ("kind", "case_number", "decision_on", "in_force_on", "issued_on", "deferred_until")
    found = {name: getattr(document, name) for name in (*plain, "operative", "language")}
    issuer = document.issuer.name(reading()) if document.issuer else ""
    return {**found, "issuer": issuer, "immediate": document.immediate}


def _person(person: Participant) -> dict[str, Any]:
    language = reading()
    return {
        "role": person.role,
        "name": person.name(language),
        "identifier": person.identifier or person.as_written,
        "identifier_kind": "iin" if person.party.kind == "natural" else "bin",
        "birth_date": person.birth_date,
        "city": person.city,
        "address": person.address(language),
        "iban": person.iban,
        "workplace": person.workplace,
        "missing_reason": person.missing_reason,
    }


def _debt(debt: Debt, file: CaseFile) -> dict[str, Any]:
    told: Any = debt
    owing = sorted((file.people[pk] for pk in told.owing), key=lambda p: p.position)
    claimant = file.people[debt.claimant_id].name(reading()) if debt.claimant_id else ""
    periodic = debt.periodic_kind and {
        "kind": debt.periodic_kind,
        "share": debt.periodic_share,
        "since": debt.periodic_since,
        "until": debt.periodic_until,
    }
    return {
        "claimant": claimant,
        "debtors": [person.name(reading()) for person in owing],
        "joint": debt.joint,
        "amount": debt.amount,
        "paid": told.paid,
        "left": None if debt.amount is None else debt.amount - told.paid,
        "periodic": periodic,
        "act": debt.act,
    }


def _total(debts: list[Debt]) -> dict[str, Any] | None:
    """Claimed, recovered and left of all sums together: joint debts count once."""
    told: list[Any] = [debt for debt in debts if debt.amount is not None]
    if not told:
        return None
    claimed, paid = sum((d.amount for d in told), ZERO), sum((d.paid for d in told), ZERO)
    return {"claimed": claimed, "paid": paid, "left": claimed - paid}


def _proceeding(
    proceeding: Proceeding, file: CaseFile, acts: Acts | None, today: date
) -> dict[str, Any]:
    told: Any = proceeding
    law = statute(file.case.stream.rule_set)
    held = [_suspension(each, law) for each in told.held]
    paid = [
        {**each, "amount": Decimal(each["amount"]), "on": day_of(each["on"])} for each in told.paid
    ]
    is_open = proceeding.state in OPEN
    return {
        "id": proceeding.pk,
        "ordinal": proceeding.ordinal,
        "debtor": file.people[proceeding.debtor_id].name(reading()),
        "state": proceeding.state,
        "stage": stage(proceeding, file.terms, today) if is_open else "",
        "initiated_on": proceeding.initiated_on,
        "ended_on": proceeding.ended_on,
        "completion_months": proceeding.completion_months,
        "suspended": proceeding.state == SUSPENDED,
        "standing": [each for each in held if each["until"] is None],
        "stood": [each for each in held if each["until"] is not None],
        "measures": [_measure(each) for each in told.secured],
        "recoveries": paid,
        "recovered": sum((each["amount"] for each in paid if not each["reversed"]), ZERO),
        "sent_to": _named(told.sent),
        "acts": acts.of_proceeding(proceeding) if acts and len(file.running) > 1 else [],
    }


def _recovery(paid: dict[str, Any]) -> dict[str, Any]:
    return {**paid, "amount": Decimal(paid["amount"]), "on": day_of(paid["on"])}


def _suspension(held: dict[str, Any], law: Statute) -> dict[str, Any]:
    ground = law.ground(held["ground"])
    return {
        "ground": held["ground"],
        "kind": ground.kind,
        "since": day_of(held["since"]),
        "until": day_of(held["until"]),
        "ends_on": ground.ends_on,
    }


def _measure(measure: dict[str, Any]) -> dict[str, Any]:
    days = {name: day_of(measure[name]) for name in ("requested_on", "decided_on")}
    return {**measure, **days, "cap": Decimal(measure["cap"])}
