"""The law's verdict on an executive document that arrives. Pure: nothing is stored or asked.

Precedence: already received > wrong territory > defective > late > accept (a document that
cannot be read is `invalid` before any of these).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Final

from deadlines.calculator import Reckoning, reckon
from documents.executive_document import DebtShape, DocumentShape, PartyShape
from enforcement.remarks import Remark, asked_of, impossible_days, is_immediate, remarks
from law.model import DocumentKind, Term
from law.statute import Statute
from law.workdays import DAY, Calendar
from parties.spelling import Place, city_keys, is_name, same_place

ACCEPT: Final = "accept"
DEFECTIVE: Final = "defective"
LATE: Final = "late"
ALREADY_RECEIVED: Final = "already_received"
WRONG_TERRITORY: Final = "wrong_territory"
INVALID: Final = "invalid"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the law says of an arrival; None and empty do not apply."""

    verdict: str
    missing: tuple[str, ...] = ()
    presentation_last_day: date | None = None
    provisional: bool | None = None
    disputed_day: bool | None = None
    return_ruling_due: date | None = None
    of: str | None = None
    right: str | None = None
    field: str | None = None
    office: str | None = None
    immediate: bool | None = None
    periodic: bool | None = None
    voluntary_term: bool | None = None
    completion_term: bool | None = None
    completion_months: int | None = None
    reason: str | None = None
    proceedings: int | None = None
    presentation_term: str | None = None
    presentation_start: date | None = None
    start_rule: str | None = None
    uncured: bool | None = None
    remarks: tuple[Remark, ...] = ()
    rules: tuple[str, ...] = ()

    @classmethod
    def names(cls) -> list[str]:
        """The keys of a verdict in their order."""
        return [f.name for f in fields(cls)]

    def as_json(self) -> dict[str, Any]:
        """Only what applies, dates as ISO text."""
        found: dict[str, Any] = {}
        for name in self.names():
            value = getattr(self, name)
            if value is None or value == ():
                continue
            if isinstance(value, date):
                value = value.isoformat()
            found[name] = list(value) if isinstance(value, tuple) else value
        return found


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is known of this paper: an arrival not yet ended, an uncured return, the day it was
    returned to the claimant; and of its parties, the names under which their numbers came."""

    open_ref: str | None = None
    returned_missing: Collection[str] = ()
    returned_on: date | None = None
    #: IIN or BIN -> names as they were written.
    names: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Presented:
    """The presentation limit of a document: its term, start and last day, read both ways.

    `start_rule`: from when it runs; empty where the rule set has no rule for it.
    """

    term: Term
    start_rule: str
    start: date
    strict: Reckoning
    lenient: Reckoning

    def over(self, on: date) -> bool:
        """Whether its last day was before `on` under both readings."""
        return _due(self.lenient) < on


def returns_under(verdict: Mapping[str, Any]) -> str | None:
    """The presentation term that runs when the document is returned; an arrival from another
    office kept it beside."""
    return verdict.get("presentation_term") or verdict.get("returns_under")


def judge(
    document: DocumentShape,
    *,
    received_on: date,
    law: Statute,
    calendar: Calendar,
    territories: Mapping[str, Collection[str]],
    earlier: Earlier | None = None,
) -> Verdict:
    """The verdict on `document`, arrived on `received_on` at its `office`.

    `territories`: office code -> cities. Rules: WRIT-ONE-01, Q31, TERM-DEFECT-3D,
    PRES-MISSED-01, Q7.
    """
    known = earlier or Earlier()
    kind = law.kind(document.type)
    if known.open_ref and not (document.duplicate or document.part):
        rules = _named(law, received_on, "one_document")
        return Verdict(ALREADY_RECEIVED, of=known.open_ref, rules=rules)
    if office := _right_office(document, territories):
        rules = _named(law, received_on, "transfer_term", "wrong_territory")
        return Verdict(WRONG_TERRITORY, office=office, rules=rules)
    cannot_be = impossible_days(document, kind, law, received_on)
    seen = (*cannot_be, *remarks(document, kind, law, received_on, known.names))
    if missing := _missing(document, kind, law, received_on, cannot_be):
        return _defective(missing, known, law, received_on, calendar, seen=seen)
    presented = presentation(document, law=law, calendar=calendar, returned_on=known.returned_on)
    limits = _limits(document, presented, known, law=law, calendar=calendar)
    over = {n: each for n, each in enumerate(limits) if each and each.over(received_on)}
    if over and len(over) == len(limits):
        last = max(over.values(), key=lambda each: each.lenient.due_on or date.min)
        return _late(last, law, received_on, seen=seen)
    late = (Remark(code="late_in_part", field=f"debts[{n}]", rule=over[n].start_rule) for n in over)
    return _accept(document, kind, law, received_on, presented, seen=(*seen, *late))


def _named(law: Statute, on: date, *roles: str) -> tuple[str, ...]:
    """The rules that play these parts on that day; left out what the rule set has no rule for."""
    return tuple(rule for role in roles if (rule := law.role(role, on)))


def _defective(
    missing: tuple[str, ...],
    known: Earlier,
    law: Statute,
    received_on: date,
    calendar: Calendar,
    *,
    seen: tuple[Remark, ...],
) -> Verdict:
    uncured = bool(set(missing) & set(known.returned_missing)) or None
    roles = ("defect_term", *(("uncured_defect",) if uncured else ()))
    return Verdict(
        DEFECTIVE,
        missing=missing,
        return_ruling_due=_return_due(law, received_on, calendar),
        uncured=uncured,
        remarks=seen,
        rules=(*_named(law, received_on, *roles), *missing),
    )


def _return_due(law: Statute, received_on: date, calendar: Calendar) -> date | None:
    """The last day to return a defective document; None where the rule set has no such term."""
    if not (rule := law.role("defect_term", received_on)):
        return None
    term = law.term(rule, on=received_on)
    return reckon(term, starts_on=received_on, calendar=calendar, explain=False).due_on


def _late(
    presented: Presented, law: Statute, received_on: date, *, seen: tuple[Remark, ...]
) -> Verdict:
    rules = _named(law, received_on, "late_presentation", "restored_term")
    return Verdict(
        LATE,
        right=law.role("restored_term", received_on) or None,
        remarks=seen,
        rules=(*_limited_by(presented), *rules),
        **_limit(presented),
    )


def _accept(
    document: DocumentShape,
    kind: DocumentKind,
    law: Statute,
    received_on: date,
    presented: Presented | None,
    *,
    seen: tuple[Remark, ...],
) -> Verdict:
    immediate = is_immediate(document, kind)
    completes = not document.debts or any(not debt.periodic for debt in document.debts)
    reasons = law.list("reasons")
    reason = next((debt.act for debt in document.debts if debt.act in reasons), None)
    voluntary = not immediate and bool(law.role("voluntary_term", received_on))
    months = law.role("four_months" if reason else "two_months", received_on)
    disputed = presented is not None and _due(presented.strict) < received_on
    execution = (months,) if completes and months else ()
    without = ("no_execution_term", "periodic_payments") if not completes else ()
    start = ("immediate_execution", "no_offer") if immediate else ("offer_term",)
    return Verdict(
        ACCEPT,
        disputed_day=disputed or None,
        immediate=immediate or None,
        periodic=document.periodic or None,
        voluntary_term=voluntary,
        completion_term=bool(execution),
        completion_months=law.term(months, on=received_on).length if execution else None,
        reason=reason,
        proceedings=len(document.debtors),
        remarks=seen,
        rules=(*_limited_by(presented), *execution, *_named(law, received_on, *without, *start)),
        **_limit(presented),
    )


def presentation(
    document: DocumentShape,
    *,
    law: Statute,
    calendar: Calendar,
    returned_on: date | None = None,
) -> Presented | None:
    """The presentation limit; None for payments that come again (PERIOD-01) or without its date.

    After a return to the claimant the full term runs from the day of return (INTERR-03, -04).
    """
    kind = law.kind(document.type)
    if document.debts and all(debt.periodic for debt in document.debts):
        return None
    rule = law.start(kind.start_immediate if is_immediate(document, kind) else kind.start)
    if returned_on is not None:
        term = law.term(kind.presentation, on=returned_on)
        anew = reckon(term, starts_on=returned_on, calendar=calendar, explain=False)
        return Presented(term, law.role("returned_start"), returned_on, anew, anew)
    known = [on for name in rule.basis if (on := getattr(document, name)) is not None]
    if not known:
        return None
    start = max(known)
    term = law.term(kind.presentation, on=start)
    strict = reckon(term, starts_on=start, calendar=calendar, explain=False)
    later = start + DAY if rule.disputed else start
    lenient = reckon(term, starts_on=later, calendar=calendar, explain=False)
    return Presented(term, rule.rule.id, start, strict, lenient)


def _limits(
    document: DocumentShape,
    presented: Presented | None,
    known: Earlier,
    *,
    law: Statute,
    calendar: Calendar,
) -> list[Presented | None]:
    """The limit of each claim; of a document without claims, its own."""
    each_payment = law.role("each_payment")
    if not document.debts:
        return [presented]
    return [
        presented
        if debt.periodic is None
        else _last_payment(document, debt, known, law, calendar)
        if each_payment
        else None
        for debt in document.debts
    ]


def _last_payment(
    document: DocumentShape, debt: DebtShape, known: Earlier, law: Statute, calendar: Calendar
) -> Presented | None:
    """The limit of the last payment of an award; None while no end of the payments is told.

    The term runs for each payment by itself (PERIOD-02).
    """
    until = debt.periodic.until if debt.periodic else None
    if until is None:
        return None
    start = max(until, known.returned_on or until)
    term = law.term(law.kind(document.type).presentation, on=start)
    strict = reckon(term, starts_on=start, calendar=calendar, explain=False)
    lenient = reckon(term, starts_on=start + DAY, calendar=calendar, explain=False)
    return Presented(term, law.role("each_payment"), start, strict, lenient)


def _limit(presented: Presented | None) -> dict[str, Any]:
    if presented is None:
        return {}
    return {
        "presentation_last_day": presented.strict.due_on,
        "provisional": presented.strict.provisional or None,
        "presentation_term": presented.term.id,
        "presentation_start": presented.start,
        "start_rule": presented.start_rule or None,
    }


def _limited_by(presented: Presented | None) -> tuple[str, ...]:
    """The rules of the presentation limit: its term, and from when it runs."""
    return tuple(filter(None, (presented.term.id, presented.start_rule))) if presented else ()


def _due(reckoning: Reckoning) -> date:
    assert reckoning.due_on is not None  # presentation terms never stand still
    return reckoning.due_on


def _right_office(
    document: DocumentShape, territories: Mapping[str, Collection[str]]
) -> str | None:
    """The office another territory's debtors belong to; unknown cities are not judged."""
    places = [place for party in document.debtors for place in city_keys(party.city)]
    lying = [code for place in places for code in territories if _lies_in(place, territories[code])]
    # Two offices may share a city: the one the document came to goes first.
    return None if document.office in lying else next(iter(lying), None)


def _lies_in(place: Place, cities: Collection[str]) -> bool:
    """Whether a place is one of the cities, each named by its narrowest place."""
    return any(same_place(place, city_keys(city)[0]) for city in cities if city_keys(city))


def _missing(
    document: DocumentShape,
    kind: DocumentKind,
    law: Statute,
    received_on: date,
    cannot_be: Collection[Remark],
) -> tuple[str, ...]:
    spoilt = {each["rule"] for each in cannot_be}
    asked = asked_of(document, kind)
    missing = [rule for rule in asked if rule in spoilt or not _shows(document, rule, law)]
    immediate = is_immediate(document, kind)
    if not immediate and document.in_force_on and document.in_force_on > received_on:
        missing += _named(law, received_on, "content_in_force")
    return tuple(missing)


def _shows(document: DocumentShape, rule: str, law: Statute) -> bool:
    if rule == law.role("content_parties"):
        parties = (*document.claimants, *document.debtors)
        named = bool(document.claimants) and bool(document.debtors)
        return named and all(_identified(party) for party in parties)
    return all(getattr(document, name) for name in law.content(rule).fields)


def _identified(party: PartyShape) -> bool:
    """Name, address, and a right IIN or BIN or a stated reason for its absence (Q26, Q27)."""
    if party.iin_as_written or party.bin_as_written:
        return False
    numbered = bool(party.identifier or party.iin_missing_reason)
    return bool(is_name(party.name_kk) and party.address_kk and numbered)
