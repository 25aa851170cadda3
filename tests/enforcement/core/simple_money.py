"""The simple model's money: what came, with its own day, what is above, what months owe.

It counts day by day and receipt by receipt, where the product adds up.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.enforcement.core.simple_waiting import OPEN, Waiting

NOTHING = Decimal(0)


@dataclass
class Came:
    """A sum that came in one debtor's proceeding: for the sum, or for what comes again."""

    who: int
    amount: Decimal
    own: date
    #: Its place among all that was written down.
    place: int
    monthly: bool
    #: Whether it breaks the presentation term off, as far as a day can tell.
    breaks: bool
    back: Decimal = NOTHING
    annulled: bool = False

    @property
    def stands(self) -> Decimal:
        """What of it stands."""
        return NOTHING if self.annulled else self.amount - self.back


@dataclass
class Said:
    """What was reckoned: a sum of each month from a day on, or what was unpaid on a day."""

    amount: Decimal
    day: date
    place: int


class Money(Waiting):
    """Verbs of money."""

    owed: Decimal
    came: list[Came]
    #: What was done in part of what is no sum.
    parts: list[Came]
    months: list[Said]
    unpaid: list[Said]
    #: From when payments that come again are awarded; none where they are not; and the first day
    #: after them, where they end.
    awarded: date | None
    ends: date | None
    #: What was owed by this day was out of time when the document came.
    late: date | None
    place: int

    def _next(self) -> int:
        self.place += 1
        return self.place

    def _counted(self) -> dict[int, Decimal]:
        """What of each sum counts, in the order of own days: for the sum until it is paid, for
        the months until all of them are, where their end is known."""
        room, months, found = self.owed, self.whole(), {}
        for each in sorted(self.came, key=lambda one: (one.own, one.place)):
            if not each.monthly:
                found[each.place] = min(room, each.stands)
                room -= found[each.place]
            elif months is None or not self._covers(each):
                found[each.place] = each.stands
            else:
                found[each.place] = min(months, each.stands)
                months -= found[each.place]
        return found

    def left(self) -> Decimal:
        """What is still owed of the sum, whoever paid."""
        counts = self._counted()
        return self.owed - sum((counts[c.place] for c in self.came if not c.monthly), NOTHING)

    def more(self) -> bool:
        """Whether months are still owed: of an award without an end always, of another until all
        of it was reckoned and paid."""
        if self.awarded is None:
            return False
        whole = self.whole()
        return whole is None or self._for_months() < whole

    def summed_up(self) -> bool:
        """Whether the sum is paid and only what comes again is left to go on."""
        return self.awarded is not None and self.left() == 0

    def due(self, on: date) -> Decimal:
        """What can be secured: what is left of the sum, and the arrears."""
        return self.left() + (self.arrears(on) or NOTHING)

    def above(self, who: int) -> list[Came]:
        """The sums of a debtor of which something waits to be given back, the oldest first."""
        counts = self._counted()
        own = [c for c in self.came if c.who == who]
        over = [c for c in own if c.stands > counts[c.place]]
        return sorted(over, key=lambda one: (one.own, one.place))

    def surplus(self, who: int) -> Decimal:
        """What waits to be given back through a debtor's proceeding."""
        counts = self._counted()
        return sum((c.stands - counts[c.place] for c in self.above(who)), NOTHING)

    def pay(
        self,
        who: int,
        on: date,
        amount: Decimal,
        own: date | None,
        *,
        monthly: bool = False,
        debtor: bool = True,
    ) -> str:
        """Money is never refused for its day or its size; a line stands on the last line's day."""
        if amount <= 0:
            return "invalid"
        day = own or on
        if day > max(on, self.last):
            return "wrong_period"
        person: Any = self.people[who]
        more = self.more()
        rest = self.left() - (NOTHING if monthly else amount)
        breaks = debtor and person.state == "returned" and (more or rest > 0)
        self.came.append(Came(who, amount, day, self._next(), monthly, breaks))
        return ""

    def broke_off(self, who: int, on: date) -> None:
        """A part done after a return begins the presentation term anew."""
        person: Any = self.people[who]
        returned = person.state == "returned"
        self.parts.append(Came(who, NOTHING, on, self._next(), True, returned))

    def refund(self, who: int, on: date) -> str:
        """The oldest sum of which something is above is given back as far as it is."""
        if on < self.last:
            return "date_before_last"
        over = self.above(who)
        if not over:
            return "no_surplus"
        over[0].back += over[0].stands - self._counted()[over[0].place]
        return ""

    def reverse(self, who: int, on: date, came: Came) -> str:
        """A sum is annulled: what was given back of it stands in the way, and the end of the
        proceeding of what came before it."""
        if on < self.last:
            return "date_before_last"
        person: Any = self.people[who]
        closed = person.state not in OPEN and came.place < person.ended
        if closed or came.back or came.annulled:
            return "not_correctable"
        came.annulled = True
        return ""

    def month(self, who: int, on: date, amount: Decimal, since: date) -> str:
        return self._say(who, on, self.months, Said(amount, since, 0))

    def state_arrears(self, who: int, on: date, amount: Decimal, until: date) -> str:
        closed = self._closed(self.people[who], on) or self._above_months(amount, until)
        return closed or self._say(who, on, self.unpaid, Said(amount, until, 0))

    def _above_months(self, amount: Decimal, until: date) -> str:
        """Arrears are no more than what the months in time owe; what is late must be reckoned."""
        if self.awarded is None:
            return ""
        begun = max(self.awarded, self.late or self.awarded)
        if min((said.day for said in self.months), default=date.max) > begun:
            return "late_not_reckoned" if self.late else ""
        return "above_schedule" if amount > self._asked(until, None) else ""

    def _say(self, who: int, on: date, among: list[Said], said: Said) -> str:
        if closed := self._closed(self.people[who], on):
            return closed
        if self.awarded is None:
            return "not_periodic"
        said.place = self._next()
        among.append(said)
        return ""

    def arrears(self, on: date) -> Decimal | None:
        """What of the months that are over is unpaid, day by day; what was owed too long before
        the document came is none of it."""
        if self.awarded is None or not (self.months or self.unpaid or self._gone()):
            return None
        return max(self._asked(on, self._stated()) - self._for_months(), NOTHING)

    def whole(self) -> Decimal | None:
        """All that the months of an award ask to its end; none where no end or not every month
        of it is known."""
        if self.awarded is None or self.ends is None:
            return None
        last, known = self._stated(), [said.day for said in self.months]
        first = last.day + timedelta(days=1) if last else self.awarded
        if self._gone() or first >= self.ends or (known and min(known) <= first):
            return self._asked(date.max, last)
        return None

    def _gone(self) -> bool:
        """Whether all of it was owed too long before the document came."""
        return self.ends is not None and self.late is not None and self.ends <= self.late

    def _stated(self) -> Said | None:
        return max(self.unpaid, key=lambda said: (said.day, said.place), default=None)

    def _covers(self, came: Came) -> bool:
        """Whether it pays for months: what was known when arrears were stated does not again."""
        last = self._stated()
        return last is None or came.own > last.day or came.place > last.place

    def _for_months(self) -> Decimal:
        return sum((c.stands for c in self.came if c.monthly and self._covers(c)), NOTHING)

    def _asked(self, on: date, last: Said | None) -> Decimal:
        """What was stated, and what the months that are over on a day ask, day by day."""
        assert self.awarded is not None
        late = self.late or date.min
        owed = last.amount if last and last.day > late else NOTHING
        day = min([self.awarded, *(said.day for said in self.months)])
        if last:
            day = last.day + timedelta(days=1)
        month = Fraction(0)
        while day < on and (self.ends is None or day < self.ends):
            held = [s for s in self.months if s.day <= day]
            if held:
                said = max(held, key=lambda one: (one.day, one.place))
                month += Fraction(said.amount) / monthrange(day.year, day.month)[1]
            day += timedelta(days=1)
            if day.day == 1 or day == self.ends:
                owed += Decimal(int(month * 100)) / 100 if day > late else NOTHING
                month = Fraction(0)
        return owed

    def presented_from(self, who: int) -> date | None:
        """From when the presentation term of a debtor's document runs after its return: three
        years from the return, and from each part he paid within them."""
        person: Any = self.people[who]
        if person.state != "returned":
            return None
        start: date = person.returned
        every = sorted((*self.came, *self.parts), key=lambda one: one.place)
        for each in every:
            own = each.who == who and each.breaks and not each.annulled
            if own and each.place > person.ended and start <= each.own:
                start = each.own
        return start
