"""What payments that come again owe month by month, and which months are covered. Pure.

A month's sum is owed once the month is over, or the day after the one that the award names
(PERIOD-02). Of a month that the award holds in part, the part of its days is owed, rounded down to
the tiyn. What comes covers the oldest first, then the months to come as far as the award goes; what
no month asks is surplus. A month out of time when it was presented asks for nothing and takes
nothing.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

from deadlines.calculator import add_months
from enforcement.limitation import owed_on

ZERO: Final = Decimal("0.00")
TIYN: Final = Decimal("0.01")
ONE: Final = timedelta(days=1)
#: Months after the day asked for that are looked at for money that came ahead of its time.
AHEAD: Final = 24


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What the bailiff reckoned: the sum of each month from `since` on; or, where `until` is
    given, all that was unpaid on that day, by the line that says so."""

    amount: Decimal
    since: date | None
    until: date | None
    line: int


@dataclass(frozen=True, slots=True)
class Award:
    """Payments that come again as awarded: from `since` to the day before `until`."""

    since: date | None
    until: date | None
    #: The sum of each month where the document names one.
    monthly: Decimal | None
    reckoned: tuple[Reckoned, ...] = ()
    #: On which day of each month it is to be paid; once it is over where none is named.
    day: int | None = None
    #: What was owed by this day was out of time when it was presented (PERIOD-02).
    late_by: date | None = None

    @property
    def stated(self) -> Reckoned | None:
        """The arrears stated last: by their day, then by their line."""
        told = [each for each in self.reckoned if each.until is not None]
        return max(told, key=lambda each: (each.until, each.line), default=None)

    @property
    def known(self) -> bool:
        """Whether it is known what is owed: a sum of each month, arrears stated, or nothing."""
        return bool(self.sums()) or self.stated is not None or self.gone

    @property
    def whole(self) -> bool:
        """Whether every month of it, to its end, is reckoned; never where it has no end."""
        if self.until is None:
            return False
        first = self.stated.until + ONE if self.stated and self.stated.until else self.since
        if self.gone or (first is not None and first >= self.until):
            return True
        sums = self.sums()
        return bool(sums) and (first is None or min(sums) <= first)

    @property
    def gone(self) -> bool:
        """Whether all of it, to its end, was out of time when it was presented."""
        return self.until is not None and self.is_late(self.until)

    def sums(self) -> dict[date, Decimal]:
        """From which day each month owes which sum; of one day the sum reckoned last."""
        found = {self.since: self.monthly} if self.since and self.monthly else {}
        for each in sorted(self.reckoned, key=lambda each: each.line):
            if each.since is not None:
                found[each.since] = each.amount
        return {day: found[day] for day in sorted(found)}

    def is_late(self, owed: date) -> bool:
        """Whether what was owed from that day was out of time when it was presented."""
        return self.late_by is not None and owed <= self.late_by


@dataclass(frozen=True, slots=True)
class Instalment:
    """What the days from `since` to the day before `until` owe, and what of it is paid."""

    since: date
    until: date
    #: From which day it is unpaid.
    owed_on: date
    due: Decimal
    paid: Decimal = ZERO
    #: Whether it is the arrears of all the time before, as stated.
    stated: bool = False
    #: Whether it was out of time when it was presented: nobody demands it.
    late: bool = False

    @property
    def left(self) -> Decimal:
        """What is unpaid of it and can be demanded."""
        return ZERO if self.late else self.due - self.paid


def covers(award: Award, on: date, line: int) -> bool:
    """Whether what came on its own day, told by a line, covers months: what was written down
    before arrears were stated, and of a day up to theirs, they took into account already."""
    stated = award.stated
    return stated is None or stated.until is None or on > stated.until or line > stated.line


def counted(award: Award, receipts: Iterable[tuple[date, int, Decimal]]) -> Decimal:
    """What came (own day, line, sum) beside what the stated arrears took into account."""
    return sum((amount for on, line, amount in receipts if covers(award, on, line)), ZERO)


def schedule(award: Award, paid: Decimal, on: date) -> list[Instalment]:
    """What is owed by `on`, the oldest first, and the months after that are paid ahead."""
    found = []
    for each in _owed(award, _months_after(on, AHEAD)):
        fallen = each.owed_on <= on
        taken = ZERO if each.late else min(paid, each.due)
        paid -= taken
        if fallen or taken:
            kept = (each.since, each.until, each.owed_on, each.due)
            found.append(Instalment(*kept, taken, each.stated, each.late))
        elif not each.late:
            break
    return found


def arrears(award: Award, paid: Decimal, on: date) -> Decimal | None:
    """What is owed by `on` and unpaid, in tenge; None where nobody reckoned it."""
    if not award.known:
        return None
    rows = schedule(award, paid, on)
    return sum((each.left for each in rows if each.owed_on <= on), ZERO)


def most(award: Award, on: date) -> Decimal | None:
    """The most that can be stated as arrears of a day: what the months in time owe by it, whatever
    was stated before; None where not all of them are reckoned."""
    bare = replace(award, reckoned=tuple(each for each in award.reckoned if each.until is None))
    begun = max(filter(None, (award.since, award.late_by)), default=None)
    if begun is None or min(bare.sums(), default=date.max) > begun:
        return None
    owed = (each for each in _owed(bare, _months_after(on, 1)) if each.owed_on <= on)
    return sum((each.due for each in owed if not each.late), ZERO)


def asked(award: Award) -> Decimal | None:
    """All that an award asks to its end, the stated arrears and every month after them that is
    not out of time; None where it has no end, or nobody reckoned every month."""
    if award.until is None or not award.whole:
        return None
    return sum((each.due for each in _owed(award, award.until) if not each.late), ZERO)


def settled(award: Award, paid: Decimal) -> bool:
    """Whether every month of an award, to its end, is reckoned and paid."""
    whole = asked(award)
    return whole is not None and paid >= whole


def _owed(award: Award, last: date) -> Iterator[Instalment]:
    """What each month owes up to a day, after the arrears that were stated."""
    stated, sums = award.stated, award.sums()
    first = min(filter(None, (award.since, *sums)), default=None)
    if stated is not None and stated.until is not None:
        begun = min(first or stated.until, stated.until)
        late = award.is_late(stated.until)
        yield Instalment(begun, stated.until + ONE, begun, stated.amount, stated=True, late=late)
        first = stated.until + ONE
    if first is None or not sums:
        return
    end = min(award.until or last, last)
    for since, until in pairwise(_months(first, end)):
        if due := _of_month(sums, since, until):
            owed = owed_on(since, until, award.day)
            yield Instalment(since, until, owed, due, late=award.is_late(owed))


def _of_month(sums: dict[date, Decimal], since: date, until: date) -> Decimal:
    """What the days of one month owe, each by the sum that held on it."""
    days = monthrange(since.year, since.month)[1]
    edges = sorted({since, until, *(day for day in sums if since < day < until)})
    total = Fraction(0)
    for begin, end in pairwise(edges):
        held = [amount for day, amount in sums.items() if day <= begin]
        if held:
            total += Fraction(held[-1]) * (end - begin).days / days
    exact = Decimal(total.numerator) / Decimal(total.denominator)
    return exact.quantize(TIYN, ROUND_DOWN)


def _months(first: date, end: date) -> Sequence[date]:
    """The first day, the first of each month between, and the end."""
    if first >= end:
        return ()
    found, day = [first], _months_after(first, 1)
    while day < end:
        found.append(day)
        day = _months_after(day, 1)
    return [*found, end]


def _months_after(day: date, months: int) -> date:
    """The first of the month so many months later."""
    return add_months(day.replace(day=1), months)
