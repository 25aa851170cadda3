"""Histories of random verbs, lawful and not, against an independent simple model of the law."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any, Final

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis.strategies import randoms

from accounts.models import Office
from enforcement.core.lapse import lapse
from enforcement.core.sweep import sweep
from enforcement.models import Measure, Postponement
from law.refusal import Refusal
from tests import standing as money
from tests import standing as steps
from tests.course import ASKS, TOLD, begun, do, now, outgoing, sound
from tests.enforcement.core.choices import (
    ENDS,
    GROUNDS,
    LAID,
    LIVED,
    OF_A_MEASURE,
    OF_A_POSTPONEMENT,
    OF_A_PROCEEDING,
    running,
    stateful,
    with_award,
)
from tests.enforcement.core.simple_model import Model, Person
from tests.enforcement.core.simple_waiting import OPEN
from tests.office import NEXT, paper, receive
from tests.standing import unpaid

#: What tells another firm from the first.
OTHER: Final = {"name_kk": "«Екінші Үлгі» ЖШС", "name_ru": "", "bin": "150340012340"}
LAST = str(date.max)
WALKS = 2000 if os.environ.get("SIZE") == "full" else 100


class Walk:
    """One case lived twice: by the product and by the model."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.on = NEXT
        [firm] = TOLD["send_to_liquidation"]["debtors"]
        document, known = paper(debtors=[firm]), dict[str, Any]()
        if self.chance.random() < 0.5:
            document |= {"debtors": [firm, {**firm, **OTHER}]}
            document["debts"][0] |= {"debtors": [0, 1], "joint": True}
        elif self.chance.random() < 0.5:
            document["debts"], known = with_award(self.chance)
        self.proceedings = begun(receive(document), on=NEXT)
        self.measures: list[Measure] = []
        self.put_off: list[Postponement] = []
        people = [Person(NEXT) for _ in self.proceedings]
        owed = Decimal(document["debts"][0]["amount"])
        self.model = Model(owed, people, NEXT, acts=[NEXT] * len(people), **known)
        self.said: list[str] = []

    def step(self) -> None:
        """One verb by both; they must agree on the answer and on all that follows from it."""
        self.on += timedelta(days=self.chance.choice((0, 0, 1, 2, 3, 9)))
        # Before whatever is done, what ran out has run out, whether or not beat has looked.
        self.model.run_out(self.on)
        on = self.on
        if self.chance.random() < 0.08:
            on = self.model.last - timedelta(days=1)
        who = self.chance.randrange(len(self.proceedings))
        which = self.chance.randrange(len(self.measures)) if self.measures else 0
        asked = self.chance.randrange(len(self.put_off)) if self.put_off else 0
        verb = self.pick(who, which)
        at = which if verb in OF_A_MEASURE else asked if verb in OF_A_POSTPONEMENT else who
        before = deepcopy(self.model)
        self.model.pass_time(on)
        self.model.run_out(self.on)
        supposed, real = getattr(self, f"_{verb}")(on, at)
        answer = self.answer(real)
        self.said.append(f"{on} {verb}: {answer or 'done'}")
        assert answer == supposed, self.said
        if answer:  # what is refused leaves also what time did as it was
            self.model = before
        elif on > self.model.last:
            self.model.last = on
        self.compare()

    def answer(self, real: Callable[[], Any]) -> str:
        try:
            with transaction.atomic():
                made = real()
        except Refusal as refused:
            return refused.code
        if isinstance(made, Measure):
            self.measures.append(made)
        if isinstance(made, Postponement):
            self.put_off.append(made)
        return ""

    def pick(self, who: int, which: int) -> str:
        """A verb, mostly one that could lead on, sometimes any."""
        person = self.model.people[who]
        state = self.model.measures[which].state if self.measures else ""
        likely = {
            "resume": 3.0 if person.state == "suspended" else 0.2,
            "end": 0.5 if person.state in OPEN else 0.1,
            "annul": 0.6 if person.lines else 0.0,
            "freeze": 1.5,
            "grant": 4.0 if state == "requested" else 0.2,
            "serve": 4.0 if state == "sanctioned" else 0.2,
            "lift": 0.4,
            "replace": 1.0 if state == "served" else 0.1,
            "secure": 1.0,
            "force": 2.0 if person.delivered else 0.3,
            "apply": 0.3,
            "refuse": 0.5,
            "undefer": 1.5 if person.deferred() else 0.2,
            "pay_back": 1.0 if person.costs else 0.0,
            "perform": 1.0 if self.model.awarded else 0.2,
            "pay": 2.0,
            "pay_month": 2.0 if self.model.awarded else 0.0,
            "month": 1.0 if self.model.awarded else 0.1,
            "arrears": 0.7 if self.model.awarded else 0.1,
            "refund": 3.0 if self.model.above(who) else 0.1 if self._paid(who) else 0.0,
            "reverse": 0.7 if self._paid(who) else 0.0,
            "approve": 2.0,
        }
        verbs = [*OF_A_PROCEEDING, *(OF_A_MEASURE if self.measures else ())]
        verbs += OF_A_POSTPONEMENT if self.put_off else ()
        weights = {verb: likely.get(verb, 1.0) for verb in verbs if likely.get(verb, 1.0)}
        return self.chance.choices(list(weights), list(weights.values()))[0]

    def _paid(self, who: int) -> bool:
        return any(each.who == who for each in self.model.came)

    def _taken(self, who: int, verb: str, on: date, **given: Any) -> Callable[[], Any]:
        return lambda: do(now(self.proceedings[who]), verb, on=on, **given)

    def _deliver(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        return self.model.deliver(who, on), self._taken(who, "deliver_offer", on)

    def _four_months(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        senior = self.chance.random() < 0.5
        told = self.model.four_months(who, on, senior=senior)
        by = "senior.ala" if senior else "bailiff.ala"
        return told, self._taken(who, "set_four_months", on, by=by)

    def _pay(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        left = self.model.left()
        amount = self.chance.choice((left, left / 2, left + 1, Decimal("0.01"), Decimal(-1)))
        amount = amount.quantize(Decimal("0.01"))
        return self._came(on, who, amount, monthly=False)

    def _came(
        self, on: date, who: int, amount: Decimal, *, monthly: bool
    ) -> tuple[str, Callable[[], Any]]:
        """Money with a day of its own, or with none told."""
        ago = self.chance.choice((None, None, 0, 1, 4, 30, -1))
        own = None if ago is None else on - timedelta(days=ago)
        source = self.chance.choice(("debtor", "debtor", "bank", "other"))
        debts = self.proceedings[who].debtor.debts.order_by("position")
        debt = debts.exclude(periodic_kind="").get() if monthly else debts.first()
        real = self._taken(
            *(who, "record_recovery", on),
            amount=amount,
            received_on=own,
            source=source,
            debt=debt,
        )
        by_debtor = source == "debtor"
        told = self.model.pay(who, on, amount, own, monthly=monthly, debtor=by_debtor)
        return told, real

    def _pay_month(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        sums = (Decimal("60000.00"), Decimal("0.01"), Decimal("99999.99"))
        amount = self.chance.choice((*sums, self.model.whole() or sums[0]))
        return self._came(on, who, amount, monthly=True)

    def _refund(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        def real() -> Any:
            proceeding = now(self.proceedings[who])
            above = [key for claim in money.told(proceeding).claims for key in claim.above]
            paid = proceeding.recoveries.filter(pk__in=above).order_by("on", "entry_id").first()
            paid = paid or proceeding.recoveries.first()
            return do(proceeding, "return_surplus", on=on, recovery=paid)

        return self.model.refund(who, on), real

    def _reverse(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        """The senior bailiff annuls a sum that came."""
        own = [each for each in self.model.came if each.who == who]
        came = self.chance.choice(own)
        paid = list(self.proceedings[who].recoveries.order_by("entry__seq"))
        line = paid[own.index(came)].entry.seq
        given = {"line": line, "authority": "senior", "reason": "№ 1", "by": "senior.ala"}
        return self.model.reverse(who, on, came), self._taken(who, "correct", on, **given)

    def _month(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        since = on - timedelta(days=self.chance.choice((0, 15, 40, 70, 1150, 1400)))
        amount = self.chance.choice((Decimal("60000.00"), Decimal("33333.33")))
        real = self._taken(who, "set_monthly_sum", on, amount=amount, since=since)
        return self.model.month(who, on, amount, since), real

    def _arrears(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        until = on - timedelta(days=self.chance.choice((0, 0, 5, 40, 1150)))
        amount = self.chance.choice((Decimal("150000.00"), Decimal("0.01")))
        real = self._taken(who, "record_arrears", on, amount=amount, until=until)
        return self.model.state_arrears(who, on, amount, until), real

    def _suspend(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        given: dict[str, Any] = {"ground": self.chance.choice(GROUNDS)}
        if given["ground"] == "SUSP-OPT-06":
            given["until"] = on + timedelta(days=self.chance.choice((0, 1, 2, 5, 9, 20)))
        return self.model.suspend(who, on, **given), self._taken(who, "suspend", on, **given)

    def _resume(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        ground = self.chance.choice(self.model.people[who].holding() or GROUNDS)
        return self.model.resume(who, on, ground), self._taken(who, "resume", on, ground=ground)

    def _end(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        verb, state, given = self.chance.choice(ENDS)
        if verb == "transfer":
            there = Office.objects.get(code="TRZ")
            given = {"office": there, "address": "Тараз", "act_text": "№ 1"}
        paid = given.get("ground") == "TERMN-07"
        return self.model.end(who, on, state, paid=paid), self._taken(who, verb, on, **given)

    def _annul(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        """By a court, the last line that changed the state of this proceeding."""
        proceeding = self.proceedings[who]

        def real() -> Any:
            lapse([proceeding.case], on=on)
            told = proceeding.case.stream.entries
            gone = told.exclude(corrects=None).values("corrects")
            lines = told.filter(subject=proceeding.pk, kind__in=stateful()).exclude(seq__in=gone)
            line = lines.order_by("-seq")[0].seq
            given = {"line": line, "authority": "court", "reason": "№ 1"}
            return self._taken(who, "correct", on, **given)()

        return self.model.annul(who, on), real

    def _freeze(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        due = self.model.due(on)
        amount = self.chance.choice((due, due + 1, Decimal("10.00")))
        return self.model.freeze(who, on, amount), self._taken(
            who, "request_freeze", on, amount=amount
        )

    def _on_measure(self, which: int, verb: str, on: date, **given: Any) -> Callable[[], Any]:
        return lambda: do(now(self.measures[which]), verb, on=on, **given)

    def _grant(self, on: date, at: int) -> tuple[str, Callable[[], Any]]:
        real = self._on_measure(at, "grant_sanction", on, by="prosecutor.ala")
        return self.model.decide(at, on, "sanctioned"), real

    def _refuse(self, on: date, at: int) -> tuple[str, Callable[[], Any]]:
        real = self._on_measure(at, "refuse_sanction", on, by="prosecutor.ala")
        return self.model.decide(at, on, "sanction_refused"), real

    def _serve(self, on: date, at: int) -> tuple[str, Callable[[], Any]]:
        return self.model.serve(at, on), self._on_measure(at, "serve_freeze", on)

    def _lift(self, on: date, at: int) -> tuple[str, Callable[[], Any]]:
        return self.model.lift(at, on), self._on_measure(at, "lift", on)

    def _secure(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        kind = self.chance.choice(("SEC-02", "SEC-05"))
        bank, there = self.chance.random() < 0.1, self.chance.choice(("", "Қойма"))
        told = self.model.secure(who, on, kind, told=bool(there), bank=bank)
        given = {**LAID[kind], "addressee": there, **({"target": "bank_money"} if bank else {})}
        return told, self._taken(who, "secure", on, kind=kind, **given)

    def _inventory(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        return self.model.inventory(who, on), self._taken(who, "inventory", on)

    def _leave_out(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        return self.model.leave_out(who, on), self._taken(who, "skip_inventory", on)

    def _apply(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        return self.model.apply(who, on), self._taken(who, "claim_securing", on)

    def _force(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        way = self.chance.choice(("collect", "wages"))
        given = {"way": way, "details": {} if way == "collect" else ASKS["foreclose"]["details"]}
        return self.model.force(who, on, way), self._taken(who, "foreclose", on, **given)

    def _replace(self, on: date, at: int) -> tuple[str, Callable[[], Any]]:
        kind, there = self.chance.choice(("SEC-02", "SEC-05")), self.chance.choice(("", "Қойма"))
        told = self.model.replace(at, on, kind, told=bool(there))
        given = {**LAID[kind], "kind": kind, "addressee": there}
        return told, self._on_measure(at, "replace", on, **given)

    def _defer(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        ruled = on - timedelta(days=self.chance.choice((0, 0, 2, 9)))
        until = ruled + timedelta(days=self.chance.choice((0, 1, 4, 30)))
        real = self._taken(who, "record_deferral", on, ruled_on=ruled, until=until)
        return self.model.defer(who, on, ruled, until), real

    def _undefer(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        return self.model.undefer(who, on), self._taken(who, "end_deferral", on)

    def _ask(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        until = on + timedelta(days=self.chance.choice((0, 2, 9)))
        return self.model.ask(who, on, until), self._taken(who, "postpone", on, until=until)

    def _approve(self, on: date, at: int) -> tuple[str, Callable[[], Any]]:
        real = partial(do, self.put_off[at], "approve", on=on, by="senior.ala")
        return self.model.settle(at, on, "approved"), real

    def _decline(self, on: date, at: int) -> tuple[str, Callable[[], Any]]:
        real = partial(do, self.put_off[at], "decline", on=on, by="head.ala")
        return self.model.settle(at, on, "declined"), real

    def _spend(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        amount = Decimal("500.00")
        return self.model.spend(who, on, amount), self._taken(who, "record_cost", on, amount=amount)

    def _pay_back(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        amount = self.chance.choice((Decimal("300.00"), Decimal("500.00"), Decimal(0)))
        spent = self.proceedings[who].costs.order_by("entry__seq").last()
        real = self._taken(who, "reimburse_cost", on, cost=spent, amount=amount)
        return self.model.pay_back(who, on, amount), real

    def _perform(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        full = self.chance.random() < 0.3
        real = self._taken(who, "record_performance", on, extent="full" if full else "part")
        return self.model.perform(who, on, full=full), real

    def look(self) -> None:
        """Beat looks at the calendar."""
        sweep(on=self.on)
        self.model.sweep(self.on)
        self.said.append(f"{self.on} sweep")
        self.compare()

    def compare(self) -> None:
        """States, balances, measures, what left the office, and every running term."""
        model, case = self.model, self.proceedings[0].case
        real = [now(each) for each in self.proceedings]
        assert [each.state for each in real] == [p.state for p in model.people], self.said
        assert [money.balance(each) for each in real] == [model.left()] * len(real), self.said
        assert [now(m).state for m in self.measures] == [m.state for m in model.measures], self.said
        found = [steps.told(each) for each in real]
        stages = [steps.stage(each, self.on) == "coercive" for each in found]
        everybody = range(len(real))
        assert stages == [model.coercive(who, self.on) for who in everybody], self.said
        assert [steps.inventory_due(each) for each in found] == [
            model.to_list(who) for who in everybody
        ], self.said
        assert [steps.owed(each) for each in found] == list(map(model.owing, everybody)), self.said
        accounts = [each.account for each in found]
        assert [each.surplus for each in accounts] == list(map(model.surplus, everybody)), self.said
        owing = [each.arrears(self.on) for account in accounts for each in account.periodic]
        assert owing == ([model.arrears(self.on)] if model.awarded else []), self.said
        assert outgoing(case) == model.sent, self.said
        assert [now(p).state for p in self.put_off] == [p.state for p in model.put_off], self.said
        for proceeding, person in zip(real, model.people, strict=True):
            costs = [unpaid(cost) for cost in proceeding.costs.order_by("entry__seq")]
            assert costs == [cost.amount - cost.paid for cost in person.costs], self.said
        # An annulment can leave a term behind whose last day is over: it has run out by itself.
        told = {term: n for term, n in model.running().items() if (term[1] or LAST) >= str(self.on)}
        assert running(real, self.on) == Counter(told), self.said


def walk(chance: Random) -> None:
    """One history, taken back afterwards."""
    with transaction.atomic():
        lived = Walk(chance)
        for _ in range(chance.randint(6, 16)):
            lived.step()
            if chance.random() < 0.15:
                lived.look()
        sound([lived.proceedings[0].case])
        transaction.set_rollback(True)


@settings(LIVED, max_examples=12)
@given(chance=randoms(use_true_random=False))
def test_random_histories_go_as_a_simple_model_of_the_law_says(
    offices: None, chance: Random
) -> None:
    walk(chance)


@pytest.mark.prove
@settings(LIVED, max_examples=WALKS)
@given(chance=randoms(use_true_random=False))
def test_many_random_histories_go_as_a_simple_model_says(offices: None, chance: Random) -> None:
    walk(chance)
