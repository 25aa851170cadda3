"""Histories of random verbs, lawful and not, against an independent simple model of the law."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import randoms

from accounts.models import Office
from deadlines.models import Deadline
from enforcement.actions import money
from enforcement.actions.corrections import STATEFUL
from enforcement.actions.terms import sweep
from enforcement.models import Measure, Proceeding
from law.refusal import Refusal
from tests.course import begun, do, now, outgoing, sound
from tests.enforcement.simple_model import OPEN, Model, Person
from tests.office import DAY, NEXT, example, paper, receive

GROUNDS = ("SUSP-MAND-04", "SUSP-OPT-06", "SUCC-02")
WALKS = 2000 if os.environ.get("SIZE") == "full" else 300


class Walk:
    """One case lived twice: by the product and by the model."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.on = NEXT
        document = paper()
        if self.chance.random() < 0.5:
            two = example("12")
            document |= {"debtors": two["debtors"]}
            document["debts"][0] |= {"debtors": [0, 1], "joint": True}
        self.proceedings = begun(receive(document), on=NEXT)
        self.measures: list[Measure] = []
        people = [Person(NEXT) for _ in self.proceedings]
        owed = Decimal(document["debts"][0]["amount"])
        self.model = Model(DAY, owed, people, NEXT, acts=[NEXT] * len(people))
        self.said: list[str] = []

    def step(self) -> None:
        """One verb by both; they must agree on the answer and on all that follows from it."""
        self.on += timedelta(days=self.chance.choice((0, 0, 1, 2, 3, 9)))
        on = self.on
        if self.chance.random() < 0.08:
            on = self.model.last - timedelta(days=1)
        who = self.chance.randrange(len(self.proceedings))
        which = self.chance.randrange(len(self.measures)) if self.measures else 0
        verb = self.pick(who, which)
        at = which if verb in OF_A_MEASURE else who
        supposed, real = getattr(self, f"_{verb}")(on, at)
        answer = self.answer(real)
        self.said.append(f"{on} {verb}: {answer or 'done'}")
        assert answer == supposed, self.said
        if not answer and on > self.model.last:
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
        return ""

    def pick(self, who: int, which: int) -> str:
        """A verb, mostly one that could lead on, sometimes any."""
        person = self.model.people[who]
        state = self.model.freezes[which].state if self.measures else ""
        likely = {
            "resume": 3.0 if person.state == "suspended" else 0.2,
            "end": 0.5 if person.state in OPEN else 0.1,
            "annul": 0.6 if person.lines else 0.0,
            "freeze": 1.5,
            "grant": 4.0 if state == "requested" else 0.2,
            "serve": 4.0 if state == "sanctioned" else 0.2,
            "lift": 0.4,
            "refuse": 0.5,
        }
        verbs = [*OF_A_PROCEEDING, *(OF_A_MEASURE if self.measures else ())]
        weights = {verb: likely.get(verb, 1.0) for verb in verbs if likely.get(verb, 1.0)}
        return self.chance.choices(list(weights), list(weights.values()))[0]

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
        return self.model.pay(who, on, amount), self._taken(
            who, "record_recovery", on, amount=amount
        )

    def _suspend(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        ground = self.chance.choice(GROUNDS)
        return self.model.suspend(who, on, ground), self._taken(who, "suspend", on, ground=ground)

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
        proceeding = now(self.proceedings[who])
        lines = proceeding.case.stream.entries.filter(subject=proceeding.pk, kind__in=STATEFUL)
        gone = proceeding.case.stream.entries.exclude(corrects=None).values("corrects")
        line = lines.exclude(seq__in=gone).order_by("-seq")[0].seq
        given = {"line": line, "authority": "court", "reason": "№ 1"}
        return self.model.annul(who, on), self._taken(who, "correct", on, **given)

    def _freeze(self, on: date, who: int) -> tuple[str, Callable[[], Any]]:
        left = self.model.left()
        amount = self.chance.choice((left, left + 1, Decimal("10.00")))
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
        assert [now(m).state for m in self.measures] == [f.state for f in model.freezes], self.said
        assert outgoing(case) == model.sent, self.said
        assert running(real) == model.running(), self.said


OF_A_PROCEEDING = (
    *("deliver", "four_months", "pay", "suspend", "resume", "end", "freeze", "annul"),
)
OF_A_MEASURE = ("grant", "refuse", "serve", "lift")
ENDS: list[tuple[str, str, dict[str, Any]]] = [
    ("terminate", "terminated", {"ground": "TERMN-07"}),
    ("terminate", "terminated", {"ground": "TERMN-07"}),
    ("terminate", "terminated", {"ground": "TERMN-01"}),
    ("return_to_claimant", "returned", {}),
    ("send_to_liquidation", "sent_to_liquidation", {}),
    ("transfer", "transferred", {}),
]


def running(proceedings: list[Proceeding]) -> Counter[tuple[str, str | None]]:
    """The terms of the case that run or stand still."""
    rows = Deadline.objects.filter(
        stream=proceedings[0].case.stream, status__in=("running", "paused")
    )
    return Counter((row.rule, row.due_on and str(row.due_on)) for row in rows)


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


#: What fails is made as short as it can be, and is the same the next time.
LIVED = settings(
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)


@settings(LIVED, max_examples=20)
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
