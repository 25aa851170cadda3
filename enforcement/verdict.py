"""The law's verdict on an executive document that arrives. Pure: nothing is stored or asked.

Precedence: already received > wrong territory > defective > late > accept (a document that
cannot be read is `invalid` before any of these).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Final

from deadlines.calculator import reckon
from documents.executive_document import DebtShape, DocumentShape, PartyShape
from enforcement.limitation import Presented, interrupted, last_day
from enforcement.remarks import Remark, asked_of, impossible_days, is_immediate, remarks
from law.model import DocumentKind, PresentationStart
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
    ended_by: str | None = None
    executed: bool | None = None
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
    """What is known of this paper: an arrival not yet ended or ended for good, an uncured return,
    the day it was returned to the claimant, the days it was performed in part since then; and of
    its parties, the names under which their numbers came."""

    open_ref: str | None = None
    #: The arrival whose every proceeding ended for good, and on which ground.
    ended_ref: str | None = None
    ended_by: str = ""
    returned_missing: Collection[str] = ()
    returned_on: date | None = None
    performed_on: Collection[date] = ()
    #: IIN or BIN -> names as they were written.
    names: Mapping[str, Collection[str]] = field(default_factory=dict)


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
    if ended := _ended(document, known, law, received_on):
        return ended
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
    presented = presentation(
        document, law=law, calendar=calendar, earlier=known, received_on=received_on
    )
    limits = _limits(document, presented, law, calendar, earlier=known, received_on=received_on)
    over = {n: each for n, each in enumerate(limits) if each and each.over(received_on)}
    if over and len(over) == len(limits):
        last = max(over.values(), key=lambda each: last_day(each.lenient))
        return _late(last, law, received_on, seen=seen)
    late = (Remark(code="late_in_part", field=f"debts[{n}]", rule=over[n].start_rule) for n in over)
    return _accept(document, kind, law, received_on, presented, seen=(*seen, *late))


def _ended(
    document: DocumentShape, known: Earlier, law: Statute, received_on: date
) -> Verdict | None:
    """The verdict on a paper that is executed or ended otherwise, a duplicate too (TERMN-EFF-03).

    Another part of the decision is another paper.
    """
    if not known.ended_ref or document.part:
        return None
    executed = known.ended_by == law.role("full_performance", received_on)
    copy = "duplicate" if document.duplicate else "one_document"
    rules = (*_named(law, received_on, copy, "not_begun_anew"), known.ended_by)
    return Verdict(
        ALREADY_RECEIVED,
        of=known.ended_ref,
        ended_by=known.ended_by or None,
        executed=executed or None,
        rules=tuple(filter(None, rules)),
    )


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
        rules=(*_rules(presented), *rules),
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
    disputed = presented is not None and last_day(presented.strict) < received_on
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
        rules=(*_rules(presented), *execution, *_named(law, received_on, *without, *start)),
        **_limit(presented),
    )


def presentation(
    document: DocumentShape,
    *,
    law: Statute,
    calendar: Calendar,
    earlier: Earlier,
    received_on: date,
) -> Presented | None:
    """The presentation limit; None for payments that come again (PERIOD-01) or without its date.

    After a return to the claimant, or what the debtor performed in part, the full term runs from
    that day (INTERR-02, -03, -04).
    """
    began = _began(document, law=law, calendar=calendar, returned_on=earlier.returned_on)
    if began is None:
        return None
    days = _performed(document, earlier, received_on)
    return interrupted(began, days, law=law, calendar=calendar)


def _performed(document: DocumentShape, earlier: Earlier, received_on: date) -> list[date]:
    """The days on which something was performed in part before the document came (INTERR-02)."""
    told = (each.on for each in document.interruptions)
    return [on for on in (*told, *earlier.performed_on) if on and on <= received_on]


def _began(
    document: DocumentShape, *, law: Statute, calendar: Calendar, returned_on: date | None
) -> Presented | None:
    """The limit as the document itself, or its return, began it."""
    kind = law.kind(document.type)
    if document.debts and all(debt.periodic for debt in document.debts):
        return None
    rule = _start(document, kind, law)
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
    law: Statute,
    calendar: Calendar,
    *,
    earlier: Earlier,
    received_on: date,
) -> list[Presented | None]:
    """The limit of each claim: the document's, of payments that come again that of the last one
    (PERIOD-02), none where no end of them is told."""
    days = _performed(document, earlier, received_on)
    rule = law.role("each_payment", received_on)

    def limit(debt: DebtShape) -> Presented | None:
        """The limit of one claim."""
        if debt.periodic is None:
            return presented
        until = debt.periodic.until
        if not (rule and until):
            return None
        start = max(until, earlier.returned_on or until)
        term = law.term(law.kind(document.type).presentation, on=start)
        strict, lenient = (
            reckon(term, starts_on=on, calendar=calendar, explain=False)
            for on in (start, start + DAY)
        )
        last = Presented(term, rule, start, strict, lenient)
        return interrupted(last, days, law=law, calendar=calendar)

    return [limit(debt) for debt in document.debts] or [presented]


def _start(document: DocumentShape, kind: DocumentKind, law: Statute) -> PresentationStart:
    """From which date the presentation term runs: the rule that speaks of what is claimed (Q8)."""
    if is_immediate(document, kind):
        return law.start(kind.start_immediate)
    start = law.start(kind.start)
    claims = {debt.claim for debt in document.debts} - {""}
    spoken_of = not (start.claims and claims) or bool(claims & set(start.claims))
    return start if spoken_of else law.start(kind.start_otherwise)


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


def _rules(presented: Presented | None) -> tuple[str, ...]:
    """The rules of the presentation limit, where there is one."""
    return presented.rules if presented else ()


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
