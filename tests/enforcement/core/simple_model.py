"""What the law says of a case, told a second time and simply: a few dictionaries and a calendar.

It shares no code with the product, so that the two can only agree by both being right.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tests.deadlines.walk import walk
from tests.enforcement.core.simple_money import Came, Said
from tests.enforcement.core.simple_waiting import OPEN, Cost, Deferral, PutOff
from tests.enforcement.measures.simple_securing import LIVE, Measure, Securing


@dataclass
class Stop:
    """A ground that held from a day, until the day it ended; maybe no longer than a day named."""

    ground: str
    since: date
    named: date | None = None
    until: date | None = None


@dataclass
class Line:
    """A line of the journal that changed a state: what it did, so that it can be undone."""

    before: str
    #: The day of the act that did it; none where a day came.
    act: date | None
    stop: Stop | None = None
    ended: bool = False


@dataclass
class Person:
    """A debtor's proceeding."""

    begun: date
    state: str = "initiated"
    months: int = 2
    delivered: date | None = None
    stops: list[Stop] = field(default_factory=list)
    #: The last day on which a term was seen to run out; it counts while that day is its last.
    over: dict[str, date] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    listed: bool = False
    left_out: bool = False
    applied: bool = False
    forced: int = 0
    deferrals: list[Deferral] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)
    #: When he was returned, and the place of the end among all that was written down.
    returned: date | None = None
    ended: int = 0

    def deferred(self) -> list[Deferral]:
        """The deferral that holds, if any."""
        return [each for each in self.deferrals if each.until is None]

    def holding(self) -> list[str]:
        """The grounds that hold now."""
        return [stop.ground for stop in self.stops if stop.until is None]

    def due(self, rule: str) -> date | None:
        """The last day of a term of this proceeding; None while it stands still."""
        unit, number, start = self.counted(rule)
        still = [(s.since, s.until) for s in (*self.stops, *self.deferrals)]
        return walk(unit, number, start, still).due

    def counted(self, rule: str) -> tuple[str, int, date]:
        """In what a term is counted, how much of it, from when."""
        if rule == "TERM-VOLUNTARY-5D":
            assert self.delivered
            return "day", 5, self.delivered
        return "month", int(rule[-2]), self.begun

    def terms(self) -> list[str]:
        """The terms that run or stand still."""
        if self.state not in OPEN:
            return []
        known = [f"TERM-EXEC-{self.months}M", *(["TERM-VOLUNTARY-5D"] if self.delivered else [])]
        return [rule for rule in known if not self._ran_out(rule)]

    def _ran_out(self, rule: str) -> bool:
        due = self.due(rule)
        return due is not None and rule in self.over and due <= self.over[rule]


@dataclass
class Model(Securing):
    """A case with its debtors, who owe one sum jointly."""

    owed: Decimal
    people: list[Person]
    last: date
    awarded: date | None = None
    ends: date | None = None
    late: date | None = None
    came: list[Came] = field(default_factory=list)
    parts: list[Came] = field(default_factory=list)
    months: list[Said] = field(default_factory=list)
    unpaid: list[Said] = field(default_factory=list)
    place: int = 0
    measures: list[Measure] = field(default_factory=list)
    orders: list[tuple[int, Measure, Decimal, int]] = field(default_factory=list)
    put_off: list[PutOff] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    #: Days from which ten days for a complaint run.
    acts: list[date] = field(default_factory=list)

    def running(self) -> Counter[tuple[str, str | None]]:
        """Every term that runs or stands still, with its last day."""
        found: Counter[tuple[str, str | None]] = Counter()
        for person in self.people:
            for rule in person.terms():
                if self.summed_up() and rule == f"TERM-EXEC-{person.months}M":
                    continue
                due = person.due(rule)
                found[rule, due and str(due)] += 1
        everybody = range(len(self.people))
        for rule, unit, number, days in (
            ("TERM-COMPLAINT-10D", "day", 10, self.acts),
            ("PRES-3Y", "year", 3, list(filter(None, map(self.presented_from, everybody)))),
        ):
            for day in days:
                found[rule, str(walk(unit, number, day).due)] += 1
        return found

    def sweep(self, on: date) -> None:
        """Beat looks: a deferral is over, and what had its last day before `on` has run out."""
        self.pass_time(on)
        self.run_out(on)

    def run_out(self, on: date) -> None:
        """What had its last day before `on` has run out."""
        for person in self.people:
            for rule in person.terms():
                due = person.due(rule)
                if due is not None and due < on:
                    person.over[rule] = due
        self.acts = [d for d in self.acts if (walk("day", 10, d).due or on) >= on]

    # --- Verbs: what they answer, and what they do where they answer nothing ---

    def deliver(self, who: int, on: date) -> str:
        person = self.people[who]
        if closed := self._closed(person, on, ("initiated",)):
            return closed
        if person.delivered:
            return "offer_delivered"
        person.delivered = on
        return ""

    def four_months(self, who: int, on: date, *, senior: bool) -> str:
        person = self.people[who]
        if closed := self._closed(person, on, ("initiated",)):
            return closed
        if self.summed_up():
            return "sums_executed"
        if person.months == 4:
            return "not_two_months"
        due = person.due("TERM-EXEC-2M")
        if due is not None and due < on and not senior:
            return "wrong_role"
        person.months = 4
        self.acts.append(on)
        return ""

    def suspend(self, who: int, on: date, ground: str, until: date | None = None) -> str:
        person = self.people[who]
        if closed := self._closed(person, on):
            return closed
        if until is not None and until <= on:
            return "wrong_period"
        if ground in person.holding():
            return "ground_holds"
        person.stops.append(Stop(ground, on, until))
        person.lines.append(Line(person.state, on, person.stops[-1]))
        person.state = "suspended"
        self.acts.append(on)
        return ""

    def resume(self, who: int, on: date, ground: str) -> str:
        person = self.people[who]
        if closed := self._closed(person, on, ("suspended",)):
            return closed
        if ground not in person.holding():
            return "ground_not_held"
        stop = next(s for s in person.stops if s.ground == ground and s.until is None)
        stop.until = on
        if not person.holding():
            person.lines.append(Line("suspended", on, stop, ended=True))
            person.state = "initiated"
            self.acts.append(on)
        return ""

    def lapse(self, on: date) -> None:
        """What was to stand still until a day goes on from that day."""
        for person in self.people:
            standing = [s for s in person.stops if s.until is None and s.named and s.named <= on]
            for stop in sorted(standing, key=lambda each: each.named or on):
                if person.state not in OPEN or stop.named is None:
                    continue
                stop.until = stop.named
                if not person.holding():
                    person.lines.append(Line("suspended", None, stop, ended=True))
                    person.state = "initiated"
                    self.last = max(self.last, stop.named)

    def end(self, who: int, on: date, state: str, *, paid: bool = False) -> str:
        person = self.people[who]
        moves = ("initiated",) if state == "transferred" else OPEN
        if closed := self._closed(person, on, moves):
            return closed
        if paid and self.owing(who):
            return "balance_left"
        if state == "returned" and not self.owing(who):
            return "nothing_left"
        if state == "transferred" and self.lies_here(who):
            return "something_left"
        if state != "transferred":
            person.lines.append(Line(person.state, on))
        person.state = state
        self.acts.append(on)
        person.ended, person.returned = self._next(), on
        for measure in self.measures:
            # Returned he is no more secured by what was only asked for; what is in force stays.
            asked = state == "returned" and measure.state != "served"
            if measure.debtor == who and (asked or state == "terminated"):
                self._lift(measure, on)
        return ""

    def annul(self, who: int, on: date) -> str:
        """A court annuls the last line that changed the state."""
        person = self.people[who]
        if on < self.last:
            return "date_before_last"
        if person.state == "transferred":
            return "not_correctable"
        line = person.lines.pop()
        if line.act in self.acts:
            self.acts.remove(line.act)
        if line.stop is None:
            person.state = line.before
        elif line.ended:
            line.stop.until, person.state = None, "suspended"
            if line.act is None:  # its day was wrong
                line.stop.named = None
        else:
            person.stops.remove(line.stop)
            person.state = "suspended" if person.holding() else "initiated"
        return ""

    def freeze(self, who: int, on: date, amount: Decimal) -> str:
        if closed := self._closed(self.people[who], on):
            return closed
        if not 0 < amount <= self.due(on):
            return "above_balance"
        if amount > self.due(on) - self.frozen(who, *LIVE):
            return "frozen_above"
        self.measures.append(Measure(who, amount))
        return ""

    def decide(self, which: int, on: date, state: str) -> str:
        freeze = self.measures[which]
        if closed := self._closed(freeze, on, ("requested",)):
            return closed
        freeze.state = state
        return ""

    def serve(self, which: int, on: date) -> str:
        freeze = self.measures[which]
        if closed := self._closed(freeze, on, ("sanctioned",)):
            return closed
        who = freeze.debtor
        if self.people[who].state != "initiated":
            return "proceeding_stands"
        if freeze.cap is not None and freeze.cap > self.due(on):
            return "above_balance"
        if freeze.cap is not None and freeze.cap > self.due(on) - self.frozen(who, "served"):
            return "frozen_above"
        freeze.state = "served"
        self.sent.append("freeze")
        self.acts.append(on)
        return ""

    def lift(self, which: int, on: date) -> str:
        measure = self.measures[which]
        if closed := self._closed(measure, on, LIVE):
            return closed
        self._lift(measure, on)
        return ""

    def _lift(self, measure: Measure, on: date) -> None:
        if measure.state in LIVE:
            if measure.state == "served":
                self.acts.append(on)
                self.sent += ["lift"] if measure.told else []
            measure.state = "lifted"
