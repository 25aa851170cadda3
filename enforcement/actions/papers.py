"""What the papers say: keys and values in both languages, from the case they are about."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from accounts.models import BAILIFF, HEAD, SENIOR_BAILIFF, Office, User
from accounts.queries import memberships
from deadlines.actions import what_if
from deadlines.calculator import reckon
from deadlines.fold import Event, FoldedTerm
from enforcement.actions import money
from enforcement.lifecycle.measures import SERVED
from enforcement.models import Item, Measure, Postponement, Presentation, Proceeding
from enforcement.steps import Act
from enforcement.verdict import FOUR_MONTHS, TWO_MONTHS, returns_under
from journal.models import Entry
from law.model import CoerciveAct, Ground
from law.workdays import calendar

SIGNING: Final = (BAILIFF, SENIOR_BAILIFF, HEAD)
#: The lines by which measures come into force.
LAYING: Final = frozenset({"secured", "freeze_served"})
APPROVING: Final = (SENIOR_BAILIFF, HEAD)


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
        "bailiff_role": _signing_role(act, act.by, on=act.on),
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


def _signing_role(act: Act[Any], person: User, *, on: date, among: Sequence[str] = SIGNING) -> str:
    """As what he signs: the first of the roles he held that day."""
    held = [m.role for m in memberships(person, on=on) if m.office_id == act.case.office_id]
    return next((role for role in among if role in held), among[0])


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
    sums: money.Account | None = None,
    supposed: str = "",
    carried: Sequence[Event] = (),
) -> dict[str, Any]:
    """What the papers of the course say, beside what those of intake do.

    `sums`: the debtor's, if read before; `carried`: what `supposed` brings from another office.
    """
    base, sums = arrival(act, running.presentation), sums or money.account(running)
    kept, term = (_completion_term(act, running, event, carried) for event in ("", supposed))
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
        **_presented_until(act, running),
        "ground": ground.rule.id if ground else None,
        "ends_on": ground.ends_on if ground else None,
        "evidence": dict(evidence or {}),
    }


def returned(
    act: Act[Proceeding], *, ground: Ground, evidence: Mapping[str, str], sums: money.Account
) -> dict[str, Any]:
    """What the resolution on the return says: whether nothing was recovered, or not all (RET-00).

    By whomever it was paid; a claim that is no sum counts by what was done on it.
    """
    told = proceeding(act, act.subject, ground=ground, evidence=evidence, sums=sums)
    done = any(_standing(act, kind, act.subject) for kind in ("performed", "partly_performed"))
    return {**told, "recovered_in_part": done or sums.left != sums.claimed}


def passed_on(act: Act[Proceeding]) -> dict[str, Any]:
    """What the papers say that send the document elsewhere: its measures stay in force."""
    laid = any(line.kind in LAYING for line in act.lines)
    kept = laid and act.subject.measures.filter(state=SERVED).exists()
    return {**proceeding(act, act.subject), "measures_kept": kept}


def _standing(act: Act[Any], kind: str, running: Proceeding) -> list[Entry]:
    """The lines of a kind on a proceeding that nobody annulled."""
    gone = {line.corrects for line in act.lines}
    found = [line for line in act.lines if line.kind == kind and line.subject == running.pk]
    return [line for line in found if line.seq not in gone]


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
    known = {act.law.term(rule).length: rule for rule in (TWO_MONTHS, FOUR_MONTHS)}
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


def measure(act: Act[Any], asked: Measure, *, sums: money.Account | None = None) -> dict[str, Any]:
    """What the papers of a measure say."""
    prosecutor = asked.decided_by
    offices = prosecutor.memberships.select_related("office") if prosecutor else []
    named = next((m.office for m in offices if m.role == "prosecutor"), None)
    return {
        **proceeding(act, asked.proceeding, sums=sums),
        "bank": asked.bank,
        "account": asked.account,
        "cap": _text(asked.cap),
        "sanction_no": asked.sanction_number,
        "sanction_on": asked.decided_on and asked.decided_on.isoformat(),
        "prosecutor_office": named and {"kk": named.name_kk, "ru": named.name_ru},
        "measure": asked.kind,
        "target": asked.target,
        "object": asked.object,
        "addressee": asked.holder,
        "details": asked.details,
        "initiator": asked.initiator,
    }


def secured(act: Act[Any], laid: Measure, *, sums: money.Account) -> dict[str, Any]:
    """What the papers say that lay a measure, with the application it is laid on (SEC-DUTY-01)."""
    return {**measure(act, laid, sums=sums), "application": _application(act, laid)}


def _application(act: Act[Any], laid: Measure) -> str:
    """The claimant's last application for securing, in the words it was recorded by."""
    asked = laid.initiator == "claimant"
    lines = _standing(act, "securing_claimed", laid.proceeding) if asked else []
    return lines[-1].evidence.get().text if lines else ""


def replacement(
    act: Act[Any], old: Measure, fresh: Measure, *, sums: money.Account, reason: str
) -> dict[str, Any]:
    """What the ruling says that puts one measure in the place of another."""
    return {
        **measure(act, fresh, sums=sums),
        "old_measure": old.kind,
        "old_target": old.target,
        "old_object": old.object or old.account,
        "old_addressee": old.holder,
        "reason": reason.strip(),
    }


def inventory(
    act: Act[Any],
    laid: Measure,
    items: Sequence[Item],
    proof: Mapping[str, str],
    *,
    sums: money.Account,
) -> dict[str, Any]:
    """What the act of inventory says: where, before whom, each thing with its value in tenge."""
    return {
        **secured(act, laid, sums=sums),
        "object": "",
        "details": dict(proof),
        "items": [
            {"what": each.description, "value": str(each.value), "place": each.preference}
            for each in items
        ],
        "items_total": str(sum((each.value for each in items), Decimal("0.00"))),
    }


def coercion(
    act: Act[Proceeding],
    way: CoerciveAct,
    told: Mapping[str, Any],
    *,
    sums: money.Account,
    held: Measure | None,
    ordered: Decimal | None,
) -> dict[str, Any]:
    """What the ruling on a coercive act says, with the measure it rests on.

    `told`: the facts of the proceeding as `steps.told` reads them.
    """
    running = act.subject
    accounts = [each["iban"] for each in running.people if each["role"] == "claimant"]
    return {
        **(measure(act, held, sums=sums) if held else proceeding(act, running, sums=sums)),
        "way": way.id,
        "way_rule": way.rule.id,
        "claimant_accounts": list(filter(None, accounts)),
        "ordered": _text(ordered),
        "voluntary_until": told["voluntary_until"],
    }


def postponement(act: Act[Postponement]) -> dict[str, Any]:
    """What the papers of a postponement say: drafted by one, approved by another."""
    asked, author = act.subject, act.subject.requested_by
    told = proceeding(act, asked.proceeding)
    return {
        **told,
        "bailiff": author.full_name,
        "bailiff_role": _signing_role(act, author, on=asked.requested_on),
        "approved_by": act.by.full_name,
        "approver_role": _signing_role(act, act.by, on=act.on, among=APPROVING),
        "initiator": asked.initiator,
        "circumstance": asked.reason,
        "postponed_until": asked.until.isoformat(),
        "participants": [*told["claimants"], *told["debtors"]],
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
