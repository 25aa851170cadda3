"""Reckon a statutory term and explain it, row by row. Pure: no clock, no database, no Django.

The day of the event is not counted. Months and years end on the same date number, or on the
month's last day. A last day that is not worked moves to the next working day, unless it is the
last of what may not last longer. Pauses [from,
until) inside a pausable term shift its nominal end (answers Q3, Q7, Q15, Q30).
"""

import calendar as gregorian
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from law.model import Nature, Term, Unit, Words
from law.statute import ledger_words
from law.workdays import DAY, Calendar

#: Terms up to this many days are explained a row a day, longer ones in runs.
ROW_A_DAY: Final = 31
Pause = tuple[date, date | None]
#: What a row of the ledger can be.
StepKind = Literal["start", "counted", "not_counted", "paused", "rolled", "due"]


class BadPause(ValueError):
    """A pause on a term that never pauses, or one that ends before it begins."""


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the ledger: first and last day (inclusive), what they are, why, how many count."""

    on: date
    until: date
    kind: StepKind
    why: Words
    n: int


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A term reckoned. `due_on` is None while the term stands still, then `days_left` is given.

    `safe_on`: the last working day not after the nominal end. `over_since`: the only day of a term
    of which the time used before left nothing since then. `steps` is empty unless explained.
    """

    due_on: date | datetime | None
    nominal_on: date | datetime | None
    safe_on: date | None
    provisional: bool
    days_left: int | None
    calendar: str
    steps: tuple[Step, ...]
    over_since: date | None = None


def add_months(on: date, months: int) -> date:
    """The same date number `months` later, or that month's last day where it has none."""
    years, month = divmod(on.month - 1 + months, 12)
    year = on.year + years
    last = gregorian.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(on.day, last))


def reckon(
    term: Term,
    *,
    starts_on: date,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    used: Sequence[tuple[date, date]] = (),
    ends_on: date | None = None,
    explain: bool = True,
) -> Reckoning:
    """Reckon `term` from the event of `starts_on` (its own day, not counted).

    `pauses`: [from, until), until None while open. `used`: presentation time elapsed before,
    where the law counts it into the new term. `ends_on`: the last day, where another statute sets
    it. BadPause when the term never pauses.
    """
    if (pauses and not term.pausable) or (used and not term.elapsed):
        raise BadPause(term.id)
    if term.unit is Unit.HOUR:
        return _hours(term, starts_on, calendar)
    start = starts_on.date() if isinstance(starts_on, datetime) else starts_on
    return _Count(term, start, calendar, pauses, used, ends_on=ends_on).answer(explain)


def _hours(term: Term, starts_at: date, calendar: Calendar) -> Reckoning:
    if not isinstance(starts_at, datetime):
        raise ValueError("a term in hours starts at an instant")
    due = starts_at + timedelta(hours=term.length)
    row = Step(starts_at, due, "counted", ledger_words()["hours"], term.length)
    end = Step(due, due, "due", ledger_words()["due"], 0)
    provisional = calendar.provisional(due.date(), due.date())
    return Reckoning(due, due, due.date(), provisional, None, calendar.edition, (row, end))


def united(pauses: Iterable[Pause], *, after: date) -> list[Pause]:
    """The union of [from, until), in order, clipped to the days after `after`."""
    found: list[Pause] = []
    for begin, end in sorted(pauses, key=lambda pause: pause[0]):
        if end is not None and end < begin:
            raise BadPause(f"{begin}..{end}")
        first = max(begin, after + DAY)
        if end is not None and end <= first:
            continue
        if found and (found[-1][1] is None or first <= found[-1][1]):
            found[-1] = (found[-1][0], _later(found[-1][1], end))
        else:
            found.append((first, end))
    return found


def _later(one: date | None, other: date | None) -> date | None:
    """The later end; None is still open."""
    return None if one is None or other is None else max(one, other)


class _Count:
    """One count: the nominal end with the pauses that shift it, then its rows."""

    def __init__(
        self,
        term: Term,
        start: date,
        calendar: Calendar,
        pauses: Sequence[Pause],
        used: Sequence[tuple[date, date]],
        *,
        ends_on: date | None,
    ) -> None:
        self.term, self.start, self.calendar = term, start, calendar
        self.used = _used(used, start)
        self.over_since: date | None = None
        self.nominal = max(start, ends_on) if ends_on else self._first_nominal()
        self.pauses: list[tuple[date, date]] = []
        self.open_from: date | None = None
        for begin, end in united(pauses, after=start):
            if begin > self.nominal:
                break
            if end is None:
                self.open_from = begin
                break
            self._shift(begin, end)

    def _first_nominal(self) -> date:
        term = self.term
        if term.unit is Unit.WORKING_DAY:
            return self.calendar.add_working(self.start, term.length)
        if term.unit is Unit.DAY:
            nominal = self.start + DAY * term.length
        else:
            months = term.length * (12 if term.unit is Unit.YEAR else 1)
            nominal = add_months(self.start, months)
        self.over_since = self._used_up((nominal - self.start).days)
        elapsed = sum((until - since).days for since, until in self.used)
        return max(self.start, nominal - DAY * elapsed)

    def _used_up(self, length: int) -> date | None:
        """The day on which the time used before was as long as the whole term."""
        for since, until in self.used:
            if (until - since).days >= length:
                return since + DAY * length
            length -= (until - since).days
        return None

    def _shift(self, begin: date, end: date) -> None:
        self.pauses.append((begin, end))
        if self.term.unit is not Unit.WORKING_DAY:
            self.nominal += end - begin
        elif worked := self.calendar.count_working(begin, end - DAY):
            self.nominal = self.calendar.add_working(self.nominal, worked)

    def answer(self, explain: bool) -> Reckoning:
        calendar = self.calendar
        if self.over_since is not None:
            steps = tuple(self._rows()) if explain else ()
            provisional = self._provisional(self.over_since)
            none = (None, None, None, provisional, None)
            return Reckoning(*none, calendar.edition, steps, self.over_since)
        if self.open_from is not None:
            left = self._length(self.open_from, self.nominal)
            steps = tuple(self._rows()) if explain else ()
            provisional = self._provisional(self.nominal)
            return Reckoning(None, None, None, provisional, left, calendar.edition, steps)
        cap = self.term.nature is Nature.CAP
        due = self.nominal if cap else calendar.roll(self.nominal)
        steps = (*self._rows(), *self._end(due)) if explain else ()
        safe = calendar.roll_back(self.nominal)
        provisional = self._provisional(due)
        return Reckoning(due, self.nominal, safe, provisional, None, calendar.edition, steps)

    def _provisional(self, last: date) -> bool:
        """Whether a day up to `last` was looked up that no calendar has; of working days each."""
        worked = self.term.unit is Unit.WORKING_DAY
        return self.calendar.provisional(self.start + DAY if worked else self.nominal, last)

    def _length(self, first: date, last: date) -> int:
        """How many days of [first, last] count in the term's unit."""
        if self.term.unit is Unit.WORKING_DAY:
            return self.calendar.count_working(first, last)
        return (last - first).days + 1

    def _rows(self) -> Iterator[Step]:
        """Elapsed time, the event's day, then every day up to the nominal end."""
        why = ledger_words()
        for since, until in self.used:
            yield Step(since + DAY, until, "counted", why["used"], (until - since).days)
        yield Step(self.start, self.start, "start", why["event_day"], 0)
        day = self.start + DAY
        for begin, end in self.pauses:
            yield from self._counted(day, begin - DAY)
            yield Step(begin, end - DAY, "paused", why["paused"], 0)
            day = end
        if self.open_from is None:
            yield from self._counted(day, self.nominal)
            return
        yield from self._counted(day, self.open_from - DAY)
        yield Step(self.open_from, self.open_from, "paused", why["paused"], 0)

    def _counted(self, first: date, last: date) -> Iterator[Step]:
        """Counted runs in [first, last]; in working days also the days that do not count."""
        if first > last:
            return
        why = ledger_words()["counted"]
        short = self.term.unit in (Unit.DAY, Unit.WORKING_DAY) and self.term.length <= ROW_A_DAY
        if not short:
            yield Step(first, last, "counted", why, self._length(first, last))
            return
        day = first
        while day <= last:
            if self.term.unit is Unit.DAY or self.calendar.is_working(day):
                yield Step(day, day, "counted", why, 1)
            else:
                yield Step(day, day, "not_counted", self.calendar.why(day), 0)
            day += DAY

    def _end(self, due: date) -> Iterator[Step]:
        day = self.nominal
        while day < due:
            yield Step(day, day, "rolled", self.calendar.why(day), 0)
            day += DAY
        yield Step(due, due, "due", ledger_words()["due"], 0)


def _used(used: Sequence[tuple[date, date]], start: date) -> list[tuple[date, date]]:
    found: list[tuple[date, date]] = []
    for since, until in sorted(used):
        if until < since or until > start:
            raise BadPause(f"{since}..{until}")
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        else:
            found.append((since, until))
    return found
