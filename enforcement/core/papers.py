"""What every paper of a case says: keys and values in both languages."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from accounts.models import BAILIFF, DETAILS, HEAD, SENIOR_BAILIFF, Office, User
from accounts.queries import memberships
from deadlines.actions import what_if
from deadlines.calculator import reckon
from deadlines.fold import Event, FoldedTerm
from enforcement.core.act import Act
from enforcement.facts.balance import Account
from enforcement.facts.engaged import serving
from enforcement.facts.queries import Person, people_of, read
from enforcement.lifecycle.measure import SERVED
from enforcement.models import Presentation, Proceeding
from enforcement.verdict import returns_under
from law.evidence import Kept
from law.model import Ground
from law.statute import Statute
from law.workdays import calendar

SIGNING: Final = (BAILIFF, SENIOR_BAILIFF, HEAD)


def arrival(act: Act[Any], arrived: Presentation) -> dict[str, Any]:
    """What every paper says of the document: keys and values in both languages."""
    document, verdict = arrived.document, arrived.verdict
    office, issuer = act.case.office, document.issuer
    named: dict[str, list[dict[str, Any]]] = {"claimant": [], "debtor": []}
    for person in people_of(act.subject):
        named[person["role"]].append(_served(act, person))
    days = act.law.list("impossible_days")
    code = verdict.get("office", "")
    right = Office.objects.filter(code=code).first() if code else None
    addressees = [both(each) for each in (issuer, right) if each] + named["claimant"]
    return {
        "office": both(office),
        "office_details": {name: told for name in DETAILS if (told := getattr(office, name))},
        "place": {"kk": office.place_kk, "ru": office.place_ru},
        "bailiff": act.by.full_name,
        "bailiff_role": signing_role(act, act.by, on=act.on),
        "received_on": arrived.received_on.isoformat(),
        "document_kind": document.kind,
        "issuer": both(issuer) if issuer else None,
        "case_number": document.case_number,
        "decision_on": _iso(document.decision_on),
        "document_issued_on": _iso(document.issued_on),
        "claimants": named["claimant"],
        "debtors": named["debtor"],
        "missing": verdict.get("missing", []),
        "impossible": [each for each in verdict.get("remarks", ()) if each["code"] in days],
        "uncured": verdict.get("uncured", False),
        "last_day": verdict.get("presentation_last_day"),
        "presentation_term": verdict.get("presentation_term"),
        "start_rule": verdict.get("start_rule"),
        "start_on": verdict.get("presentation_start"),
        "right_office": both(right) if right else None,
        "due_on": _complaint_until(act),
        "addressees": addressees,
    }


def _complaint_until(act: Act[Any]) -> str:
    """The last day for a complaint, counted from the paper's day (TERM-COMPLAINT-10D)."""
    term = act.law.term(act.law.role("complaint_term"), on=act.on)
    return str(reckon(term, starts_on=act.on, calendar=calendar(), explain=False).due_on)


def signing_role(act: Act[Any], person: User, *, on: date, among: Sequence[str] = SIGNING) -> str:
    """As what he signs: the first of the roles he held that day."""
    held = [m.role for m in memberships(person, on=on) if m.office_id == act.case.office_id]
    return next((role for role in among if role in held), among[0])


def both(named: Any) -> dict[str, str]:
    """A name in Kazakh and in Russian."""
    return {"kk": named.name_kk, "ru": named.name_ru}


def described(law: Statute, person: Person) -> dict[str, Any]:
    """A person as papers name him: with number, birth date and address, where they are known; a
    successor with whom he came in the place of (SUCC-01)."""
    born = person["birth_date"] if person["kind"] == "natural" else None
    about = {"kind": person["kind"], "identifier": person["identifier"], "birth_date": born}
    address = {
        language: ", ".join(filter(None, (person["city"], text)))
        for language, text in (("kk", person["address_kk"]), ("ru", person["address_ru"]))
    }
    told = {name: value for name, value in about.items() if value}
    return {**_named(law, person), **told, "address": address}


def _named(law: Statute, person: Person) -> dict[str, str]:
    names, before = {"kk": person["kk"], "ru": person["ru"]}, person["before"]
    if before is None:
        return names
    return in_place_of(law, names, before)


def in_place_of(
    law: Statute, names: Mapping[str, str], before: Mapping[str, str]
) -> dict[str, str]:
    """What papers call a successor: with whom he came in the place of (SUCC-01)."""
    words = law.word("successors", "named")
    return {
        each: words.in_(each).format(new=name, old=before[each]) for each, name in names.items()
    }


def _served(act: Act[Any], person: Person) -> dict[str, Any]:
    """A person with those through whom papers go to him that day (REP-01)."""
    served = through(act.subject, person["id"], law=act.law, on=act.on)
    return {**described(act.law, person), **served}


def through(thing: Any, person: str, *, law: Statute, on: date) -> dict[str, Any]:
    """His representatives of that day as papers name them; nothing where he has none."""
    agents = serving(thing, person, law=law, on=on)
    named = [{"name": each.name, "address": each.address} for each in agents]
    return {"through": named} if named else {}


def acting(law: Statute, named: Mapping[str, Any], agent: str) -> dict[str, str]:
    """How a paper names who did something: a party, and through whom he did it (REP-02)."""
    names = {each: named[each] for each in ("kk", "ru")}
    if not agent:
        return names
    words = law.word("acting", "through")
    return {each: words.in_(each).format(name=name, agent=agent) for each, name in names.items()}


def _debtor(act: Act[Any], running: Proceeding) -> dict[str, Any]:
    """The debtor of a proceeding among the people of its arrival."""
    own = str(running.debtor_id)
    found = (_served(act, each) for each in people_of(act.subject) if each["id"] == own)
    return next(found, both(running.debtor))


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None


def proceeding(
    act: Act[Any],
    running: Proceeding,
    *,
    ground: Ground | None = None,
    evidence: Mapping[str, Kept] | None = None,
    sums: Account | None = None,
    supposed: str = "",
    carried: Sequence[Event] = (),
) -> dict[str, Any]:
    """What the papers of the course say, beside what those of intake do.

    `sums`: the debtor's, if read before; `carried`: what `supposed` brings from another office.
    """
    base, sums = arrival(act, running.presentation), sums or account_of(act, running)
    kept, term = (_completion_term(act, running, event, carried) for event in ("", supposed))
    stands = running is act.subject and act.running.held
    return {
        **base,
        "addressees": [],
        "days_left": kept and kept.reckoning.days_left,
        "case_no": act.case.label,
        "proceeding_no": f"{act.case.label}/{running.ordinal}",
        "initiated_on": running.initiated_on.isoformat(),
        "debtors": [_debtor(act, running)],
        **_sums(sums),
        "periodic": running.presentation.verdict.get("periodic", False),
        "immediate": not running.voluntary,
        "completion_term": _completion(act, running),
        "completion_due": term and _iso(term.reckoning.due_on),
        "voluntary_term": act.law.role("voluntary_term") if running.voluntary else None,
        "suspended_on": act.running.held[0].since.isoformat() if stands else None,
        "resumed_on": act.on.isoformat(),
        **_presented_until(act, running),
        "ground": ground.rule.id if ground else None,
        "ends_on": ground.ends_on if ground else None,
        "evidence": dict(evidence or {}),
    }


def _sums(sums: Account) -> dict[str, str | None]:
    """What is claimed, came in here and before, and is left, in tenge."""
    return {
        "amount": text_of(sums.claimed),
        "recovered": str(sums.recovered),
        "balance": text_of(sums.left),
        "paid_before": text_of(sums.paid - sums.recovered or None),
    }


def kept_secured(act: Act[Proceeding], **told: Any) -> dict[str, Any]:
    """What the papers say that give the document out of hand: its measures stay in force."""
    kept = act.running.secured and act.subject.measures.filter(state=SERVED).exists()
    return {**proceeding(act, act.subject, **told), "measures_kept": kept}


def _completion_term(
    act: Act[Any], running: Proceeding, supposed: str, carried: Sequence[Event]
) -> FoldedTerm | None:
    """The completion term as it stands, or once the event `supposed` of this step is written."""
    wanted = _completion(act, running)
    subject = f"{running.MACHINE}:{running.pk}"
    body = {"completion_months": running.completion_months}
    events = [Event(0, supposed, act.on, subject, body), *carried] if supposed else []
    terms = what_if(act.case.stream, events, entries=act.lines) if wanted else []
    return next((each for each in terms if (each.rule, each.scope) == (wanted, subject)), None)


def _completion(act: Act[Any], running: Proceeding) -> str | None:
    """Which completion term runs: two or four months, or none."""
    rules = filter(None, map(act.law.role, ("two_months", "four_months")))
    known = {act.law.term(rule).length: rule for rule in rules}
    return known.get(running.completion_months or 0)


def _presented_until(act: Act[Any], running: Proceeding) -> dict[str, str]:
    """The last day to present the document anew, if it is returned in this step (INTERR-04), and
    that year where its calendar is not made yet."""
    named = returns_under(running.presentation.verdict)
    if not named:
        return {}
    term = act.law.term(named, on=act.on)
    found = reckon(term, starts_on=act.on, calendar=calendar(), explain=False)
    year = {"new_presentation_provisional": str(found.due_on)[:4]} if found.provisional else {}
    return {"new_presentation_due": str(found.due_on), **year}


def account_of(act: Act[Any], running: Proceeding) -> Account:
    """The sums of a proceeding as the step found them; of one just begun, as they stand now."""
    own = act.now.proceeding
    return own.account if own and own.id == str(running.pk) else read(running).account


def text_of(amount: Decimal | None) -> str | None:
    """A sum as the papers keep it, in tenge; None where there is none."""
    return None if amount is None else str(amount)
