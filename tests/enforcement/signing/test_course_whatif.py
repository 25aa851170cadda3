"""What if and the real act give the same dates: the same fold of the same journal."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deadlines.actions import what_if
from deadlines.fold import Event
from enforcement.core.step import lines_of
from enforcement.models import Proceeding
from law.refusal import Refusal
from tests.course import do, for_verb, initiated, later, now
from tests.deadlines.walk import walk
from tests.office import NEXT, census

#: Verb -> the event it writes, and what of it the terms are reckoned from.
EVENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "deliver_offer": ("offer_delivered", {"voluntary": True}),
    "suspend": ("suspended", {}),
    "resume": ("resumed", {}),
    "set_four_months": ("four_months_set", {"initiated_on": NEXT.isoformat()}),
    "terminate": ("terminated", {}),
    "return_to_claimant": ("returned_to_claimant", {"presentation_term": "PRES-3Y"}),
    "send_to_liquidation": ("sent_to_liquidation", {}),
}
ENDS = ("terminate", "return_to_claimant", "send_to_liquidation")
GROUNDS = ("SUSP-OPT-05", "SUSP-MAND-04")
#: A verb, how many days after the one before it, the ground where it asks one.
Step = tuple[str, int, str]
Terms = set[tuple[str, str, str, str | None]]

steps = st.tuples(
    st.sampled_from([*EVENTS, "suspend", "resume", "suspend", "resume", "deliver_offer"]),
    st.sampled_from([0, 1, 1, 2, 3, 5, 9, 21]),
    st.sampled_from(GROUNDS),
)


def supposed(proceeding: Proceeding, verb: str, ground: str, on: date) -> Event:
    """The event of a verb, as the fold would read it from the journal."""
    kind, body = EVENTS[verb]
    if verb in ("suspend", "resume"):
        body = {"ground": ground}
        if verb == "resume" and proceeding.suspensions.filter(until=None).count() > 1:
            kind = "ground_ended"
    return Event(0, kind, on, f"proceeding:{proceeding.pk}", dict(body))


def taken(proceeding: Proceeding, verb: str, ground: str, on: date) -> bool:
    """Take the verb; whether it was not refused."""
    asked = {"ground": ground} if verb in ("suspend", "resume") else {}
    try:
        with transaction.atomic():
            do(now(proceeding), verb, on=on, by="senior.ala", **asked)
    except Refusal:
        return False
    return True


def dates(terms: Any, on: date) -> Terms:
    """Every term's state and dates; whether beat has already looked on that day is the same."""
    found = set()
    for rule, status, starts_on, due_on in terms:
        over = status == "running" and due_on is not None and due_on < on
        state = "expired" if over else status
        found.add((rule, state, str(starts_on), due_on and str(due_on)))
    return found


def folded(terms: Any, on: date) -> Terms:
    return dates(((t.rule, t.status, t.starts_on, t.reckoning.due_on) for t in terms), on)


def stored(proceeding: Proceeding, on: date) -> Terms:
    rows = proceeding.case.stream.deadlines.all()
    return dates(((r.rule, r.status, r.starts_on, r.due_on) for r in rows), on)


def live(course: list[Step]) -> None:
    """Take the steps one by one, supposing each before; then suppose all of them at once."""
    proceeding, on, happened = for_verb("send_to_liquidation"), NEXT, []
    begun, stream = lines_of(proceeding.case), proceeding.case.stream
    for verb, days, ground in course:
        after = on + timedelta(days=days)
        event = supposed(proceeding, verb, ground, after)
        wanted = folded(what_if(stream, [event]), after)
        if taken(proceeding, verb, ground, after):
            on = after
            happened.append(event)
            assert stored(proceeding, on) == wanted, (verb, on)
    assert folded(what_if(stream, happened, entries=begun), on) == stored(proceeding, on)


def property_of(examples: int) -> Callable[[Any], Any]:
    """Let a test hold for so many courses of events."""
    limits = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    courses = st.lists(steps, min_size=1, max_size=9)
    return lambda test: limits(given(course=courses)(test))


def taken_back(course: list[Step]) -> None:
    """Live a course, then take it back for the next."""
    with transaction.atomic():
        live(course)
        transaction.set_rollback(True)


@property_of(30)
def test_supposing_and_acting_give_the_same_dates(offices: None, course: list[Step]) -> None:
    taken_back(course)


@pytest.mark.prove
@property_of(1000 if os.environ.get("SIZE") == "full" else 150)
def test_supposing_and_acting_give_the_same_dates_in_the_long_run(
    offices: None, course: list[Step]
) -> None:
    taken_back(course)


def test_supposing_stores_nothing(offices: None) -> None:
    proceeding = initiated()
    before = census()
    for verb in EVENTS:
        what_if(proceeding.case.stream, [supposed(proceeding, verb, GROUNDS[0], later(3))])
    assert census() == before


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
