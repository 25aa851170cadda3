"""A case as its page shows it: plain values, in the reader's language."""

from collections.abc import Mapping, Set
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.urls import reverse

from accounts.models import User
from accounts.queries import roles_in
from enforcement.case import claims
from enforcement.case.document import document_of
from enforcement.case.file import CaseFile, annotated
from enforcement.case.hearing import hearing
from enforcement.case.letters import letters
from enforcement.case.papers import attachments_of, papers_of
from enforcement.case.party import person
from enforcement.case.possible import Acts
from enforcement.case.submissions import apart, conducting, handed_in
from enforcement.case.terms import clock, interruptions, terms
from enforcement.case.timeline import Timeline, day_of, same_payment
from enforcement.core.card import writing
from enforcement.core.facts import Facts
from enforcement.core.law_in_templates import Spoken
from enforcement.core.reasons import shown
from enforcement.core.words import reading
from enforcement.correction import annullable, records
from enforcement.facts.balance import ZERO
from enforcement.facts.proceeding import Running
from enforcement.lifecycle.postponement import APPROVED, REQUESTED
from enforcement.lifecycle.proceeding import OPEN, SUSPENDED
from enforcement.models import Presentation, Proceeding
from enforcement.models.measure import known_by
from law.statute import Statute

DAYS: Final = frozenset({"on", "since", "until", "ended_on", "requested_on", "decided_on"})


def page(file: CaseFile, user: User, *, today: date) -> dict[str, Any]:
    """Everything the template of the case page asks for."""
    found, current, law = file.case, file.current, file.law
    roles = roles_in(user, found.office_id, on=today)
    acts = Acts(file, user, roles, today=today)
    papers = papers_of(file)
    open_lines = _annullable(file, user, roles, today)
    of_case, on_submissions = apart(acts.of_case())
    attaching = _open(file, "attached", roles)
    right = annotated(current).right_office
    return {
        "law": Spoken(law),
        "case": _heading(file),
        "state": file.state,
        "presentation": current,
        "presentations": [_arrival(each, current) for each in file.arrivals],
        "copy_waits": file.copy_waits,
        "document": document_of(current, law),
        "participants": [person(p, file) for p in file.named(current)],
        "debts": [claims.claim(debt, file, today) for debt in file.owed()],
        "total": claims.total(file.account),
        "counted": bool(file.running) and any(not debt.act for debt in file.owed()),
        "carried": _carried(annotated(current).carried, law),
        "verdict": shown(law, current.verdict, right=_named(right)),
        **_terms(file, today),
        "clock": clock(file, today),
        "interruptions": _interruptions(file),
        "proceedings": [_proceeding(p, file, acts, today) for p in file.running],
        "earlier": [_proceeding(p, file, None, today) for p in file.earlier],
        "several": len(file.running) > 1,
        "entries": Timeline(file, papers, open_lines).rows(),
        "papers": papers,
        "hearing": hearing(file),
        "handed_in": handed_in(file, roles, open_lines, on_submissions),
        "attachments": attachments_of(file),
        "acts": of_case,
        "what_if": file.is_open,
        "attach_url": reverse("keep_file", args=[found.pk]) if attaching else "",
        "head": found.stream.head_hash,
    }


def _terms(file: CaseFile, today: date) -> dict[str, Any]:
    """The terms of the case; apart from them those that run for a complaint of each step."""
    found = terms(file, today)
    complaints = [term for term in found if term["of_step"] and term["status"] == "running"]
    return {"deadlines": [t for t in found if not t["of_step"]], "complaints": complaints}


def _open(file: CaseFile, event: str, roles: Set[str]) -> bool:
    """Whether the law of the case knows the verb that writes this line, and a role may take it."""
    verb = writing(event)
    return verb.name in file.law.steps and bool(verb.card.by & roles)


def _annullable(file: CaseFile, user: User, roles: Set[str], today: date) -> set[int]:
    """The lines that the reader may annul now."""
    if not _open(file, "corrected", roles):
        return set()
    now = [file.facts(each, by=user, roles=roles, on=today) for each in file.proceedings]
    whole = Facts(None, file.law, today, user.pk, roles, tuple(file.lines))
    return {*records(whole), *(seq for facts in now for seq in annullable(facts))}


def _interruptions(file: CaseFile) -> list[dict[str, Any]]:
    """Each with the words of its line in the journal."""
    past = file.law.past
    return [{**each, "words": past(each["kind"]).in_(reading())} for each in interruptions(file)]


def _heading(file: CaseFile) -> dict[str, Any]:
    case, current = file.case, file.current
    return {
        "id": case.pk,
        "debtors": [p.name(reading()) for p in file.named(current) if p.role == "debtor"],
        "left": file.account.left if file.running else None,
        "number": case.label,
        "office": case.office.name(reading()),
        "rule_set": case.stream.rule_set,
        "opened_on": case.opened_on,
        **conducting(file),
    }


def _named(told: Mapping[str, str] | None) -> str:
    """A name in the reader's language, of {kk, ru}."""
    return (told or {}).get("ru" if reading() == "ru" else "kk", "")


def _arrival(arrival: Presentation, current: Presentation) -> dict[str, Any]:
    return {
        "received_on": arrival.received_on,
        "ref": arrival.ref,
        "state": arrival.state,
        "verdict": arrival.verdict,
        "superseded": arrival.ordinal < current.ordinal and arrival.state != "already_received",
    }


def _carried(told: dict[str, Any] | None, law: Statute) -> dict[str, Any] | None:
    """What came with a document from another office, in words; None where it came from none."""
    if not told:
        return None
    done = [
        {"on": day_of(each["on"]), "words": law.past(each["kind"]).in_(reading())}
        for each in told["done"]
    ]
    terms = [
        {**each, "since": day_of(each["since"]), "due_on": day_of(each["due_on"])}
        for each in told["terms"]
    ]
    measures = [
        {**each, "since": day_of(each["since"]), "cap": each["cap"] and Decimal(each["cap"])}
        for each in told["measures"]
    ]
    left = told["left"] and Decimal(told["left"])
    return {
        **told,
        "office": _named(told["office"]),
        "initiated_on": day_of(told["initiated_on"]),
        "recovered": Decimal(told["recovered"]),
        "left": left,
        "done": done,
        "terms": terms,
        "measures": measures,
    }


def _proceeding(
    proceeding: Proceeding, file: CaseFile, acts: Acts | None, today: date
) -> dict[str, Any]:
    told, running = annotated(proceeding), file.stands[proceeding.pk]
    is_open = proceeding.state in OPEN
    held = [_suspension(each, file.law) for each in told.held]
    return {
        "id": proceeding.pk,
        "ordinal": proceeding.ordinal,
        "debtor": file.people[proceeding.debtor_id].name(reading()),
        "state": proceeding.state,
        "stage": running.stage(today) if is_open else "",
        "inventory_task": _inventory(running, file) if is_open else None,
        "initiated_on": proceeding.initiated_on,
        "ended_on": proceeding.ended_on,
        "completion_months": proceeding.completion_months,
        "suspended": proceeding.state == SUSPENDED,
        "standing": [each for each in held if each["until"] is None],
        "stood": [each for each in held if each["until"] is not None],
        "measures": [_measure(each, file.law) for each in told.secured],
        **_money(told, running, file),
        "sent_to": _named(told.sent),
        **_deferrals(told, file),
        "postponements": [_postponement(each, today) for each in told.put_off],
        "letters": letters(proceeding, file, acts.facts(proceeding) if acts else None, today=today),
        "acts": acts.of_proceeding(proceeding) if acts and len(file.running) > 1 else [],
    }


def _money(told: Any, running: Running, file: CaseFile) -> dict[str, Any]:
    """What came in through the proceeding, what of it is above the claims, and what it cost."""
    above = {key: sum_ for claim in running.claims for key, sum_ in claim.above.items()}
    same = {entry.seq: entry.facts.get("same_as") for entry in file.entries}
    paid = [_recovery(each, above, same) for each in told.paid]
    costs = [_cost(each, file.law) for each in told.spent]
    account = running.account
    return {
        "recoveries": paid,
        "recovered": account.came,
        "surplus": account.surplus,
        "costs": costs,
        "cost": _spent(costs),
    }


def _recovery(
    each: dict[str, Any], above: Mapping[str, Decimal], same: Mapping[int, int | None]
) -> dict[str, Any]:
    """A sum that came in: its day, and the day of its line where it was told later."""
    on, told_on = day_of(each["on"]), day_of(each["told_on"])
    return {
        **each,
        "amount": Decimal(each["amount"]),
        "on": on,
        "told_on": told_on if told_on != on else None,
        "above": above.get(each["id"]),
        "same": same_payment(line) if (line := same.get(each["line"])) else "",
    }


def _deferrals(told: Any, file: CaseFile) -> dict[str, Any]:
    """The court's deferrals that nobody annulled: those that last, those that ended."""
    gone = {entry.corrects for entry in file.entries}
    found = [_dated(each) for each in told.deferred if each["line"] not in gone]
    return {
        "deferrals": [each for each in found if each["ended_on"] is None],
        "deferred": [each for each in found if each["ended_on"] is not None],
    }


def _dated(told: dict[str, Any]) -> dict[str, Any]:
    """Days of the database's JSON as dates."""
    days = {name: day_of(text) for name, text in told.items() if name in DAYS}
    return {**told, **days}


def _postponement(asked: dict[str, Any], today: date) -> dict[str, Any]:
    found = _dated(asked)
    lasts = asked["state"] == APPROVED and found["until"] > today
    return {**found, "lasts": lasts, "waits": asked["state"] == REQUESTED}


def _cost(spent: dict[str, Any], law: Statute) -> dict[str, Any]:
    amount, paid = Decimal(spent["amount"]), Decimal(spent["paid"])
    left = ZERO if spent["reversed"] else amount - paid
    rule = spent["kind"] if law.rule_or_none(spent["kind"]) else ""
    return {**_dated(spent), "amount": amount, "paid": paid, "left": left, "rule": rule}


def _spent(costs: list[dict[str, Any]]) -> dict[str, Decimal]:
    """Spent, paid back and left of all costs that stand; no part of the debt's balance."""
    standing = [cost for cost in costs if not cost["reversed"]]
    return {name: sum((c[name] for c in standing), ZERO) for name in ("amount", "paid", "left")}


def _suspension(held: dict[str, Any], law: Statute) -> dict[str, Any]:
    ground = law.ground(held["ground"])
    return {
        "ground": held["ground"],
        "kind": ground.kind,
        "since": day_of(held["since"]),
        "until": day_of(held["until"]),
        "lasts": day_of(held["lasts"]),
        "ends_on": ground.ends_on,
        "finds_successor": ground.finds_successor,
    }


def _inventory(running: Running, file: CaseFile) -> dict[str, Any] | None:
    """The open task of the inventory (Q10): whether the claimant made it a duty, and the way."""
    if not running.inventory_due:
        return None
    address = reverse("step", args=[file.case.pk, writing("inventoried").name])
    return {"duty": running.applied, "url": f"{address}?proceeding={running.id}"}


def _measure(measure: dict[str, Any], law: Statute) -> dict[str, Any]:
    days = {name: day_of(measure[name]) for name in ("requested_on", "decided_on")}
    return {
        **measure,
        **days,
        "name": known_by(measure),
        "cap": Decimal(measure["cap"]) if measure["cap"] else None,
        "details": [
            {"label": law.word("details", key).in_(reading()), "text": text}
            for key, text in measure["details"].items()
        ],
        "items": [{**each, "value": Decimal(each["value"])} for each in measure["items"]],
    }
