"""The simple model's last part: what a court or a senior bailiff puts off, what acts cost and
what was performed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

OPEN = ("initiated", "suspended")


@dataclass
class Deferral:
    """A court's deferral: from its ruling to the day it was ended, or the one it names."""

    since: date
    named: date
    until: date | None = None


@dataclass
class PutOff:
    """A postponement of acts: whose, until when, how it stands."""

    debtor: int
    until: date
    state: str = "requested"


@dataclass
class Cost:
    """What was spent and what of it came back."""

    amount: Decimal
    paid: Decimal = Decimal(0)


class Waiting:
    """Verbs that make others wait, and those that stand beside the debt: what they answer, and
    what they do where they answer nothing."""

    people: list[Any]
    put_off: list[PutOff]
    acts: list[date]
    last: date
    awarded: date | None

    def more(self) -> bool:
        """Whether payments that come again are owed."""
        raise NotImplementedError

    def lapse(self, on: date) -> None:
        """What was to stand still until a day goes on from that day."""

    def _closed(self, thing: Any, on: date, states: Any = OPEN) -> str:
        """What closes a verb to everybody: the state, then the day."""
        if thing.state not in states:
            return "wrong_state"
        return "date_before_last" if on < self.last else ""

    def pass_time(self, on: date) -> None:
        """A deferral whose day came before `on` is over, whoever looks first; so is a suspension
        whose day has come."""
        self.lapse(on)
        for person in self.people:
            for deferral in person.deferred() if person.state in OPEN else ():
                if deferral.named < on:
                    deferral.until = deferral.named

    def held_up(self, who: int, on: date) -> str:
        """What keeps the debtor from being forced that day."""
        if any(on < (each.until or each.named) for each in self.people[who].deferrals):
            return "execution_deferred"
        own = [each for each in self.put_off if each.debtor == who and each.state == "approved"]
        return "acts_postponed" if any(on < each.until for each in own) else ""

    def defer(self, who: int, on: date, ruled: date, until: date) -> str:
        person = self.people[who]
        if closed := self._closed(person, on):
            return closed
        if until <= ruled or person.deferred():
            return "wrong_period" if until <= ruled else "deferred_already"
        person.deferrals.append(Deferral(ruled, until))
        return ""

    def undefer(self, who: int, on: date) -> str:
        person = self.people[who]
        if closed := self._closed(person, on):
            return closed
        for deferral in person.deferred():
            deferral.until = on
            return ""
        return "not_deferred"

    def ask(self, who: int, on: date, until: date) -> str:
        if closed := self._closed(self.people[who], on, ("initiated",)):
            return closed
        own = [each for each in self.put_off if each.debtor == who]
        if any(p.state == "requested" or (p.state == "approved" and p.until > on) for p in own):
            return "postponed_already"
        if until <= on:
            return "wrong_period"
        self.put_off.append(PutOff(who, until))
        return ""

    def settle(self, which: int, on: date, state: str) -> str:
        """The senior bailiff decides on a postponement."""
        asked = self.put_off[which]
        if closed := self._closed(asked, on, ("requested",)):
            return closed
        if state == "approved":
            if self.people[asked.debtor].state != "initiated":
                return "proceeding_stands"
            if asked.until <= on:
                return "wrong_period"
            self.acts.append(on)
        asked.state = state
        return ""

    def spend(self, who: int, on: date, amount: Decimal) -> str:
        person = self.people[who]
        if closed := self._closed(person, on):
            return closed
        person.costs.append(Cost(amount))
        return ""

    def pay_back(self, who: int, on: date, amount: Decimal) -> str:
        person = self.people[who]
        if closed := self._closed(person, on):
            return closed
        cost = person.costs[-1]
        if not 0 < amount <= cost.amount - cost.paid:
            return "above_cost"
        cost.paid += amount
        return ""

    def perform(self, who: int, on: date, *, full: bool) -> str:
        """What was done is never refused for its day."""
        if not self.more():
            return "performed_already" if self.awarded else "is_sum"
        if full:
            return "months_decide"
        self.broke_off(who, on)
        return ""

    def broke_off(self, who: int, on: date) -> None:
        """The debtor did a part on that day, which can break the presentation term off."""
        raise NotImplementedError
