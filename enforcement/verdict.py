"""The law's verdict on an executive document that arrives. Pure: nothing is stored or asked.

Precedence: already received > wrong territory > defective > late > accept (a document that
cannot be read is `invalid` before any of these).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from deadlines.calculator import reckon
from documents.executive_document import DocumentShape, Unreadable
from enforcement.execution_term import completion, ends, sued
from enforcement.limitation import (
    Earlier,
    Presented,
    by_another_statute,
    last_day,
    late_payments,
    limits_of,
)
from enforcement.remarks import (
    Remark,
    impossible_days,
    in_force,
    is_immediate,
    lacking,
    named,
    of_claims,
    remarks,
)
from enforcement.territory import right_office, unknown_places
from law.refusal import FieldError
from law.statute import Statute
from law.workdays import Calendar
from parties.spelling import SOME_PART, part_key

ACCEPT: Final = "accept"
DEFECTIVE: Final = "defective"
LATE: Final = "late"
ALREADY_RECEIVED: Final = "already_received"
WRONG_TERRITORY: Final = "wrong_territory"
INVALID: Final = "invalid"
#: A term of another statute, told at intake.
OTHER_TERM: Final = "other_presentation"
#: What of a verdict its line in the journal leaves to the arrival: rules, and what was typed.
NOT_IN_LINES: Final = ("rules", OTHER_TERM)


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
    #: The other office where the paper came before.
    of_office: str | None = None
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
    restored: bool | None = None
    #: Last days that other statutes set, by the rule whose term it is.
    ends: dict[str, str] | None = None
    #: The term of another statute without which it would be late: `act`, `article`, `last_on`, and
    #: the `ordinary_last_day`.
    other_presentation: dict[str, str] | None = None
    #: By which day what was owed of periodic payments is out of time, by the debt.
    late_payments: dict[str, str] | None = None
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
    if came := _came_before(document, known, law, received_on):
        return came
    if office := right_office(document, territories, lay_in=known.lay_in):
        rules = named(law, received_on, "transfer_term", "wrong_territory")
        unknown = tuple(unknown_places(document, territories, law, received_on))
        return Verdict(WRONG_TERRITORY, office=office, remarks=unknown, rules=rules)
    cannot_be = impossible_days(document, kind, law, received_on)
    seen = (*cannot_be, *remarks(document, kind, law, received_on, known.names))
    twice = known.in_another_part
    doubted = of_claims(law, received_on, in_doubt=known.in_doubt, in_another_part=twice)
    seen = (*seen, *doubted, *unknown_places(document, territories, law, received_on))
    document = in_force(document, law)
    if missing := lacking(document, kind, law, received_on, cannot_be):
        return _defective(missing, known, law, received_on, calendar, seen=seen)
    clock: dict[str, Any] = {"law": law, "calendar": calendar, "earlier": known}
    return _in_time(document, law, received_on, clock | {"received_on": received_on}, seen)


def _in_time(
    document: DocumentShape,
    law: Statute,
    received_on: date,
    clock: Mapping[str, Any],
    seen: tuple[Remark, ...],
) -> Verdict:
    """The verdict on a sound paper: late only where every claim of it is (PRES-MISSED-01)."""
    limits = limits_of(document, **clock)
    over = {n: each for n, each in enumerate(limits) if each and each.over(received_on)}
    if over and len(over) == len(limits):
        last = max(over.values(), key=lambda each: last_day(each.lenient))
        if not document.restored:
            return _late(last, law, received_on, seen=seen)
        _refuse_restored_before(document.restored.on, last)
    late = {} if document.restored else {n: each.start_rule for n, each in over.items()}
    payments = {} if document.restored else late_payments(document, **clock)
    seen = (*seen, *of_claims(law, received_on, late=late, payments=payments.keys() - over.keys()))
    other = by_another_statute(document, limits, **clock)
    if other:
        rule = next(each.term.id for each in limits if each and each.set_on)
        seen = (*seen, Remark(code=OTHER_TERM, field=OTHER_TERM, rule=rule))
    found = _accept(document, law, received_on, limits, late=late.keys(), seen=seen)
    by_debt = {f"debts[{n}]": day.isoformat() for n, day in payments.items()}
    return replace(found, late_payments=by_debt or None, other_presentation=other)


def _came_before(
    document: DocumentShape, known: Earlier, law: Statute, received_on: date
) -> Verdict | None:
    """The verdict on a paper that came before: it has ended, is paid, or stands.

    Where it is not for sure the same claim, the registrar is asked (WRIT-ONE-02).
    """
    arrived = (document, known, law, received_on)
    found = _ended(*arrived) or _paid(*arrived) or _standing(*arrived)
    if found is None:
        return None
    told = (*found.remarks, *_asked(document, known, law, received_on))
    return replace(found, of_office=known.elsewhere.get(found.of or ""), remarks=told)


def _asked(
    document: DocumentShape, known: Earlier, law: Statute, received_on: date
) -> Iterator[Remark]:
    """What the registrar is asked of a second paper on one decision, until it is told."""
    if known.strange and not document.duplicate:
        rule = law.role("several_documents", received_on)
        yield Remark(code="claim_in_doubt", field="part", rule=rule)


def _standing(
    document: DocumentShape, known: Earlier, law: Statute, received_on: date
) -> Verdict | None:
    """The verdict on a paper that an earlier arrival stands for; on a duplicate where execution on
    the paper it replaces goes on in another office (WRIT-ONE-01, LOST-01)."""
    if known.ended_ref or _another_part(document, known):
        return None
    if document.duplicate and not known.held_ref:
        return None
    if document.duplicate:
        rules = named(law, received_on, "duplicate", "one_document")
        runs = Remark(code="original_runs", field="duplicate", rule=law.role("duplicate"))
        return Verdict(ALREADY_RECEIVED, of=known.held_ref, remarks=(runs,), rules=rules)
    rules = named(law, received_on, "one_document")
    return Verdict(ALREADY_RECEIVED, of=known.open_ref, rules=rules) if known.open_ref else None


def _another_part(document: DocumentShape, known: Earlier) -> bool:
    """Whether a part that does not tell which one it is claims what no earlier one did."""
    return part_key(document.part) == SOME_PART and known.strange


def _refuse_restored_before(restored_on: date | None, last: Presented) -> None:
    """Unreadable where a court's act is of a day on which the term it restores still ran."""
    if restored_on and restored_on <= last_day(last.strict):
        raise Unreadable([FieldError("restored.on", "before_term_ended")])


def _ended(
    document: DocumentShape, known: Earlier, law: Statute, received_on: date
) -> Verdict | None:
    """The verdict on a paper that is executed or ended otherwise, a duplicate too (TERMN-EFF-03).

    Another part of the decision is another paper; what ended as found late is begun anew once a
    court restored its term.
    """
    found_late = known.ended_by and known.ended_by == law.role("found_late", received_on)
    if not known.ended_ref or _another_part(document, known):
        return None
    if document.restored and found_late:
        return None
    executed = known.ended_by == law.role("full_performance", received_on)
    copy = "duplicate" if document.duplicate else "one_document"
    rules = (*named(law, received_on, copy, "not_begun_anew"), known.ended_by)
    return Verdict(
        ALREADY_RECEIVED,
        of=known.ended_ref,
        ended_by=known.ended_by or None,
        executed=executed or None,
        rules=tuple(filter(None, rules)),
    )


def _paid(
    document: DocumentShape, known: Earlier, law: Statute, received_on: date
) -> Verdict | None:
    """The verdict on a paper that was returned and all of which is paid: it is executed."""
    if not known.paid_ref or known.open_ref:
        return None
    copy = "duplicate" if document.duplicate else "one_document"
    rules = named(law, received_on, copy, "full_performance")
    return Verdict(ALREADY_RECEIVED, of=known.paid_ref, executed=True, rules=rules)


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
        rules=(*named(law, received_on, *roles), *missing),
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
    rules = named(law, received_on, "late_presentation", "restored_term")
    return Verdict(
        LATE,
        right=law.role("restored_term", received_on) or None,
        remarks=seen,
        rules=(*presented.rules, *rules),
        **_limit(presented),
    )


def _accept(
    document: DocumentShape,
    law: Statute,
    received_on: date,
    limits: Sequence[Presented | None],
    *,
    late: Collection[int],
    seen: tuple[Remark, ...],
) -> Verdict:
    presented = _told(document, limits, received_on)
    limit = _limit(presented)
    over = bool(presented and presented.over(received_on))
    restored = over and document.restored is not None
    immediate = is_immediate(document, law.kind(document.type))
    disputed = bool(presented and not over and last_day(presented.strict) < received_on)
    demanded = [debt for n, debt in enumerate(document.debts) if n not in late]
    within, execution = completion(document, demanded, law, received_on)
    start = ("immediate_execution", "no_offer") if immediate else ("offer_term",)
    began = presented.rules if presented else ()
    anew = named(law, received_on, "restored_term") if restored else ()
    return Verdict(
        ACCEPT,
        disputed_day=disputed or None,
        immediate=immediate or None,
        periodic=document.periodic or None,
        voluntary_term=not immediate and bool(law.role("voluntary_term", received_on)),
        proceedings=sued(document, demanded),
        remarks=seen,
        restored=restored or None,
        rules=(
            *began,
            *anew,
            *execution,
            *named(law, received_on, *start),
        ),
        **within,
        **limit | ends(limit.get("ends"), document, law, received_on),
    )


def _told(
    document: DocumentShape, limits: Sequence[Presented | None], received_on: date
) -> Presented | None:
    """The limit a verdict tells: the nearest that is not over, if any; payments that come again
    have none to be told while they are due (PERIOD-01)."""
    once = [
        limit
        for debt, limit in zip(document.debts or (None,), limits, strict=True)
        if limit and not (debt and debt.periodic)
    ]
    open_yet = [limit for limit in once if not limit.over(received_on)]
    nearest = min(open_yet, key=lambda limit: last_day(limit.strict), default=None)
    last = max(once, key=lambda limit: last_day(limit.strict), default=None)
    return nearest or last


def _limit(presented: Presented | None) -> dict[str, Any]:
    if presented is None:
        return {}
    return {
        "presentation_last_day": presented.strict.due_on,
        "provisional": presented.strict.provisional or None,
        "presentation_term": presented.term.id,
        "presentation_start": presented.start,
        "start_rule": presented.start_rule or None,
        "ends": {presented.term.id: presented.set_on.isoformat()} if presented.set_on else None,
    }
