"""What if and the real act give the same dates: the same fold of the same journal."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from deadlines.actions import what_if
from deadlines.fold import Event
from enforcement.models import Proceeding
from tests.course import SUSPENDS, do, initiated, later, now
from tests.deadlines.walk import walk
from tests.office import NEXT, census

#: Verb -> the event it writes, and what of it the terms are reckoned from.
EVENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "deliver_offer": ("offer_delivered", {"voluntary": True}),
    "suspend": ("suspended", {"ground": SUSPENDS}),
    "resume": ("resumed", {"ground": SUSPENDS}),
    "set_four_months": ("four_months_set", {"initiated_on": NEXT.isoformat()}),
    "terminate": ("terminated", {}),
    "return_to_claimant": ("returned_to_claimant", {"presentation_term": "PRES-3Y"}),
    "send_to_liquidation": ("sent_to_liquidation", {}),
}
ENDS = ("terminate", "return_to_claimant", "send_to_liquidation")


def supposed(proceeding: Proceeding, verb: str, on: date) -> Event:
    kind, body = EVENTS[verb]
    return Event(0, kind, on, f"proceeding:{proceeding.pk}", dict(body))


def dates(terms: Any) -> set[tuple[str, str, str, str | None]]:
    return {
        (t.rule, t.status, str(t.starts_on), t.reckoning.due_on and str(t.reckoning.due_on))
        for t in terms
    }


def stored(proceeding: Proceeding) -> set[tuple[str, str, str, str | None]]:
    return {
        (row.rule, row.status, str(row.starts_on), row.due_on and str(row.due_on))
        for row in proceeding.case.stream.deadlines.all()
    }


def week(chance: Random) -> list[tuple[str, int]]:
    """A lawful order of verbs on random days: stops and goes, then perhaps an end."""
    days = sorted(chance.sample(range(1, 55), 2 * chance.randint(0, 3)))
    told = list(zip(["suspend", "resume"] * 3, days, strict=False))
    for verb in ("deliver_offer", "set_four_months"):
        if chance.random() < 0.6:
            told.append((verb, 0))
    told = sorted(told, key=lambda each: each[1])
    last = told[-1][1] if told else 0
    if chance.random() < 0.6:
        told.append((chance.choice(ENDS), last + chance.randint(0, 5)))
    return told


@pytest.mark.parametrize("seed", range(12))
def test_supposing_a_step_gives_the_dates_the_step_gives(offices: None, seed: int) -> None:
    proceeding = initiated()
    for verb, days in week(Random(seed)):
        on = later(days)
        before = census()
        wanted = dates(what_if(proceeding.case.stream, [supposed(proceeding, verb, on)]))
        assert census() == before, "supposing stored something"
        do(now(proceeding), verb, on=on)
        assert stored(proceeding) == wanted, (seed, verb)


@pytest.mark.parametrize("seed", range(6))
def test_supposing_a_whole_week_at_once_gives_what_living_it_gives(
    offices: None, seed: int
) -> None:
    proceeding = initiated()
    told = week(Random(100 + seed))
    events = [supposed(proceeding, verb, later(days)) for verb, days in told]
    wanted = dates(what_if(proceeding.case.stream, events))
    for verb, days in told:
        do(now(proceeding), verb, on=later(days))
    # The complaint of an act is named by its line, which a supposed act has too.
    assert stored(proceeding) == wanted


@pytest.mark.parametrize("seed", range(12))
def test_two_months_that_stood_still_end_where_a_walk_over_the_calendar_ends(
    offices: None, seed: int
) -> None:
    chance = Random(200 + seed)
    proceeding = initiated()
    days = sorted(chance.sample(range(1, 50), 2 * chance.randint(1, 2)))
    pauses = [(later(a), later(b)) for a, b in zip(days[::2], days[1::2], strict=True)]
    for since, until in pauses:
        do(now(proceeding), "suspend", on=since)
        do(now(proceeding), "resume", on=until)
    walked = walk("month", 2, NEXT, pauses=pauses)
    row = proceeding.case.stream.deadlines.get(rule="TERM-EXEC-2M")
    assert (row.nominal_on, row.due_on) == (walked.nominal, walked.due)
    assert row.due_on >= NEXT + timedelta(days=59)
