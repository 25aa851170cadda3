"""The limit within which an executive document is presented, and what begins it anew. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from deadlines.calculator import Reckoning, reckon
from documents.executive_document import DebtShape, DocumentShape
from enforcement.remarks import is_immediate
from law.model import PresentationStart, Term
from law.statute import Statute
from law.workdays import DAY, Calendar


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is known of this paper: an arrival not yet ended or ended for good, an uncured return,
    the day it was returned to the claimant, the days it was performed in part since then; of
    its parties, the names under which their numbers came; and which of its debts may be claims on
    which something was paid before, though they cannot be known again."""

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
        began = self._of_payments(periodic.until) if periodic else self._began(claim)
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

    def _of_payments(self, until: date | None) -> Presented | None:
        """Of payments that come again the limit of the last one (PERIOD-02); none where no end of
        them is told (PERIOD-01)."""
        rule = self.law.role("each_payment", self.received_on)
        if not (rule and until):
            return None
        return self._from(max(until, self.earlier.returned_on or until), rule, disputed=True)

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
    that day (INTERR-02, -03, -04).
    """
    clock = _Clock(document, law, calendar, earlier, received_on)
    return [clock.of(claim) for claim in document.debts or (None,)]


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
