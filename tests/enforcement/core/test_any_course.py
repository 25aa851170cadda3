"""Whatever happens to papers, in whatever order: terms, states, numbers and journal agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deadlines.actions import differences
from documents.models import Paper, Register
from enforcement.core import sweep as terms
from enforcement.models import Case, Presentation
from journal.models import Entry
from journal.queries import verify
from law.refusal import Refusal
from tests import arriving as intake
from tests.office import DAY, paper, settle, user

PDF = b"%PDF-1.7 invented"
PEOPLE = ("bailiff.ala", "head.ala", "registrar.ala", "bailiff.trz", "auditor.ala")
KINDS: dict[str, dict[str, Any]] = {
    "sound": {},
    "without text": {"operative": ""},
    "without force": {"in_force_on": None},
    "old": {"in_force_on": "2021-02-11", "issued_on": "2021-02-12"},
    "of Taraz": {"debtor": {"city": "Тараз"}},
    "sent to Taraz": {"office": "TRZ", "debtor": {"city": "Тараз"}},
    "duplicate": {"duplicate": "дубликат"},
    "immediate": {"immediate": True},
}


@dataclass(frozen=True)
class Move:
    """Something that happens some days after the last thing, dated some days back."""

    what: str
    paper: int
    kind: str
    who: str
    later: int
    back: int


moves = st.builds(
    Move,
    what=st.sampled_from(["receive", "receive", *intake.VERBS, *intake.VERBS, "attach", "sweep"]),
    paper=st.integers(0, 1),
    kind=st.sampled_from(sorted(KINDS)),
    who=st.sampled_from(PEOPLE),
    later=st.sampled_from([0, 0, 1, 2, 5]),
    back=st.sampled_from([0, 0, 0, 1]),
)


def play(move: Move, number: int, on: date) -> bool:
    """Do one thing; whether it was not refused."""
    try:
        with transaction.atomic():
            _do(move, number, on)
    except Refusal:
        return False
    return True


def _do(move: Move, number: int, on: date) -> None:
    acting, back = user(move.who), on - timedelta(days=move.back)
    if move.what == "sweep":
        terms.sweep(on=on)
    elif move.what == "receive":
        data = paper(move.paper, ref=f"R-{number}", **KINDS[move.kind])
        intake.receive(data, on=back, by=user("court.system"))
    else:
        arrivals = list(Presentation.objects.order_by("received_on", "id"))
        if not arrivals:
            return
        chosen = arrivals[number % len(arrivals)]
        if move.what == "attach":
            intake.attach(chosen, name="a", content=PDF, on=back, by=acting)
        else:
            intake.VERBS[move.what](chosen, on=back, by=acting)


def agree() -> None:
    """What the case says of itself is the same wherever it is said."""
    settle()
    for case in Case.objects.select_related("stream"):
        assert differences(case.stream) == []
    for presentation in Presentation.objects.all():
        told = Entry.objects.filter(subject=presentation.pk).order_by("-seq")
        assert told[0].state_after == presentation.state
    for register in Register.objects.filter(kind="paper"):
        numbers = Paper.objects.filter(office=register.office, year=register.year)
        issued = sorted(numbers.values_list("number", flat=True))
        assert issued == list(range(1, register.last + 1))
    assert verify()["faults"] == []


def live_through(course: list[Move]) -> None:
    """Let everything happen, undo it, and check after each thing."""
    with transaction.atomic():
        on = DAY
        for number, move in enumerate(course):
            on += timedelta(days=move.later)
            if play(move, number, on):
                agree()
        transaction.set_rollback(True)


def any_course(examples: int, length: int) -> Any:
    """Run a test for that many courses of events."""
    quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    limits = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=quiet,
    )
    courses = st.lists(moves, min_size=2, max_size=length)
    return lambda test: limits(given(course=courses)(test))


@any_course(examples=40, length=12)
def test_terms_states_numbers_and_journal_agree(offices: None, course: list[Move]) -> None:
    live_through(course)


@pytest.mark.prove
@any_course(examples=300, length=25)
def test_terms_states_numbers_and_journal_agree_in_the_long_run(
    offices: None, course: list[Move]
) -> None:
    live_through(course)
