"""The limit within which an executive document is presented, and what begins it anew. Pure."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from deadlines.calculator import Reckoning, add_months, reckon
from documents.executive_document import DebtShape, DocumentShape, PeriodicShape
from documents.told_at_intake import plain
from enforcement.remarks import LATE_IN_PART, is_immediate
from law.model import PresentationStart, Term
from law.statute import Statute
from law.workdays import DAY, Calendar


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is known of this paper: an arrival not yet ended or ended for good, an uncured return,
    the day it was returned to the claimant, the days it was performed in part since then; of
    its parties, the names under which their numbers came; and what cannot be known of its claims:
    which may be claims on which something was paid before."""

    open_ref: str | None = None
    #: The arrival whose every proceeding ended for good, and on which ground.
    ended_ref: str | None = None
    ended_by: str = ""
    #: The arrival on which, or after whose return, everything claimed was paid.
    paid_ref: str | None = None
    returned_missing: Collection[str] = ()
    returned_on: date | None = None
    performed_on: Collection[date] = ()
    #: IIN or BIN -> names as they were written.
    names: Mapping[str, Collection[str]] = field(default_factory=dict)
    in_doubt: Collection[int] = ()
    #: The debts that another part of the decision claims too.
    in_another_part: Collection[int] = ()
    #: Debt -> by which day what was owed of its payments was out of time when they came before.
    late: Mapping[int, date] = field(default_factory=dict)
    #: The debts that were out of time when they came before, where others were not.
    late_claims: Collection[int] = ()
    #: Whether a claim of the paper is not for sure one of the earlier arrivals.
    strange: bool = False
    #: The arrival on which execution goes on in another office against every debtor of the paper.
    held_ref: str | None = None
    #: In which other office's territory the document lay as it was told before.
    lay_in: str = ""
    #: The arrivals at other offices: `ref` -> code of the office.
    elsewhere: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Presented:
    """The presentation limit of a document: its term, start and last day, read both ways.

    `start_rule`: from when it runs; empty where the rule set has no rule for it. `began_by`: the
    rules by which it began anew since the document was first presented or came into force.
    """

    term: Term
    start_rule: str
    start: date
    strict: Reckoning
    lenient: Reckoning
    began_by: tuple[str, ...] = ()
    #: The last day, where another statute sets it.
    set_on: date | None = None

    def over(self, on: date) -> bool:
        """Whether its last day was before `on` under both readings."""
        return last_day(self.lenient) < on

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules of the limit: its term, from when it runs, what began it anew."""
        named = (self.term.id, self.start_rule, *self.began_by)
        return tuple(dict.fromkeys(filter(None, named)))


def last_day(reckoning: Reckoning) -> date:
    """The last day of a presentation term, which never stands still."""
    assert reckoning.due_on is not None
    return reckoning.due_on


@dataclass(frozen=True, slots=True)
class _Clock:
    """By what the limits of one paper are counted."""

    document: DocumentShape
    law: Statute
    calendar: Calendar
    earlier: Earlier
    received_on: date

    def of(self, claim: DebtShape | None) -> Presented | None:
        """The limit of a claim; None where it has none, or the paper lacks the day it runs from."""
        periodic = claim.periodic if claim else None
        set_by_law = self.document.other_presentation
        if set_by_law and set_by_law.last_on and not periodic and not self.earlier.returned_on:
            return self._set_by_law(claim, set_by_law.last_on)
        if periodic:
            return self._of_payments(periodic)
        return self._interrupted(self._began(claim))

    def _interrupted(self, began: Presented | None) -> Presented | None:
        return began and interrupted(began, self._performed(), law=self.law, calendar=self.calendar)

    def _set_by_law(self, claim: DebtShape | None, last_on: date) -> Presented:
        """The limit of another statute, which sets its last day."""
        kind = self.law.kind(self.document.type)
        began = self._began(claim)
        start = min(began.start, last_on) if began else last_on
        term = self.law.term(kind.presentation, on=start)
        found = reckon(
            term, starts_on=start, calendar=self.calendar, ends_on=last_on, explain=False
        )
        return Presented(
            term, began.start_rule if began else "", start, found, found, set_on=last_on
        )

    def _performed(self) -> list[date]:
        """The days on which something was performed in part before the document came."""
        told = (each.on for each in self.document.interruptions)
        days = (*told, *self.earlier.performed_on)
        return [on for on in days if on and on <= self.received_on]

    def _of_payments(self, told: PeriodicShape) -> Presented | None:
        """Of payments that come again the limit of the last one (PERIOD-02); none where no end of
        them is told (PERIOD-01)."""
        if not told.until:
            return None
        first = (told.until - DAY).replace(day=1)
        since = max(first, told.since or first)
        return self._of_payment(owed_on(since, told.until, told.day))

    def _of_payment(self, owed: date) -> Presented | None:
        """The limit of one payment, owed from that day on or presented and returned since then."""
        rule = self.law.role("each_payment", self.received_on)
        if not rule:
            return None
        start = max(owed, self.earlier.returned_on or owed)
        return self._interrupted(self._from(start, rule, disputed=True))

    def late_by(self, told: PeriodicShape) -> date | None:
        """The last day by which what was owed is out of time; None where all can be presented. A
        payment that was owed later ends later: the day is found by halving."""
        since = told.since or self.document.decision_on
        if since is None:
            return None
        over = add_months(since.replace(day=1), 1)
        first = owed_on(since, min(over, told.until or over), told.day)
        if not self._is_late(first):
            return None
        late, open_yet = first, self.received_on
        while (open_yet - late).days > 1:
            between = late + (open_yet - late) // 2
            if self._is_late(between):
                late = between
            else:
                open_yet = between
        return late

    def _is_late(self, owed: date) -> bool:
        limit = self._of_payment(owed) if owed < self.received_on else None
        return bool(limit and limit.over(self.received_on))

    def _began(self, claim: DebtShape | None) -> Presented | None:
        """The limit as the document itself, or its return to the claimant, began it."""
        if (returned_on := self.earlier.returned_on) is not None:
            return self._from(returned_on, self.law.role("returned_start"), disputed=False)
        start = self._start(claim.claim if claim else "")
        known = [on for name in start.basis if (on := getattr(self.document, name)) is not None]
        if not known:
            return None
        return self._from(max(known), start.rule.id, disputed=start.disputed)

    def _from(self, start: date, rule: str, *, disputed: bool) -> Presented:
        """The kind's whole term from a day, read a day later too where it is disputed (Q7)."""
        term = self.law.term(self.law.kind(self.document.type).presentation, on=start)
        strict, lenient = (
            reckon(term, starts_on=on, calendar=self.calendar, explain=False)
            for on in (start, start + DAY if disputed else start)
        )
        return Presented(term, rule, start, strict, lenient)

    def _start(self, claim: str) -> PresentationStart:
        """From which date the term runs: the rule that speaks of what is claimed (Q8)."""
        kind = self.law.kind(self.document.type)
        if is_immediate(self.document, kind):
            return self.law.start(kind.start_immediate)
        start = self.law.start(kind.start)
        spoken_of = not (claim and start.claims) or claim in start.claims
        return start if spoken_of else self.law.start(kind.start_otherwise)


def limits_of(
    document: DocumentShape,
    *,
    law: Statute,
    calendar: Calendar,
    earlier: Earlier,
    received_on: date,
) -> list[Presented | None]:
    """The presentation limit of each claim by itself; one where none is told.

    After a return to the claimant, or what the debtor performed in part, the full term runs from
    that day (INTERR-02, -03, -04); that revives nothing of what was over.
    """
    clock = _Clock(document, law, calendar, earlier, received_on)
    never_returned = replace(earlier, returned_on=None, performed_on=())
    first = replace(clock, earlier=never_returned)
    return [
        (first if n in earlier.late_claims else clock).of(claim)
        for n, claim in enumerate(document.debts or (None,))
    ]


def by_another_statute(
    document: DocumentShape,
    limits: Sequence[Presented | None],
    *,
    received_on: date,
    **clock: Any,
) -> dict[str, str] | None:
    """The term of another statute that was told, where a claim would be late without it; and the
    ordinary last day (PRES-1Y-COURT)."""
    told = document.other_presentation
    ordinary = (
        limits_of(replace(document, other_presentation=None), received_on=received_on, **clock)
        if told
        else ()
    )
    by_it = [
        own
        for own, each in zip(ordinary, limits, strict=bool(told))
        if own and each and each.set_on and own.over(received_on)
    ]
    if not (told and by_it):
        return None
    last = max(last_day(own.strict) for own in by_it)
    return {**plain(told), "ordinary_last_day": last.isoformat()}


def late_payments(
    document: DocumentShape,
    *,
    law: Statute,
    calendar: Calendar,
    earlier: Earlier,
    received_on: date,
) -> dict[int, date]:
    """Debt -> by which day what was owed of its payments is out of time (PERIOD-02); what was so
    when they came before is so for good."""
    clock = _Clock(document, law, calendar, earlier, received_on)
    found = {n: day for n, day in earlier.late.items() if n < len(document.debts)}
    for n, debt in enumerate(document.debts):
        if day := debt.periodic and clock.late_by(debt.periodic):
            found[n] = max(day, found.get(n, day))
    return found


def late_in_part(verdict: Mapping[str, Any]) -> set[str]:
    """The debts that a stored verdict says to be out of time where others are not."""
    told = verdict.get("remarks") or ()
    return {each["field"] for each in told if each["code"] == LATE_IN_PART}


def is_late(verdict: Mapping[str, Any], position: int) -> bool:
    """Whether a stored verdict says so of a debt."""
    return f"debts[{position}]" in late_in_part(verdict)


def late_by(verdict: Mapping[str, Any], position: int) -> date | None:
    """By which day what a debt's payments owed was out of time, as a stored verdict says."""
    told = (verdict.get("late_payments") or {}).get(f"debts[{position}]")
    return date.fromisoformat(told) if told else None


def owed_on(since: date, until: date, day: int | None) -> date:
    """From which day what a month's days owe, from `since` to the day before `until`, is unpaid:
    once they are over, or the day after the one of the month named, where that is one of them."""
    if day is None:
        return until
    named = since.replace(day=min(day, monthrange(since.year, since.month)[1]))
    return named + DAY if since <= named < until else until


def interrupted(
    presented: Presented, performed_on: Iterable[date], *, law: Statute, calendar: Calendar
) -> Presented:
    """The limit, begun anew by each part performance before its last day (INTERR-02, -03).

    A term that is over is not revived; on the day read both ways it is under the lenient reading
    alone (Q7).
    """
    for on in sorted(performed_on):
        rule = law.role("performed_in_part", on)
        if rule and presented.start < on <= last_day(presented.lenient):
            presented = _anew(presented, rule, on, law=law, calendar=calendar)
    return presented


def _anew(
    presented: Presented, rule: str, on: date, *, law: Statute, calendar: Calendar
) -> Presented:
    term = law.term(presented.term.id, on=on)
    anew = reckon(term, starts_on=on, calendar=calendar, explain=False)
    if last_day(presented.strict) < on:
        return replace(presented, lenient=anew)
    began = (presented.start_rule, law.role("runs_anew", on))
    return Presented(term, rule, on, anew, anew, began_by=(*presented.began_by, *began))
