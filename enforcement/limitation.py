"""The limit within which an executive document is presented, and what begins it anew. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from deadlines.calculator import Reckoning, reckon
from law.model import Term
from law.statute import Statute
from law.workdays import Calendar


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
