"""The simple model's second part: what is secured, listed and enforced by force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tests.enforcement.core.simple_money import Money
from tests.enforcement.core.simple_waiting import OPEN

LIVE = ("requested", "sanctioned", "served")


@dataclass
class Measure:
    """A measure: of whom, up to what where it is a freeze, how it stands, whether others obey."""

    debtor: int
    cap: Decimal | None
    state: str = "requested"
    kind: str = "SEC-01"
    told: bool = True


class Securing(Money):
    """Verbs on the debtors' property: what they answer, and what they do where they answer
    nothing."""

    measures: list[Measure]
    #: Orders to banks: whose, on which freeze, how much, in which place.
    orders: list[tuple[int, Measure, Decimal, int]]
    sent: list[str]

    def owing(self, who: int) -> bool:
        """Whether the debtor owes anything: a sum, or what is none."""
        return bool(self.left()) or self.more()

    def secure(self, who: int, on: date, kind: str, *, told: bool, bank: bool) -> str:
        if answer := self._active(who, on):
            return answer
        # What closes the verb is told before anything that was asked.
        if not self.owing(who):
            return "debt_paid"
        if bank:
            return "sanction_needed"
        self.measures.append(Measure(who, None, "served", kind, told))
        if told:
            self.sent.append("secure")
        self.acts.append(on)
        return ""

    def _active(self, who: int, on: date) -> str:
        if self.people[who].state != "initiated":
            return "wrong_state"
        return "date_before_last" if on < self.last else ""

    def inventory(self, who: int, on: date) -> str:
        if answer := self._active(who, on):
            return answer
        if not self.owing(who):
            return "debt_paid"
        self.measures.append(Measure(who, None, "served", "SEC-01", told=False))
        self.people[who].listed = True
        self.acts.append(on)
        return ""

    def lies_here(self, who: int) -> bool:
        """Whether things that were listed on the spot are still held there."""
        things = [m for m in self.measures if m.debtor == who and m.cap is None]
        held = [m for m in things if m.state == "served" and m.kind in ("SEC-01", "SEC-05")]
        return self.people[who].listed and bool(held)

    def leave_out(self, who: int, on: date) -> str:
        if answer := self._active(who, on):
            return answer
        person = self.people[who]
        if not self.to_list(who):
            return "no_inventory_due"
        if person.applied:
            return "claimant_applied"
        person.left_out = True
        self.acts.append(on)
        return ""

    def to_list(self, who: int) -> bool:
        """Whether property is still to be listed: a reason no longer does once it is a duty."""
        person = self.people[who]
        return not person.listed and (person.applied or not person.left_out)

    def apply(self, who: int, on: date) -> str:
        if self.people[who].state not in OPEN:
            return "wrong_state"
        if on < self.last:
            return "date_before_last"
        self.people[who].applied = True
        return ""

    def coercive(self, who: int, on: date) -> bool:
        """Whether the five days from the delivery of the offer are over."""
        person = self.people[who]
        due = person.due("TERM-VOLUNTARY-5D") if person.delivered else None
        return due is not None and due < on

    def awaited(self, who: int) -> Decimal:
        """What banks are still to pay by orders, once what came since is taken off."""
        told: list[Any] = [order for order in self.orders if order[0] == who]
        told += [(c.who, None, c.amount, c.place) for c in self.came if not c.annulled]
        rest: list[list[Any]] = []
        for by, measure, amount, _place in sorted(told, key=lambda each: each[3]):
            if measure is not None:
                rest.append([measure, amount])
            elif by == who:
                paid = amount
                for order in rest:
                    met = min(order[1], paid)
                    order[1], paid = order[1] - met, paid - met
        return sum((amount for measure, amount in rest if measure.state in LIVE), Decimal(0))

    def awaited_of_others(self, who: int) -> Decimal:
        """The same of those who owe the sum with him."""
        others = (n for n in range(len(self.people)) if n != who)
        return sum(map(self.awaited, others), Decimal(0))

    def frozen(self, who: int, *states: str) -> Decimal:
        """What is frozen of a debtor in freezes of these states."""
        own = (m for m in self.measures if m.debtor == who and m.state in states)
        return sum((m.cap for m in own if m.cap is not None), Decimal(0))

    def _collect(self, who: int, on: date) -> str:
        """A bank is ordered to pay what is frozen there, as far as none was ordered yet."""
        again = self.more()
        if not self.left() and not again:
            return "claim_unfit"
        frozen = [m for m in self.measures if m.debtor == who and m.cap and m.state == "served"]
        if len(frozen) != 1:
            return "which_one" if frozen else "nothing_secured"
        if any(order[1] is frozen[0] for order in self.orders):
            return "ordered_already"
        free = self.due(on) - self.awaited(who) - min(self.awaited_of_others(who), self.left())
        if free <= 0:
            return "ordered_enough"
        self.orders.append((who, frozen[0], min(frozen[0].cap or free, free), self._next()))
        self.sent.append("collect")
        return ""

    def force(self, who: int, on: date, way: str) -> str:
        if answer := self._active(who, on) or self.held_up(who, on):
            return answer
        if not self.coercive(who, on):
            return "voluntary_stage"
        if not self.owing(who):
            return "debt_paid"
        if way == "collect" and (answer := self._collect(who, on)):
            return answer
        self.people[who].forced += 1
        self.acts.append(on)
        return ""

    def replace(self, which: int, on: date, kind: str, *, told: bool) -> str:
        old = self.measures[which]
        if old.state != "served":
            return "wrong_state"
        if on < self.last:
            return "date_before_last"
        if self.people[old.debtor].state != "initiated":
            return "proceeding_stands"
        if kind == old.kind:
            return "same_kind"
        if not self.owing(old.debtor):
            return "debt_paid"
        old.state = "replaced"
        self.measures.append(Measure(old.debtor, None, "served", kind, told))
        self.sent += [*(["lift"] if old.told else []), *(["secure"] if told else [])]
        self.acts.append(on)
        return ""
