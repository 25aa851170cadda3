"""The law's verdict on an executive document that arrives. Pure: nothing is stored or asked.

Precedence: already received > wrong territory > defective > late > accept (a document that
cannot be read is `invalid` before any of these).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from deadlines.calculator import Reckoning, reckon
from documents.shape import DocumentShape, PartyShape
from law.model import DocumentKind, Term
from law.statute import Statute
from law.workdays import DAY, Calendar
from parties.search_keys import fold

ACCEPT: Final = "accept"
DEFECTIVE: Final = "defective"
LATE: Final = "late"
ALREADY_RECEIVED: Final = "already_received"
WRONG_TERRITORY: Final = "wrong_territory"
INVALID: Final = "invalid"
#: Rules by which the verdict speaks; their words and articles are the law's.
RETURN_RULE: Final = "INTERR-04"
PARTIES_RULE: Final = "WRIT-CONT-06"
IN_FORCE_RULE: Final = "ELEM-STD-01"
TWO_MONTHS: Final = "TERM-EXEC-2M"
FOUR_MONTHS: Final = "TERM-EXEC-4M"
#: The kind of document a court gives out sealed (ISSUE-ORDER-01).
SEALED_KIND: Final = "COURT_ORDER"


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
    remarks: tuple[str, ...] = ()
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
    returned to the claimant."""

    open_ref: str | None = None
    returned_missing: Collection[str] = ()
    returned_on: date | None = None


@dataclass(frozen=True, slots=True)
class Presented:
    """The presentation limit of a document: its term, start and last day, read both ways."""

    term: Term
    start_rule: str
    start: date
    strict: Reckoning
    lenient: Reckoning


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
        return Verdict(ALREADY_RECEIVED, of=known.open_ref, rules=("WRIT-ONE-01",))
    if office := _right_office(document, territories):
        return Verdict(WRONG_TERRITORY, office=office, rules=("TERM-TRANSFER-3D", "ISSUE-SEND-01"))
    presented = presentation(document, law=law, calendar=calendar, returned_on=known.returned_on)
    if missing := _missing(document, kind, law, received_on):
        due = reckon(
            law.term("TERM-DEFECT-3D", on=received_on),
            starts_on=received_on,
            calendar=calendar,
            explain=False,
        ).due_on
        uncured = bool(set(missing) & set(known.returned_missing)) or None
        rules = ("TERM-DEFECT-3D", *(("DEFECT-03",) if uncured else ()), *missing)
        return Verdict(
            DEFECTIVE, missing=missing, return_ruling_due=due, uncured=uncured, rules=rules
        )
    if presented and _due(presented.lenient) < received_on:
        rules = (presented.term.id, presented.start_rule, "PRES-MISSED-01", "RESTORE-01")
        return Verdict(LATE, right="RESTORE-01", rules=rules, **_limit(presented))
    return _accept(document, kind, law, received_on, presented)


def _accept(
    document: DocumentShape,
    kind: DocumentKind,
    law: Statute,
    received_on: date,
    presented: Presented | None,
) -> Verdict:
    immediate = is_immediate(document, kind)
    completes = not document.debts or any(not debt.periodic for debt in document.debts)
    reasons = law.list("reasons")
    reason = next((debt.act for debt in document.debts if debt.act in reasons), None)
    completion = law.term(FOUR_MONTHS if reason else TWO_MONTHS, on=received_on)
    disputed = presented is not None and _due(presented.strict) < received_on
    rules = [completion.id] if completes else ["TERM-EXEC-EXC", "PERIOD-01"]
    rules += ["ELEM-IMM-01", "INIT-IMM-01"] if immediate else ["TERM-OFFER-3D"]
    if presented:
        rules = [presented.term.id, presented.start_rule, *rules]
    return Verdict(
        ACCEPT,
        disputed_day=disputed or None,
        immediate=immediate or None,
        periodic=document.periodic or None,
        voluntary_term=not immediate,
        completion_term=completes,
        completion_months=completion.length if completes else None,
        reason=reason,
        proceedings=len(document.debtors),
        remarks=_remarks(document, kind, immediate),
        rules=tuple(rules),
        **_limit(presented),
    )


def is_immediate(document: DocumentShape, kind: DocumentKind) -> bool:
    """Whether the document runs without a voluntary term (INIT-IMM-01, Q9)."""
    return document.immediate or kind.immediate


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
        return Presented(term, RETURN_RULE, returned_on, anew, anew)
    known = [on for name in rule.basis if (on := getattr(document, name)) is not None]
    if not known:
        return None
    start = max(known)
    term = law.term(kind.presentation, on=start)
    strict = reckon(term, starts_on=start, calendar=calendar, explain=False)
    later = start + DAY if rule.disputed else start
    lenient = reckon(term, starts_on=later, calendar=calendar, explain=False)
    return Presented(term, rule.rule.id, start, strict, lenient)


def _limit(presented: Presented | None) -> dict[str, Any]:
    if presented is None:
        return {}
    return {
        "presentation_last_day": presented.strict.due_on,
        "provisional": presented.strict.provisional or None,
        "presentation_term": presented.term.id,
        "presentation_start": presented.start,
        "start_rule": presented.start_rule,
    }


def _due(reckoning: Reckoning) -> date:
    assert reckoning.due_on is not None  # presentation terms never stand still
    return reckoning.due_on


def _right_office(
    document: DocumentShape, territories: Mapping[str, Collection[str]]
) -> str | None:
    """The office another territory's debtors belong to; unknown cities are not judged."""
    where = {fold(city): code for code, cities in territories.items() for city in cities}
    # Two offices may share a city: the one the document came to goes first.
    where |= {fold(city): document.office for city in territories.get(document.office, ())}
    offices = [code for party in document.debtors if (code := where.get(fold(party.city)))]
    if not offices or document.office in offices:
        return None
    return offices[0]


def _missing(
    document: DocumentShape, kind: DocumentKind, law: Statute, received_on: date
) -> tuple[str, ...]:
    immediate = is_immediate(document, kind)
    asked = {*kind.content, *(() if immediate else kind.content_unless_immediate)}
    missing = [rule for rule in sorted(asked) if not _shows(document, rule, law)]
    if not immediate and document.in_force_on and document.in_force_on > received_on:
        missing.append(IN_FORCE_RULE)
    return tuple(missing)


def _shows(document: DocumentShape, rule: str, law: Statute) -> bool:
    if rule == PARTIES_RULE:
        parties = (*document.claimants, *document.debtors)
        named = bool(document.claimants) and bool(document.debtors)
        return named and all(_identified(party) for party in parties)
    return all(getattr(document, name) for name in law.content(rule).fields)


def _identified(party: PartyShape) -> bool:
    """Name, address, and a right IIN or BIN or a stated reason for its absence (Q26, Q27)."""
    if party.iin_as_written or party.bin_as_written:
        return False
    numbered = bool(party.identifier or party.iin_missing_reason)
    return bool(party.name_kk and party.address_kk and numbered)


def _remarks(document: DocumentShape, kind: DocumentKind, immediate: bool) -> tuple[str, ...]:
    """What the bailiff should see, though it does not change the verdict."""
    found = []
    if (
        not immediate
        and document.issued_on
        and document.in_force_on
        and document.issued_on < document.in_force_on
    ):
        found.append("ISSUE-FORCE-01")
    if kind.code == SEALED_KIND and not document.sealed:
        found.append("ISSUE-ORDER-01")
    return tuple(found)
